// Before anything is painted: the look that was chosen on an earlier visit.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const look = JSON.parse(localStorage.getItem("wenzheng.look")) || {};
    if (look.theme) root.dataset.theme = look.theme;
    if (look.size) root.dataset.size = look.size;
  } catch { /* storage is off: the system's look */ }
})();
