// Shows where a citation stands beside the conversation: at the side where there is room, over it
// where there is not. The text is the section's own page, as the server renders it.
wenzheng.panel = (() => {
  "use strict";

  const panel = document.getElementById("panel");
  const title = document.getElementById("panel-title");
  const body = document.getElementById("panel-body");
  const ownPage = document.getElementById("panel-page");
  const wide = matchMedia("(min-width: 72rem)");
  let opener = null; // what had the focus before
  let newest = 0; // only the answer to the last click is shown

  // After a reload nothing is open.
  if (history.state?.panel) history.replaceState(null, "");

  async function fetchSection(href) {
    const response = await fetch(href);
    if (!response.ok) throw new Error(response.status);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const section = page.querySelector("[data-section]");
    if (!section) throw new Error("no section");
    // The page's first heading is the second one here.
    const heading = section.querySelector("h1");
    const lower = document.createElement("h3");
    lower.append(...heading.childNodes);
    heading.replaceWith(lower);
    return document.importNode(section, true);
  }

  /** Opens `href` in the panel, or as a page when that fails. */
  async function show(href) {
    const mine = ++newest;
    try {
      const section = await fetchSection(href);
      if (mine !== newest) return;
      body.replaceChildren(section);
      wenzheng.offerSharing(body);
    } catch {
      if (mine === newest) location.assign(href);
      return;
    }
    ownPage.href = href;
    open();
    const cited = body.querySelector("#quote") || body.querySelector(".cited");
    if (cited) cited.scrollIntoView({ block: "center" });
    else body.scrollTop = 0;
    title.focus({ preventScroll: true });
    wenzheng.announce(`${title.textContent} ${body.querySelector("h3").textContent}`);
  }

  function open() {
    if (panel.open) return;
    opener = document.activeElement;
    if (wide.matches) {
      panel.show();
      document.body.classList.add("beside");
    } else {
      panel.showModal();
      // The phone's back button closes the panel instead of leaving the conversation.
      history.pushState({ panel: true }, "");
    }
  }

  function close() {
    if (!panel.open) return;
    newest += 1;
    if (history.state?.panel) history.back(); // comes back as popstate
    else closeNow();
  }

  function closeNow() {
    if (panel.open) panel.close();
    document.body.classList.remove("beside");
    if (opener?.isConnected) opener.focus({ preventScroll: true });
    opener = null;
  }

  document.getElementById("panel-close").addEventListener("click", close);
  addEventListener("popstate", closeNow);
  // A modal dialog closes itself on Escape; so that history follows, we do it.
  panel.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel.open && !event.isComposing) {
      event.preventDefault();
      close();
    }
  }, true);
  // A press beside the sheet closes it.
  panel.addEventListener("click", (event) => { if (event.target === panel) close(); });

  document.addEventListener("click", (event) => {
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const link = event.target.closest(`a[data-link], #panel-body a[href^='${wenzheng.base}/p/']`);
    if (!link || !plain || !panel.showModal) return;
    event.preventDefault();
    show(link.getAttribute("href"));
  });

  return { close };
})();
