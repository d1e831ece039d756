// Makes the chat page answer without a reload. Everything also works without this file: on any
// error the plain form is sent, or the text stays where it was typed.
"use strict";
(() => {
  const form = document.getElementById("say");
  const log = document.getElementById("log");
  const box = document.getElementById("text");
  const choices = document.getElementById("choices");
  const status = document.getElementById("status");
  const trouble = document.getElementById("trouble");
  const anew = document.getElementById("anew");
  const send = document.getElementById("send");
  const names = { bot: "Zijstap", person: "Jij", counsellor: "Adviseur", system: "Bericht" };
  const plan = document.getElementById("plan");
  const texts = {
    busy: "Zijstap is bezig met antwoorden.",
    sent: "",
    away: "Het versturen lukt nu niet. Je tekst staat er nog. Probeer het zo opnieuw.",
    missed: "Het versturen lukt nu niet. Kies het zo nog een keer.",
  };
  let last = Number(log.dataset.last);
  const touch = matchMedia("(pointer: coarse)");
  let busy = false;
  // What was sent and has no answer yet: the same words again are the same message.
  let sending = null;
  // What came by itself while an answer was on its way.
  let held = [];

  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  const list = (items) => {
    const element = make("ul");
    for (const item of items) element.append(make("li", "", item));
    return element;
  };

  const source = (item) => {
    const element = make("li");
    if (item.url) {
      const link = make("a", "", item.title);
      link.href = item.url;
      link.rel = "noreferrer noopener";
      element.append(link);
    } else {
      element.append(item.title);
    }
    element.append(` (bekeken op ${item.checked_on})`);
    return element;
  };

  const card = (data) => {
    const section = make("section", `card card-${data.kind}`);
    section.setAttribute("aria-label", data.title);
    section.append(make("h3", "", data.title));
    const rows = make("dl");
    for (const row of data.rows) {
      const line = make("div");
      const value = make("dd");
      value.append(Array.isArray(row.value) ? list(row.value) : row.value);
      line.append(make("dt", "", row.label), value);
      rows.append(line);
    }
    section.append(rows);
    if (data.sources.length) {
      const details = make("details");
      const sources = make("ul");
      sources.append(...data.sources.map(source));
      details.append(make("summary", "", "Bronnen"), sources);
      section.append(details);
    }
    return section;
  };

  // The last line of an answer names its sources; they open when they are wanted.
  const words = (text) => {
    const found = text.match(/^([^]*)\nBron: (.*)$/);
    if (!found) return [make("p", "text", text)];
    const details = make("details", "from");
    details.append(make("summary", "", "Bron"), make("p", "", found[2]));
    return [make("p", "text", found[1]), details];
  };

  const item = (message) => {
    const element = make("li", `message from-${message.sender}`);
    element.dataset.seq = message.seq;
    element.append(make("p", "sender", names[message.sender]));
    if (message.cards.length) element.append(...message.cards.map(card));
    else element.append(...words(message.text));
    return element;
  };

  const offer = (buttons) => {
    choices.querySelectorAll("button").forEach((button) => button.remove());
    for (const button of buttons) {
      const element = make("button", "", button.title);
      element.name = "payload";
      element.value = button.payload;
      choices.append(element);
    }
    choices.hidden = !buttons.length;
  };

  const settle = () => {
    if (!sending) return;
    if (box.value.trim() === sending.text) box.value = "";
    trouble.textContent = "";
    sending = null;
  };

  const newId = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16)).join("-");

  // One insertion for each turn, so that a screen reader announces it once.
  const show = (messages) => {
    const fresh = messages.filter((message) => message.seq > last);
    if (!fresh.length) return;
    last = fresh[fresh.length - 1].seq;
    const part = document.createDocumentFragment();
    for (const message of fresh) part.append(item(message));
    if (fresh.some((message) => message.cards.some((data) => data.kind === "advice"))) plan.hidden = false;
    if (fresh.some((message) => message.sender === "person")) settle();
    const first = part.firstElementChild;
    log.append(part);
    // A person's word that nobody answers, as to a counsellor, ends the choices from before it.
    offer(fresh[fresh.length - 1].buttons);
    first.scrollIntoView({ block: "start" });
  };

  const wait = (on) => {
    busy = on;
    send.setAttribute("aria-disabled", on);
    box.readOnly = on;
    status.textContent = on ? texts.busy : texts.sent;
    trouble.textContent = "";
    anew.hidden = true;
  };

  const say = async (text, payload = "") => {
    if (busy || (!text && !payload)) return;
    if (!sending || sending.text !== text || sending.payload !== payload) sending = { id: newId(), text, payload };
    wait(true);
    let problem = "";
    let gone = false;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams({ message_id: sending.id, text, payload }),
        headers: { Accept: "application/json", "X-After": String(last) },
        redirect: "follow",
      });
      if (answer.redirected) {
        window.location.assign(answer.url);
        return;
      }
      gone = answer.status === 404;
      const data = await answer.json();
      if (!answer.ok) throw new Error(data.title);
      show(data.messages);
      settle();
    } catch (error) {
      const away = payload ? texts.missed : texts.away;
      problem = error instanceof TypeError ? away : error.message || away;
    }
    show(held);
    held = [];
    wait(false);
    // The text box would open a phone's keyboard over the choices, for who only taps.
    const place = payload && touch.matches ? log : box;
    place.focus({ preventScroll: true });
    if (!sending) return;
    trouble.textContent = problem;
    anew.hidden = !gone;
    trouble.parentElement.scrollIntoView({ block: "center" });
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter;
    if (button && button.name === "payload") say(button.textContent, button.value);
    else say(box.value.trim());
  });
  const human = document.getElementById("human");
  human.addEventListener("submit", (event) => {
    event.preventDefault();
    say(human.elements.text.value, human.elements.payload.value);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit(send);
    }
  });

  // On a phone what opens at the foot of the page would open below the screen.
  const wipe = document.querySelector(".wipe");
  wipe.addEventListener("toggle", () => wipe.open && wipe.scrollIntoView({ block: "end" }));

  // A counsellor's words come by themselves. A turn in progress shows its own answer.
  const listen = () => {
    const stream = new EventSource(`/gesprek/live?after=${last}`);
    stream.onmessage = (event) => {
      const message = JSON.parse(event.data);
      if (busy) held.push(message);
      else show([message]);
    };
    // The browser comes back by itself after a broken line, but not after a refusal.
    stream.onerror = () => stream.readyState === EventSource.CLOSED && setTimeout(listen, 10000);
  };
  listen();
  const newest = log.querySelector("li");
  if (newest) newest.scrollIntoView({ block: "start" });
})();
