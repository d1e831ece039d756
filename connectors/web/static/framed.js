// Inside the frame of widget.js: room for its cross, and Escape closes the chat. Only the word "zij-close" leaves the frame.
"use strict";
if (window.parent !== window) {
  document.documentElement.classList.add("framed");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") window.parent.postMessage("zij-close", "*");
  });
}
