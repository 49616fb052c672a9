// The console without this works as well: it folds the menu on a phone, follows a job, names dropped
// files and asks before something is taken away.
"use strict";

(() => {
  const menu = document.querySelector("details.menu");
  if (menu && matchMedia("(max-width: 48rem)").matches) menu.removeAttribute("open");

  // A job is asked for again every second until its page has nothing to ask for.
  const poll = async () => {
    const place = document.querySelector("[data-poll]");
    if (!place) return;
    try {
      const response = await fetch(place.dataset.poll, { headers: { accept: "text/html" } });
      if (response.ok && !response.redirected) {
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        const main = page.querySelector("#main");
        if (main) document.querySelector("#main").replaceWith(document.adoptNode(main));
      }
    } catch (_) {
      // Tried again.
    }
    setTimeout(poll, 1000);
  };
  setTimeout(poll, 1000);

  for (const drop of document.querySelectorAll(".drop")) {
    const input = drop.querySelector("input[type=file]");
    const list = drop.querySelector("[data-files]");
    const named = () => {
      list.replaceChildren(...[...input.files].map((file) => {
        const item = document.createElement("li");
        item.textContent = `${file.name}（${Math.ceil(file.size / 1024)} KB）`;
        return item;
      }));
    };
    input.addEventListener("change", named);
    for (const name of ["dragenter", "dragover"]) {
      drop.addEventListener(name, (event) => {
        event.preventDefault();
        drop.classList.add("over");
      });
    }
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      input.files = event.dataTransfer.files;
      named();
    });
  }

  // On a phone each cell says what it is.
  for (const table of document.querySelectorAll("table")) {
    const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent);
    for (const row of table.querySelectorAll("tbody tr")) {
      [...row.cells].forEach((cell, index) => { cell.dataset.head = heads[index] || ""; });
    }
  }

  document.addEventListener("submit", (event) => {
    const question = event.target.dataset.confirm;
    if (question && !confirm(question)) event.preventDefault();
  });
})();
