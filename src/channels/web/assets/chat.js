// Answers questions in place, instead of loading a page for each, and offers slogans while they
// are typed. The form works without it.
//
// The page brings the markup of an answer in <template> elements; this file clones it and fills
// the places named by data-slot. It sets text and attributes only, never HTML.
(() => {
  "use strict";

  const { words, base, announce, offerSharing } = wenzheng;
  const form = document.getElementById("ask");
  const field = document.getElementById("q");
  const log = document.getElementById("log");
  const turnTemplate = document.getElementById("turn-template").content;
  const apologyTemplate = document.getElementById("apology-template").content;
  const hints = document.getElementById("hints");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const touch = matchMedia("(pointer: coarse)");
  // The conversation stays in this browser until it is cleared. Another place may have its own under
  // the same host.
  const MEMORY = `wenzheng.turns${base}`;
  const KEPT = 20;
  const LOOKED_AT = 4;
  // Names this page's dialogue on who qualifies; the server forgets it within minutes.
  const DIALOGUE = [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const PATIENCE_MS = 20000;
  const HINT_DELAY_MS = 150;
  const HINT_CHARS = 16; // who types more is asking, not looking a slogan up

  let turns = []; // [{question, display}], oldest first
  let waiting = null; // AbortController of the question on its way

  /** One turn's markup, emptied; `slot("quote")` finds a place in it. */
  function places(node) {
    return (name) => node.querySelector(`[data-slot="${name}"]`);
  }

  /** Fills a list from its first child, or removes `whole` when there is nothing to list. */
  function list(node, items, fill, whole = node) {
    if (!items.length) return whole.remove();
    const sample = node.firstElementChild;
    const filled = items.map((item) => {
      const child = sample.cloneNode(true);
      fill(child, item);
      return child;
    });
    node.replaceChildren(...filled);
  }

  function link(node, href) {
    node.querySelectorAll("[data-link]").forEach((a) => { a.href = href; });
  }

  function badge(node, label, progress) {
    node.textContent = label;
    node.hidden = !label;
    node.dataset.progress = progress;
  }

  function fillCard(node, card) {
    const slot = places(node);
    badge(slot("label"), card.label, card.progress);
    slot("quote").firstElementChild.replaceChildren(...card.quote.map((part) => {
      if (!part.mark) return part.text;
      const mark = document.createElement("mark");
      mark.textContent = part.text;
      return mark;
    }));
    const row = card.row ?? [];
    slot("quote").hidden = row.length > 0;
    if (row.length) {
      fillRow(slot("row"), row);
      slot("unit").textContent = card.unit;
    }
    else slot("row").remove();
    // Kept by an earlier version of this page, a card never has one.
    if (card.sentence) slot("sentence").textContent = card.sentence;
    else slot("cut").remove();
    slot("source").textContent = card.source;
    slot("copy").dataset.copy = card.copy;
    slot("copy").dataset.href = card.href;
    link(node, card.href);
  }

  /** A row of a table, below the names of its columns. */
  function fillRow(node, row) {
    for (const [part, tag, key] of [["thead", "th", "name"], ["tbody", "td", "value"]]) {
      node.querySelector(`${part} tr`).replaceChildren(...row.map((cell) => {
        const filled = document.createElement(tag);
        if (tag === "th") filled.scope = "col";
        filled.textContent = cell[key];
        return filled;
      }));
    }
  }

  function fillRelated(node, related) {
    const slot = places(node);
    slot("heading").textContent = related.heading;
    slot("excerpt").textContent = related.excerpt;
    badge(slot("label"), related.label, related.progress);
    link(node, related.href);
  }

  function fillCell(node, cell) {
    const slot = places(node);
    slot("column").textContent = cell.column;
    slot("cell").textContent = cell.text;
    slot("cell").href = cell.href;
  }

  function fillNumber(node, number) {
    const slot = places(node);
    slot("number").href = number.href;
    slot("number").textContent = number.text;
  }

  function fillPage(node, page) {
    const slot = places(node);
    slot("page").href = page.href;
    slot("page").textContent = page.text;
  }

  function fillSuggestion(node, suggestion) {
    const slot = places(node);
    slot("suggestion").textContent = suggestion;
    slot("suggestion").href = `${base}/ask?q=${encodeURIComponent(suggestion)}`;
  }

  function fillButton(name) {
    return (node, button) => {
      const slot = places(node);
      slot(name).textContent = button.label;
      slot(name).dataset.pick = button.pick;
    };
  }

  /** What can be pressed in a dialogue on who qualifies. */
  function fillButtons(slot, check) {
    if (!check || !(check.choices.length || check.controls.length)) return slot("check").remove();
    list(slot("choices"), check.choices, fillButton("choice"));
    list(slot("controls"), check.controls, fillButton("control"));
  }

  function fillAnswer(node, display) {
    const slot = places(node);
    slot("answer").lang = display.lang;
    for (const name of ["alert", "opening"]) {
      if (display[name]) slot(name).textContent = display[name];
      else slot(name).remove();
    }
    if (display.call) {
      slot("hotline").href = `tel:${display.call}`;
      slot("hotline").textContent = words.call.replace("#", display.call);
    } else {
      slot("call").remove();
    }
    // Kept by an earlier version of this page, an answer has neither.
    list(slot("numbers"), display.numbers ?? [], fillNumber);
    list(slot("pages"), display.links ?? [], fillPage);
    fillButtons(slot, display.check);
    list(slot("notices"), display.notices, (li, notice) => { li.textContent = notice; });
    list(slot("cells"), display.table, fillCell, slot("comparison"));
    list(slot("related"), display.related, fillRelated, slot("more"));
    // An answer kept by an earlier version of this page does not say what they are.
    if (display.suggested) slot("suggested").textContent = display.suggested;
    list(slot("chips"), display.suggestions, fillSuggestion, slot("suggestions"));
    list(slot("cards"), display.cards, fillCard);
    if (display.cards.length) slot("caption").textContent = display.caption;
    else slot("caption").remove();
    // A refusal is voted on as well: it has a hotline and no card.
    if (display.cards.length || display.call) {
      slot("vote").dataset.passage = display.cards[0]?.passage_id ?? "";
      slot("vote").dataset.answer = display.vote_on ?? "";
    } else slot("vote").remove();
  }

  /** Adds a turn with its question; its reply is still the empty markup. */
  function addTurn(question) {
    const turn = turnTemplate.firstElementChild.cloneNode(true);
    places(turn)("question").textContent = question;
    log.append(turn);
    document.body.classList.add("talking");
    return turn;
  }

  function showWaiting(turn) {
    const dots = document.createElement("p");
    dots.className = "waiting";
    dots.textContent = words.searching;
    places(turn)("reply").replaceChildren(dots);
  }

  function showAnswer(turn, display) {
    const answer = turnTemplate.querySelector('[data-slot="answer"]').cloneNode(true);
    places(turn)("reply").replaceChildren(answer);
    fillAnswer(turn, display);
    offerSharing(turn);
  }

  function showApology(turn, detail) {
    const apology = apologyTemplate.firstElementChild.cloneNode(true);
    places(apology)("opening").textContent = detail;
    places(turn)("reply").replaceChildren(apology);
  }

  /** What a screen reader says when an answer arrives: enough to know whether to go and read. */
  function summary(display) {
    const card = display.cards[0];
    const quote = card ? `${card.label} ${card.quote.map((part) => part.text).join("")}` : "";
    return [display.alert, display.opening, quote, ...display.notices].filter(Boolean).join(" ");
  }

  function scrollTo(turn) {
    turn.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
  }

  function remember() {
    try {
      // What somebody says of themselves in a dialogue is kept nowhere.
      const answered = turns.filter((turn) => turn.display && !turn.display.check);
      localStorage.setItem(MEMORY, JSON.stringify(answered.slice(-KEPT)));
    } catch { /* storage is off: the conversation lasts as long as the page */ }
  }

  function recall() {
    try {
      const kept = JSON.parse(localStorage.getItem(MEMORY));
      return Array.isArray(kept) ? kept : [];
    } catch {
      return [];
    }
  }

  /** The answer's `display`; throws an Error whose message is for the person who asked. */
  async function fetchAnswer(question, pick, signal) {
    const asked = turns.filter((turn) => !turn.display?.check?.within);
    const history = asked.slice(-LOOKED_AT).map((turn) => turn.question);
    let response;
    try {
      response = await fetch(`${base}/api/ask`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ question, pick, history, dialogue: DIALOGUE, person: wenzheng.mine.id() }),
        signal,
      });
    } catch {
      throw new Error(signal.aborted ? words.slow : words.offline);
    }
    const body = await response.json().catch(() => ({}));
    if (!response.ok || !body.display) throw new Error(body.detail ?? words.failed);
    return body.display;
  }

  async function ask(question, turn = addTurn(question), pick = undefined) {
    const mine = new AbortController();
    const patience = setTimeout(() => mine.abort(), PATIENCE_MS);
    waiting = mine;
    form.setAttribute("aria-busy", "true");
    showWaiting(turn);
    announce(words.searching);
    scrollTo(turn);
    try {
      const display = await fetchAnswer(question, pick, mine.signal);
      if (waiting !== mine) return; // started over meanwhile
      turns.push({ question, display });
      remember();
      showAnswer(turn, display);
      announce(summary(display));
    } catch (error) {
      if (waiting !== mine) return;
      turn.dataset.question = question;
      showApology(turn, error.message);
      announce(error.message);
    } finally {
      clearTimeout(patience);
      if (waiting === mine) {
        waiting = null;
        form.removeAttribute("aria-busy");
      }
    }
    scrollTo(turn);
  }

  /** Puts the focus where reading goes on, for those who did not type. */
  function focusReply(turn) {
    places(turn)("reply").focus({ preventScroll: true });
  }

  function grow() {
    if (CSS.supports("field-sizing", "content")) return;
    field.classList.toggle("tall", field.value.length > 40 || field.value.includes("\n"));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const question = field.value.trim();
    if (!question || waiting) return;
    field.value = "";
    grow();
    showHints([]);
    if (touch.matches) field.blur(); // puts the keyboard away, so that the answer is seen
    ask(question);
  });

  field.addEventListener("input", () => {
    grow();
    clearTimeout(field.timer);
    field.timer = setTimeout(offerHints, HINT_DELAY_MS);
  });

  field.addEventListener("keydown", (event) => {
    // While an input method is composing, Enter chooses a word. Safari reports that by 229 only.
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key === "Enter" && !event.shiftKey && !composing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });

  /* ---- slogans while typing ---- */

  function showHints(offered) {
    hints.replaceChildren(...offered.map(({ name, question }) => {
      const item = document.createElement("li");
      const chip = document.createElement("a");
      chip.className = "chip";
      chip.dataset.ask = question;
      chip.href = `${base}/ask?q=${encodeURIComponent(question)}`;
      chip.textContent = name;
      item.append(chip);
      return item;
    }));
    hints.hidden = !offered.length;
  }

  async function offerHints() {
    const typed = field.value.trim();
    if (!typed || typed.length > HINT_CHARS) return showHints([]);
    let offered = [];
    try {
      const response = await fetch(`${base}/api/suggest?q=${encodeURIComponent(typed)}&limit=4`);
      if (response.ok) offered = await response.json();
    } catch { /* typing on does without */ }
    if (field.value.trim() !== typed) return; // more was typed meanwhile
    showHints(offered);
  }

  // Arrow keys lead from the field into the offered slogans and along them, Escape back.
  form.addEventListener("keydown", (event) => {
    const chips = [...hints.querySelectorAll(".chip")];
    const at = chips.indexOf(document.activeElement);
    const up = event.key === "ArrowUp";
    if (event.isComposing || !chips.length || (at < 0 && !up)) return;
    if (event.key === "Escape") {
      showHints([]);
      field.focus();
    } else if (at < 0) {
      chips[0].focus();
    } else if (event.key === "ArrowRight") {
      chips[(at + 1) % chips.length].focus();
    } else if (event.key === "ArrowLeft") {
      chips[(at + chips.length - 1) % chips.length].focus();
    } else if (event.key === "ArrowDown") {
      field.focus();
    } else {
      return;
    }
    event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const chip = event.target.closest("a[data-ask]");
    if (chip && plain) {
      event.preventDefault();
      if (waiting) return;
      const question = chip.dataset.ask || chip.textContent.trim();
      if (hints.contains(chip)) {
        field.value = "";
        grow();
        showHints([]);
      }
      const turn = addTurn(question);
      focusReply(turn);
      ask(question, turn);
      return;
    }
    const picked = event.target.closest("button[data-pick]");
    if (picked && !waiting) {
      const label = picked.textContent.trim();
      const { pick } = picked.dataset;
      picked.closest('[data-slot="check"]').remove(); // each question is answered once
      const turn = addTurn(label);
      focusReply(turn);
      ask(label, turn, pick);
      return;
    }
    const retry = event.target.closest("button[data-retry]");
    if (retry && !waiting) {
      const turn = retry.closest(".turn");
      focusReply(turn);
      ask(turn.dataset.question, turn);
      return;
    }
    const vote = event.target.closest("button[data-vote]");
    if (vote) sendVote(vote);
  });

  async function sendVote(button) {
    const box = button.closest('[data-slot="vote"]');
    const { vote, reason } = button.dataset;
    const body = JSON.stringify({ answer_id: box.dataset.answer || undefined, passage_id: box.dataset.passage || undefined, vote, reason, person: wenzheng.mine.id() });
    const headers = { "Content-Type": "application/json" };
    let text = words.thanks;
    let noted = false;
    try {
      const response = await fetch(`${base}/api/feedback`, { method: "POST", headers, body });
      noted = response.ok;
      if (!noted) text = (await response.json()).detail;
    } catch {
      text = words.offline;
    }
    // Once it is noted that it was of no use, one more press may say why.
    const reasons = places(box)("reasons");
    if (noted && vote === "down" && !reason && reasons) {
      reasons.hidden = false;
      box.replaceChildren(reasons);
      reasons.querySelector("button").focus({ preventScroll: true });
      announce(reasons.firstElementChild.textContent);
      return;
    }
    const said = document.createElement("span");
    said.textContent = text;
    said.tabIndex = -1;
    box.replaceChildren(said);
    said.focus({ preventScroll: true }); // the button that had the focus is gone
    announce(text);
  }

  /** Empties the conversation, here and in the browser. */
  wenzheng.clear = () => {
    waiting?.abort();
    waiting = null;
    form.removeAttribute("aria-busy");
    turns = [];
    remember();
    wenzheng.panel.close();
    log.replaceChildren();
    document.body.classList.remove("talking");
    if (location.pathname !== `${base}/`) history.replaceState(null, "", `${base}/`);
  };

  document.getElementById("clear").addEventListener("click", () => {
    wenzheng.clear();
    announce(words.cleared);
    scroll(0, 0);
    field.focus();
  });

  // What was said in this browser before, and below it what the server answered to a plain link or
  // form, as the glossary has them.
  const served = [...log.querySelectorAll(".turn")];
  for (const kept of recall()) {
    const turn = addTurn(String(kept?.question));
    try {
      fillAnswer(turn, kept.display);
      turns.push({ question: kept.question, display: kept.display });
    } catch {
      turn.remove(); // kept by an earlier version of this page, in another form
    }
  }
  document.body.classList.toggle("talking", turns.length + served.length > 0);
  for (const turn of served) {
    const question = places(turn)("question").textContent;
    turn.dataset.question = question;
    turns.push({ question });
    log.append(turn);
  }
  offerSharing(log);
  // Whoever comes back sees what was said last, and the field to go on.
  if (turns.length) log.lastElementChild.scrollIntoView({ block: "start" });
})();
