// The demo's phone: one citizen's chat with the bot, updated live.

import { makeBelow } from "/static/below.js";
import { makeComposer } from "/static/composer.js";
import { makeLog } from "/static/log.js";
import { makeMenu } from "/static/menus.js";
import { followed, forgetFollowed } from "/static/nodes.js";
import { makeClock, makeLanguages, makePanel, showPeople } from "/static/panel.js";
import { ask, tell, watch } from "/static/wire.js";
import { labelPage, readLanguage, word } from "/static/words.js";

const TYPING_FOR = 5_000;
const TOAST_FOR = 5_000;
const AWAY_AFTER = 1_200;
const RETRY_AFTER = 2_000;
const byId = (id) => document.getElementById(id);
const pause = (milliseconds) => new Promise((go) => setTimeout(go, milliseconds));

readLanguage();
makePanel();

const phone = { person: null, people: [], chat: null, blocked: false, act, toast: showToast };
const clock = makeClock(() => refresh());
const log = makeLog(byId("log"), byId("newest"), {
  tap: (message_id, data) => act("tap", { message_id, data }, "notDone"),
  say,
  reply: (message) => composer.startReply(message),
});
const composer = makeComposer(phone);
const below = makeBelow(byId("below"), byId("text"), { say, sendPlace: () => composer.attach("location") });
labelPage();
let typingTimer = 0;
let toastTimer = 0;
let awayTimer = 0;
let unread = 0;
let reading = null;
let readAgain = false;

// Sends an action of this citizen; on failure shows the text of key `failure`.
async function act(path, body, failure) {
  try {
    await tell(`/phone/${phone.person.id}/${path}`, body);
  } catch {
    showToast(word(failure));
    return false;
  }
  if (path === "say" || path === "send") rememberBlocked(false); // writing unblocks the bot
  refresh();
  return true;
}

function say(text) {
  return act("say", { text }, "notDone");
}

// Reads the chat; calls during a read cause one more read after it.
function refresh() {
  if (!phone.person) return;
  if (reading) {
    readAgain = true;
    return;
  }
  reading = read().finally(() => {
    reading = null;
    if (readAgain) {
      readAgain = false;
      refresh();
    }
  });
}

async function read() {
  let chat;
  try {
    chat = await ask(`/phone/${phone.person.id}/chat`);
  } catch {
    return; // the event stream is down too, and calls refresh when it reconnects
  }
  const before = phone.chat ? (phone.chat.messages.at(-1)?.message_id ?? 0) : Infinity;
  const fresh = chat.messages.filter((message) => message.from === "bot" && message.message_id > before);
  if (fresh.length) {
    showTyping(false);
    unread = document.hidden ? unread + fresh.length : 0;
    clock.refresh();
  }
  phone.chat = chat;
  if (typeof chat.blocked === "boolean") phone.blocked = chat.blocked;
  show();
}

function show() {
  if (!phone.chat) return;
  byId("chat-name").textContent = phone.chat.name;
  showStatus();
  byId("blocked").hidden = !phone.blocked;
  byId("followed").hidden = phone.blocked || !followed();
  byId("composer").hidden = phone.blocked || Boolean(followed());
  document.title = `${unread ? `(${unread}) ` : ""}${phone.person.first_name} · ${phone.chat.name}`;
  log.draw(phone.chat, clock.now());
  below.draw(phone.blocked ? [] : phone.chat.below);
}

function showStatus() {
  const who = word("youAre", { name: phone.person.first_name });
  byId("chat-status").textContent = typingTimer ? word("typing") : `${word("robot")} · ${who}`;
  byId("chat-status").classList.toggle("typing", Boolean(typingTimer));
}

function showTyping(on) {
  clearTimeout(typingTimer);
  typingTimer = on ? setTimeout(() => showTyping(false), TYPING_FOR) : 0;
  showStatus();
}

function showToast(words) {
  clearTimeout(toastTimer);
  byId("toast").textContent = words;
  toastTimer = setTimeout(() => (byId("toast").textContent = ""), TOAST_FOR);
}

function showConnected(connected) {
  if (!connected) {
    awayTimer ||= setTimeout(sayAway, AWAY_AFTER); // do not show short interruptions
    return;
  }
  clearTimeout(awayTimer);
  awayTimer = 0;
  byId("away").hidden = true;
}

function sayAway() {
  byId("away").textContent = word("away");
  byId("away").hidden = false;
}

const keptBlocked = () => `brobygger.blocked.${phone.person.id}`;

function rememberBlocked(blocked) {
  phone.blocked = blocked;
  try {
    sessionStorage.setItem(keptBlocked(), blocked ? "yes" : "");
  } catch {
    // no storage: kept only while the page is open
  }
}

async function setBlocked(blocked) {
  if (!(await act("block", { blocked }, "notDone"))) return;
  rememberBlocked(blocked);
  show();
  byId(blocked ? "unblock" : "text").focus();
}

makeMenu(byId("chat-more"), byId("chat-menu"), () => [
  { label: word("edit"), icon: "pencil", act: composer.startEditing },
  { label: word("again"), icon: "send", act: () => say("/start") },
  phone.blocked
    ? { label: word("unblock"), icon: "check", act: () => setBlocked(false) }
    : { label: word("block"), icon: "block", act: () => setBlocked(true) },
]);
byId("follow").addEventListener("click", async () => {
  const payload = followed();
  if (!payload || !(await say(`/start ${payload}`))) return;
  forgetFollowed();
  showPeople(phone.people, phone.person.id);
  show();
  byId("text").focus();
});
byId("unblock").addEventListener("click", () => setBlocked(false));
makeLanguages(() => {
  composer.label();
  showPeople(phone.people, phone.person?.id);
  clock.relabel();
  show();
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  unread = 0;
  show();
});

// The bot's initial language for this citizen, set as `lang` for screen readers.
const chatLanguage = (code) => (/^(da|nb|nn|no|sv|fo|kl)\b/.test(code ?? "da") ? "da" : "en");

async function people() {
  for (;;) {
    try {
      return await ask("/phone/people");
    } catch {
      sayAway();
      await pause(RETRY_AFTER);
    }
  }
}

async function begin() {
  clock.refresh();
  phone.people = await people();
  const asked = Number(new URLSearchParams(location.search).get("user"));
  phone.person = phone.people.find(({ id }) => id === asked) ?? phone.people[0];
  if (!phone.person) return;
  try {
    phone.blocked = sessionStorage.getItem(keptBlocked()) === "yes";
  } catch {
    // no storage: nothing is kept
  }
  byId("log").lang = chatLanguage(phone.person.language_code);
  showPeople(phone.people, phone.person.id);
  watch(phone.person.id, {
    changed: refresh,
    typing: () => showTyping(true),
    toast: showToast,
    connected: showConnected,
  });
}

await begin();
