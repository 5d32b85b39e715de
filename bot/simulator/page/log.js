// Draws the conversation. Each message keeps its DOM node while it is shown,
// so that focus stays and screen readers announce only new messages.

import { icon } from "/static/menus.js";
import { element, followed, richText, startPayload } from "/static/nodes.js";
import { quote, thing } from "/static/things.js";
import { currentLanguage, dayKey, showDay, showTime, word } from "/static/words.js";

const NEAR = 80;
const PRESSED_FOR = 4_000;
const LABELLED = 60; // characters of a message used as its label

export function makeLog(log, newest, { tap, say, reply }) {
  const drawn = new Map(); // key -> { node, signature }
  let names = { bot: "" };
  let first = true;

  function draw(chat, now) {
    names = { bot: chat.name };
    const follow = first || log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
    const wanted = chat.messages.length ? withDays(chat.messages, now) : [emptyRoom(chat)];
    log.setAttribute("aria-busy", String(first));
    const added = place(wanted);
    log.removeAttribute("aria-busy");
    for (const button of log.querySelectorAll(".pressed")) release(button);
    if (follow || added.some((node) => node.classList.contains("from-me"))) toEnd(added);
    first = false;
    mark();
  }

  function withDays(messages, now) {
    let day = null;
    return messages.flatMap((message) => {
      const date = new Date(message.date);
      const drawing = { key: `m${message.message_id}`, signature: signed(message), make: () => article(message, date) };
      if (dayKey(date) === day) return [drawing];
      day = dayKey(date);
      const label = showDay(date, now);
      return [{ key: `d${day}`, signature: label, make: () => element("p", "day", element("span", "", label)) }, drawing];
    });
  }

  const signed = (message) => JSON.stringify([currentLanguage(), names.bot, message]);

  function place(wanted) {
    const added = [];
    const keys = new Set(wanted.map(({ key }) => key));
    let bereft = false; // the focused node was removed: focus the conversation
    for (const [key, { node }] of drawn) {
      if (keys.has(key)) continue;
      bereft ||= node.contains(document.activeElement);
      node.remove();
      drawn.delete(key);
    }
    wanted.forEach(({ key, signature, make }, at) => {
      const old = drawn.get(key);
      if (old && old.signature !== signature) renew(old.node, make());
      const node = old?.node ?? make();
      drawn.set(key, { node, signature });
      if (log.children[at] !== node) log.insertBefore(node, log.children[at] ?? null);
      if (old) return;
      added.push(node);
      if (!first) node.classList.add("new");
    });
    if (bereft) log.focus({ preventScroll: true });
    return added;
  }

  function renew(node, fresh) {
    const held = node.contains(document.activeElement) ? document.activeElement : null;
    const at = [...node.querySelectorAll(".key")].indexOf(held);
    node.replaceChildren(...fresh.childNodes);
    if (!held) return;
    const keys = [...node.querySelectorAll(".key")];
    const same = keys.find((key) => held.dataset.data && key.dataset.data === held.dataset.data);
    node.tabIndex = -1; // so that Tab continues from the pressed button's place
    (same ?? keys[at] ?? node).focus({ preventScroll: true });
  }

  function article(message, date) {
    const mine = message.from === "me";
    const time = element("time", "", showTime(date));
    time.dateTime = message.date;
    const meta = element("p", "meta", ...(message.edited ? [`${word("edited")} `] : []), time);
    const bubble = element("div", "bubble", element("span", "unseen", `${mine ? word("you") : names.bot}: `));
    if (message.reply_to) bubble.append(quote(message.reply_to, names.bot));
    if (message.kind !== "text") bubble.append(thing(message));
    if (message.html) bubble.append(richText(message.html, { say, commands: !mine }));
    bubble.append(meta);
    const node = element("article", `message from-${mine ? "me" : "bot"} kind-${message.kind}`, bubble);
    if (!mine) node.append(replyButton(message));
    if (message.keyboard.length) node.append(keyboard(message));
    return node;
  }

  function replyButton(message) {
    const button = element("button", "round reply", icon("reply"));
    button.type = "button";
    button.title = word("reply");
    button.setAttribute("aria-label", `${word("reply")}: ${message.text.slice(0, LABELLED)}`);
    button.addEventListener("click", () => reply(message));
    return button;
  }

  function keyboard(message) {
    const rows = message.keyboard.map((row) => element("div", "row", ...row.map((button) => key(message, button))));
    const group = element("div", "keyboard", ...rows);
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", word("choices"));
    return group;
  }

  function key(message, button) {
    const payload = button.url ? startPayload(button.url) : undefined;
    if (button.url && payload === undefined) {
      const link = element("a", "key", button.text, element("span", "unseen", ` (${word("outside")})`));
      Object.assign(link, { href: button.url, target: "_blank", rel: "noopener noreferrer" });
      return link;
    }
    const node = element("button", "key", button.text);
    node.type = "button";
    if (button.data) node.dataset.data = button.data;
    node.addEventListener("click", () => {
      press(node);
      if (button.copies) navigator.clipboard?.writeText(button.copies);
      else if (payload !== undefined) say(`/start ${payload}`);
      else tap(message.message_id, button.data);
    });
    return node;
  }

  function emptyRoom(chat) {
    const make = () => {
      const start = element("button", "solid start", word("start"));
      start.type = "button";
      start.addEventListener("click", () => {
        press(start);
        say("/start");
      });
      const about = element("p", "empty-about", chat.description || word("emptyTitle"));
      const parts = [element("div", "empty-shore"), element("h3", "", chat.name), about];
      return element("div", "empty", ...parts, ...(followed() ? [] : [start])); // a link has its own
    };
    return { key: "empty", signature: signed([chat.description, followed()]), make };
  }

  function toEnd(added) {
    const last = log.lastElementChild;
    const tall = added.find((node) => node.classList.contains("from-bot") && node.offsetHeight > log.clientHeight);
    log.scrollTop = tall ? tall.offsetTop - 8 : log.scrollHeight;
    if (first) log.scrollTop = last && last.offsetHeight > log.clientHeight ? last.offsetTop - 8 : log.scrollHeight;
  }

  function mark() {
    newest.hidden = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
  }

  log.addEventListener("scroll", mark, { passive: true });
  newest.addEventListener("click", () => {
    log.scrollTop = log.scrollHeight;
    log.focus({ preventScroll: true });
  });
  // a screen keyboard or a growing text field must not hide the last message
  let height = log.clientHeight;
  new ResizeObserver(() => {
    const atEnd = log.scrollHeight - log.scrollTop - height < NEAR;
    height = log.clientHeight;
    if (atEnd) log.scrollTop = log.scrollHeight;
    mark();
  }).observe(log);
  return { draw };
}

function press(button) {
  button.classList.add("pressed");
  setTimeout(() => release(button), PRESSED_FOR);
}

const release = (button) => button.classList.remove("pressed");
