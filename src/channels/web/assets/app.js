// On every page: look, copying and sharing, the glossary's filter. Pages are complete without it.
//
// What the other scripts share stands in `wenzheng`. No script has words of its own: they come with
// the page.
const wenzheng = (() => {
  "use strict";

  const root = document.documentElement;
  const words = JSON.parse(document.body.dataset.words);
  const base = document.body.dataset.base; // what precedes the path of each of our pages: /zhengce
  const embedded = "embedded" in document.body.dataset;
  const status = document.getElementById("status");

  /** Tells screen readers; the same words twice are told twice. */
  function announce(text) {
    status.textContent = "";
    setTimeout(() => { status.textContent = text; }, 50);
  }

  /* ---- look ---- */

  const size = document.getElementById("size");
  const theme = document.getElementById("theme");
  const night = matchMedia("(prefers-color-scheme: dark)");

  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : night.matches;
  }

  function showLook() {
    size.setAttribute("aria-pressed", root.dataset.size === "large");
    theme.setAttribute("aria-pressed", isDark());
    const paper = getComputedStyle(root).getPropertyValue("--paper").trim();
    document.querySelectorAll('meta[name="theme-color"]').forEach((meta) => {
      meta.content = paper;
    });
  }

  function keepLook() {
    showLook();
    try {
      const { theme, size } = root.dataset;
      localStorage.setItem("wenzheng.look", JSON.stringify({ theme, size }));
    } catch { /* storage is off: the look lasts as long as the page */ }
  }

  size.addEventListener("click", () => {
    if (root.dataset.size === "large") delete root.dataset.size;
    else root.dataset.size = "large";
    keepLook();
  });

  theme.addEventListener("click", () => {
    const dark = !isDark();
    // What the system says anyway need not be remembered: it may change its mind at dawn.
    if (dark === night.matches) delete root.dataset.theme;
    else root.dataset.theme = dark ? "dark" : "light";
    keepLook();
  });

  night.addEventListener?.("change", showLook);
  showLook();

  /* ---- copying and sharing ---- */

  function linkOf(button) {
    return new URL(button.dataset.href, location.href).href;
  }

  async function copy(button) {
    const text = `${button.dataset.copy}\n${linkOf(button)}`;
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      done = copyTheOldWay(text, button.parentElement); // no clipboard without https
      button.focus();
    }
    say(button, done ? button.dataset.done : button.dataset.failed);
  }

  function copyTheOldWay(text, place) {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "unseen";
    place.append(area); // inside: a modal dialog lets nothing outside of it be selected
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }

  /** Shows `text` on the button for a moment. */
  function say(button, text) {
    if (button.dataset.label === undefined) button.dataset.label = button.textContent;
    button.textContent = text;
    announce(text);
    clearTimeout(button.timer);
    button.timer = setTimeout(() => { button.textContent = button.dataset.label; }, 2000);
  }

  function share(button) {
    const { copy: text } = button.parentElement.querySelector("[data-copy]").dataset;
    const url = linkOf(button.parentElement.querySelector("[data-href]"));
    navigator.share({ text, url }).catch(() => { /* thought better of it */ });
  }

  /** Shows the buttons below `node` that this browser can do something with. */
  function offerSharing(node) {
    if (!navigator.share) return;
    node.querySelectorAll("button[data-share]").forEach((button) => { button.hidden = false; });
  }

  document.addEventListener("click", (event) => {
    const copying = event.target.closest("button[data-copy]");
    if (copying) copy(copying);
    const sharing = event.target.closest("button[data-share]");
    if (sharing) share(sharing);
  });
  offerSharing(document);

  /* ---- reading ---- */

  // A table of contents is open where there is room beside the text.
  if (matchMedia("(min-width: 64rem)").matches) {
    document.querySelectorAll("details[data-open-when-wide]").forEach((d) => { d.open = true; });
  }

  const filter = document.getElementById("filter");
  filter?.addEventListener("input", () => {
    const wanted = filter.value.trim().toLowerCase().replace(/[“”"'‘’\s]/g, "");
    let found = 0;
    document.querySelectorAll(".term").forEach((term) => {
      const text = `${term.dataset.keys} ${term.textContent.replace(/[“”]/g, "")}`.toLowerCase();
      term.hidden = !text.includes(wanted);
      if (!term.hidden) found += 1;
    });
    const told = found ? words.some_found.replace("#", found) : words.none_found;
    document.getElementById("found").textContent = wanted ? told : "";
  });

  /* ---- in a frame of another site ---- */

  if (embedded) {
    // Pages of ours other than the chat stand in nobody's frame.
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      const within = link?.matches("[data-ask], [data-link], [href^='#']");
      if (link && !within && !event.defaultPrevented) link.target = "_blank";
    }, true);
    // It says nothing but that the button was pressed, so anybody may hear it.
    const close = () => parent.postMessage("wenzheng:close", "*");
    document.getElementById("close-widget").addEventListener("click", close);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) close();
    });
  }

  return { words, base, embedded, announce, offerSharing };
})();
