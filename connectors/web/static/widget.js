// Turns <a href=".../gesprek" data-zij-widget> into a button that opens the chat in a frame.
// Without this file the link simply opens the chat page.
"use strict";
(() => {
  const css =
    ".zij-frame{position:fixed;inset:auto 1rem 1rem auto;width:25rem;height:min(42rem,calc(100vh - 2rem));" +
    "border:1px solid #8a979e;border-radius:.75rem;background:#fff;box-shadow:0 .5rem 2rem #0004;z-index:2147483000}" +
    ".zij-frame iframe{width:100%;height:100%;border:0;border-radius:inherit}" +
    ".zij-frame button{position:absolute;inset:.1rem .25rem auto auto;width:2.75rem;height:2.75rem;border:0;border-radius:.5rem;" +
    "background:#0b5566;color:#fff;font:600 1.5rem/1 system-ui;cursor:pointer}" +
    ".zij-frame button:focus-visible{outline:3px solid #b8470a;outline-offset:2px}" +
    // No weight at all: any rule of the host page for its own buttons wins.
    ":where(.zij-open){padding:.7rem 1.1rem;border:0;border-radius:.5rem;background:#0b5566;color:#fff;font:600 1rem system-ui;cursor:pointer}" +
    "@media(max-width:30rem){.zij-frame{inset:0;width:100%;height:100%;border-radius:0}}";
  const upgrade = (link) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `${link.className} zij-open`.trim();
    button.textContent = link.textContent;
    button.setAttribute("aria-expanded", "false");
    link.replaceWith(button);
    let box;
    const toggle = (open) => {
      if (!box) {
        box = document.createElement("div");
        box.className = "zij-frame";
        box.id = "zij-" + Math.random().toString(36).slice(2);
        const close = document.createElement("button");
        close.type = "button";
        close.setAttribute("aria-label", "Sluit de chat");
        // Written so that it is right on a host page in any character set.
        close.textContent = "\u00d7";
        close.onclick = () => toggle(false);
        const frame = document.createElement("iframe");
        frame.title = "Chat over zij-instroom";
        frame.src = link.href;
        // The cross has the focus at first; the next Tab goes into the chat.
        box.append(close, frame);
        // As a listener: an `onkeydown` that gives false would take Tab and Enter from the keyboard.
        box.addEventListener("keydown", (event) => {
          if (event.key === "Escape") toggle(false);
        });
        addEventListener("message", (event) => {
          const ours = event.source === frame.contentWindow && event.data === "zij-close";
          if (ours && !box.hidden) toggle(false);
        });
        document.body.append(box);
        button.setAttribute("aria-controls", box.id);
      }
      box.hidden = !open;
      box.style.display = open ? "" : "none";
      button.setAttribute("aria-expanded", String(open));
      (open ? box.querySelector("button") : button).focus();
    };
    button.onclick = () => toggle(button.getAttribute("aria-expanded") !== "true");
  };
  const start = () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    document.querySelectorAll("a[data-zij-widget]").forEach(upgrade);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
