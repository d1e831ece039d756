// Small helps for who has JavaScript: keys in the inbox, a title that counts, copying an answer.
"use strict";

const rows = () => [...document.querySelectorAll("a.reference")];

document.addEventListener("keydown", (event) => {
  const busy = event.target.closest("input, textarea, select, [contenteditable]");
  if (busy || event.ctrlKey || event.altKey || event.metaKey) return;
  if (!("shortcuts" in document.body.dataset) || !["j", "k"].includes(event.key)) return;
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(document.activeElement);
  const next = event.key === "j" ? at + 1 : at < 0 ? all.length - 1 : at - 1;
  all[Math.min(Math.max(next, 0), all.length - 1)].focus(); // Enter then opens it, as any link
  event.preventDefault();
});

// The counter refreshes itself; the title of the tab follows it.
const keepTitle = () => {
  const counter = document.getElementById("teller");
  if (!counter) return;
  const plain = document.title.replace(/^\(\d+\) /, "");
  const number = Number(counter.dataset.new);
  const wanted = number ? `(${number}) ${plain}` : plain;
  if (document.title !== wanted) document.title = wanted;
};
new MutationObserver(keepTitle).observe(document.querySelector(".top"), {
  attributes: true, childList: true, subtree: true,
});

for (const button of document.querySelectorAll("button.copy")) {
  const field = document.getElementById(button.dataset.to);
  if (!field) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const text = document.getElementById(button.dataset.from).value;
    field.value = field.value ? `${field.value}\n${text}` : text;
    field.focus();
  });
}

// A session that ended: to the login page, but not away from what somebody typed. Then that stays,
// and what was said by a person is hidden until somebody is logged in again in another tab.
const isChanged = (field) => field.type === "checkbox" ? field.checked !== field.defaultChecked
  : field.options ? [...field.options].some((one) => one.selected && !one.defaultSelected && one.index)
    : field.type !== "hidden" && field.value !== field.defaultValue;
const setEnded = (ended) => {
  const notice = document.getElementById("ended");
  if (!notice) return;
  notice.hidden = !ended;
  document.body.classList.toggle("ended", ended);
};
document.addEventListener("htmx:after:request", (event) => {
  const status = event.detail.ctx?.response?.status;
  if (status !== 401) return status && setEnded(false);
  if ([...document.querySelectorAll("main :is(input, select, textarea)")].some(isChanged)) return setEnded(true);
  const here = location.pathname + location.search;
  location.assign(`/console/inloggen?next=${encodeURIComponent(here)}`);
});

// Words that were typed are not lost by leaving, unless they are on their way.
let sending = false;
document.addEventListener("submit", (event) => {
  sending = event.target.contains(document.getElementById("answer"));
});
window.addEventListener("beforeunload", (event) => {
  const field = document.getElementById("answer");
  if (field && field.value.trim() && !sending) event.preventDefault();
});
