// Puts the chat of this service into a page of another site:
//   <script src="https://wz.example.gov.cn/widget.js" async></script>
// data-label changes the words of the button, data-side="left" the corner it stands in. The chat
// itself is a frame, loaded when it is first opened; it and the page around it know nothing of
// each other but that the chat wants to be closed.
(() => {
  "use strict";

  const script = document.currentScript;
  if (!script || document.getElementById("wenzheng-widget")) return;
  const service = new URL("widget", script.src); // beside this script, whatever precedes its path
  const label = script.dataset.label || "问政策";
  const side = script.dataset.side === "left" ? "left" : "right";

  // A shadow root, so that neither side's styles reach the other; styles by script, so that a
  // strict content security policy of the page does not mind.
  const host = document.createElement("div");
  host.id = "wenzheng-widget";
  const shadow = host.attachShadow({ mode: "open" });
  const button = document.createElement("button");
  let frame = null;

  function style(node, styles) {
    for (const [name, value] of Object.entries(styles)) node.style.setProperty(name, value);
  }

  style(button, {
    position: "fixed", bottom: "20px", [side]: "20px", "z-index": "2147483000",
    "min-height": "52px", padding: "0 22px", border: "0", "border-radius": "26px",
    background: "#a82a1d", color: "#fff", cursor: "pointer",
    font: "600 18px/1.2 system-ui, 'PingFang SC', 'Microsoft YaHei', sans-serif",
    "box-shadow": "0 4px 18px rgb(0 0 0 / 25%)",
  });
  button.type = "button";
  button.textContent = label;
  button.setAttribute("aria-expanded", "false");

  function makeFrame() {
    const made = document.createElement("iframe");
    made.src = service.href;
    made.title = label;
    made.allow = "clipboard-write";
    return made;
  }

  function place() {
    const narrow = innerWidth < 560 || innerHeight < 560;
    style(frame, {
      position: "fixed", "z-index": "2147483001", border: "0", background: "#faf6f0",
      "box-shadow": "0 8px 40px rgb(0 0 0 / 30%)", "color-scheme": "normal",
      inset: narrow ? "0" : "auto", bottom: narrow ? "0" : "20px", [side]: narrow ? "0" : "20px",
      width: narrow ? "100%" : "420px",
      height: narrow ? "100%" : "min(680px, calc(100vh - 40px))",
      "border-radius": narrow ? "0" : "16px",
    });
  }

  function open() {
    if (!frame) {
      frame = makeFrame();
      shadow.append(frame);
    }
    place();
    frame.hidden = false;
    style(frame, { display: "block" });
    style(button, { display: "none" });
    button.setAttribute("aria-expanded", "true");
    frame.focus();
  }

  function close() {
    if (!frame || frame.hidden) return;
    frame.hidden = true;
    style(frame, { display: "none" });
    style(button, { display: "block" });
    button.setAttribute("aria-expanded", "false");
    button.focus();
  }

  button.addEventListener("click", open);
  addEventListener("resize", () => { if (frame && !frame.hidden) place(); });
  addEventListener("message", (event) => {
    const ours = frame && event.source === frame.contentWindow && event.origin === service.origin;
    if (ours && event.data === "wenzheng:close") close();
  });

  shadow.append(button);
  const start = () => document.body.append(host);
  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);
})();
