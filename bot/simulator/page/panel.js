// The panel next to the phone: citizen, town's clock, and the page's language.

import { ask, tell } from "/static/wire.js";
import { icon } from "/static/menus.js";
import { element, followed } from "/static/nodes.js";
import { currentLanguage, labelPage, setLanguage, showShortly, word } from "/static/words.js";

const CLOCK_PACE = 15_000;
const A_LONG_WAY = 180_000;
const TINTS = 6;
const byId = (id) => document.getElementById(id);

export const fullName = (person) => [person.first_name, person.last_name].filter(Boolean).join(" ");

export function face(person, at) {
  const initials = [person.first_name, person.last_name].map((name) => name?.[0] ?? "").join("");
  const node = element("span", `face tint-${at % TINTS}`, initials);
  node.setAttribute("aria-hidden", "true");
  return node;
}

// A citizen's description is a Danish text, or an object with one for each language.
function about({ about: said }) {
  const told = said?.[currentLanguage()];
  const node = element("span", "", told ?? said);
  node.lang = told ? currentLanguage() : "da";
  return node;
}

// Another citizen follows the same link.
function personAddress({ id }) {
  const parameters = new URLSearchParams({ user: id });
  const payload = followed();
  if (payload) parameters.set("start", payload);
  return `?${parameters}`;
}

export function showPeople(people, chosen) {
  byId("people").replaceChildren(
    ...people.map((person, at) => {
      const name = fullName(person);
      const words = element("span", "person-words", element("strong", "", name), about(person));
      const link = element("a", "person", face(person, at), words);
      link.href = personAddress(person);
      if (person.id === chosen) link.setAttribute("aria-current", "page");
      const apart = element("a", "round person-apart", icon("away"));
      apart.href = link.href;
      apart.target = "_blank";
      apart.title = word("newTab", { name });
      apart.setAttribute("aria-label", apart.title);
      return element("li", "", link, apart);
    }),
  );
}

export function makePanel() {
  const panel = byId("panel");
  const toggle = byId("panel-toggle");
  const narrow = matchMedia("(max-width: 759px)");

  function show(open) {
    const covers = open && narrow.matches;
    toggle.setAttribute("aria-expanded", String(open));
    document.body.classList.toggle("panel-open", open);
    for (const part of byId("phone").children) part.inert = covers; // the landmark itself stays accessible
  }

  toggle.addEventListener("click", () => show(toggle.getAttribute("aria-expanded") !== "true"));
  narrow.addEventListener("change", () => show(false));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !document.body.classList.contains("panel-open")) return;
    show(false);
    toggle.focus();
  });
  panel.addEventListener("click", (event) => {
    // the current citizen's chat is under the panel: close it
    if (!event.target.closest("[aria-current]") || !narrow.matches) return;
    event.preventDefault();
    show(false);
    byId("text").focus();
  });
}

export function makeLanguages(changed) {
  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => {
      setLanguage(button.dataset.language);
      labelPage();
      changed();
    });
  }
}

// `now()` returns the town's time, or the machine's without a time control.
export function makeClock(moved) {
  const travels = document.body.dataset.travel === "yes";
  if (!travels) byId("panel-word").dataset.word = "panelAlone";
  byId("poster").hidden = document.body.dataset.poster !== "yes";
  const status = byId("clock-status");
  const buttons = [...document.querySelectorAll("[data-to]")];
  let face = null;
  let heard = 0;
  let busy = false;
  for (const node of document.querySelectorAll("[data-travelling]")) node.hidden = !travels;

  function show() {
    if (!face) return;
    const words = face.local[currentLanguage()];
    byId("clock-face").textContent = words[0].toUpperCase() + words.slice(1);
    byId("bar-time").textContent = showShortly(new Date(face.now));
  }

  function take(answer) {
    face = answer;
    heard = Date.now();
    show();
  }

  function say(key, values) {
    status.textContent = word(key, values);
    status.classList.toggle("unseen", key === "moved"); // the clock already shows the move
  }

  async function refresh() {
    if (!travels || busy) return;
    try {
      take(await ask("/time"));
    } catch {
      // the chat's banner shows the lost connection
    }
  }

  async function move(to) {
    if (busy) return;
    setBusy(true);
    try {
      take(await tell("/time", { to }, A_LONG_WAY));
      say("moved", { time: face.local[currentLanguage()] });
    } catch {
      say("notMoved");
    }
    setBusy(false);
    moved();
  }

  function setBusy(now) {
    busy = now;
    byId("panel").querySelector(".clock").classList.toggle("busy", now);
    for (const button of buttons) button.setAttribute("aria-disabled", String(now));
    if (now) say("moving");
  }

  for (const button of buttons) button.addEventListener("click", () => move(button.dataset.to));
  setInterval(() => document.hidden || refresh(), CLOCK_PACE);
  const now = () => (face ? new Date(new Date(face.now).getTime() + Date.now() - heard) : new Date());
  const relabel = () => {
    show();
    if (!busy) status.textContent = "";
  };
  return { now, refresh, relabel };
}
