// What is kept of whoever asks: by which id, to see it, to erase it.
wenzheng.mine = (() => {
  "use strict";

  const { words, base, announce } = wenzheng;
  // The id of this browser. Another place may have its own under the same host.
  const MEMORY = `wenzheng.person${base}`;
  const opener = document.getElementById("mine"); // missing where nothing is kept
  if (!opener) return { id: () => undefined };

  const dialog = document.getElementById("mine-dialog");
  const title = document.getElementById("mine-title");
  const said = document.getElementById("mine-said");
  const list = document.getElementById("mine-list");
  const votes = document.getElementById("mine-votes");
  const sure = document.getElementById("mine-sure");
  const forget = document.getElementById("mine-forget");

  function recall() {
    try {
      const known = localStorage.getItem(MEMORY);
      return /^[0-9a-f]{32}$/.test(known) ? known : undefined;
    } catch {
      return undefined;
    }
  }

  /** The id, made when it is first needed; none where it cannot be kept. */
  function id() {
    const known = recall();
    if (known) return known;
    const random = crypto.getRandomValues(new Uint8Array(16));
    const made = [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    try {
      localStorage.setItem(MEMORY, made);
    } catch { /* storage is off: questions belong to nobody */ }
    return recall();
  }

  /** What the server says of this browser's id; throws an Error whose message is for people. */
  async function post(path, person) {
    let response;
    try {
      response = await fetch(`${base}${path}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ person }),
      });
    } catch {
      throw new Error(words.offline);
    }
    const body = await response.json().catch(() => ({}));
    if (!response.ok) throw new Error(body.detail ?? words.failed);
    return body;
  }

  function say(text) {
    said.textContent = text;
    announce(text);
  }

  /** Shows what is kept, or `text` alone. */
  function show(text, kept = { questions: [], votes: 0 }) {
    const any = kept.questions.length > 0 || kept.votes > 0;
    list.replaceChildren(...kept.questions.map(({ at, question }) => {
      const item = document.createElement("li");
      const time = document.createElement("time");
      time.dateTime = at;
      time.textContent = at.slice(0, 16).replace("T", " ");
      item.append(time, " ", question);
      return item;
    }));
    votes.textContent = words.votes.replace("#", kept.votes);
    votes.hidden = !any;
    forget.hidden = !any;
    sure.hidden = true;
    say(text);
  }

  async function look() {
    show(words.reading);
    const person = recall();
    try {
      const kept = person ? await post("/api/mydata", person) : { questions: [], votes: 0 };
      const any = kept.questions.length > 0 || kept.votes > 0;
      show(any ? words.mine : words.none_kept, kept);
    } catch (error) {
      show(error.message);
    }
  }

  async function erase() {
    try {
      const person = recall();
      if (person) await post("/api/forgetme", person);
      localStorage.removeItem(MEMORY);
    } catch (error) {
      say(error.message);
      return;
    }
    wenzheng.clear();
    show(words.forgotten);
    title.focus({ preventScroll: true });
  }

  opener.addEventListener("click", () => {
    dialog.showModal();
    look();
  });
  forget.addEventListener("click", () => {
    forget.hidden = true;
    sure.hidden = false;
    sure.querySelector("button").focus({ preventScroll: true });
    announce(sure.firstElementChild.textContent);
  });
  document.getElementById("mine-no").addEventListener("click", () => {
    sure.hidden = true;
    forget.hidden = false;
    forget.focus({ preventScroll: true });
  });
  document.getElementById("mine-yes").addEventListener("click", erase);
  document.getElementById("mine-close").addEventListener("click", () => dialog.close());
  // Escape closes the sheet, and neither the panel beside it nor the widget around it.
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    dialog.close();
  });
  // A press beside the sheet closes it.
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

  return { id };
})();
