// The composer: writing, editing, replying, attaching files, choosing commands.

import { choosable, makeChooser } from "/static/files.js";
import { makeMenu } from "/static/menus.js";
import { kindWord, word } from "/static/words.js";

const HIGHEST = 140;
const ATTACHABLE = ["photo", "document", "location", "contact", "voice", "sticker"];
const byId = (id) => document.getElementById(id);

// `phone` has act(path, body) -> whether it succeeded, toast(words), and `chat`.
export function makeComposer(phone) {
  const form = byId("composer");
  const text = byId("text");
  let edited = null;
  let answered = null;
  let sending = false;

  function grow() {
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight, HIGHEST)}px`;
  }

  function fill(words) {
    text.value = words;
    grow();
  }

  async function send() {
    const words = text.value.trim();
    if (!words || sending) return;
    sending = true;
    const same = edited?.text === words;
    const path = edited ? "edit" : "say";
    const body = edited ? { message_id: edited.message_id, text: words } : { text: words, ...replying() };
    const done = same || (await phone.act(path, body, "notSent"));
    sending = false;
    if (!done) return;
    if (edited) return leave();
    if (text.value.trim() === words) fill("");
    turnTo(null);
  }

  const replying = () => (answered ? { reply_to: answered.message_id } : {});

  function startEditing() {
    const mine = phone.chat?.messages.filter((message) => message.from === "me" && message.kind === "text");
    if (!mine?.length) return;
    edited = mine.at(-1);
    answered = null;
    fill(edited.text);
    showMode();
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
  }

  // Leaves edit or reply mode; discards the text of an unfinished edit.
  function leave() {
    if (edited) fill("");
    edited = null;
    turnTo(null);
    text.focus();
  }

  function turnTo(message) {
    answered = message;
    showMode();
  }

  function startReply(message) {
    leave();
    turnTo(message);
  }

  function showMode() {
    const held = edited ?? answered;
    byId("editing").hidden = !held;
    byId("editing-text").textContent = held ? held.text || kindWord(held.kind) : "";
    byId("editing-icon").setAttribute("href", `/static/icons.svg#${edited ? "pencil" : "reply"}`);
    byId("attach").hidden = Boolean(edited);
    byId("send-icon").setAttribute("href", `/static/icons.svg#${edited ? "check" : "send"}`);
    label();
  }

  function label() {
    byId("send").setAttribute("aria-label", word(edited ? "save" : "send"));
    byId("send").title = word(edited ? "save" : "send");
    byId("editing-word").textContent = word(edited ? "editing" : "replying");
    byId("editing-stop").setAttribute("aria-label", word(edited ? "editingStop" : "replyingStop"));
    byId("editing-stop").title = byId("editing-stop").getAttribute("aria-label");
  }

  async function attach(kind, more = {}) {
    if (await phone.act("send", { kind, ...more, ...replying() }, "notDone")) {
      if (more.caption) fill("");
      turnTo(null);
    }
    text.focus();
  }

  const choose = makeChooser(byId("file"), (kind, files) => {
    if (files) attach(kind, { files, caption: text.value.trim() });
    else phone.toast(word("tooLarge"));
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
    text.focus();
  });
  text.addEventListener("input", grow);
  text.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === "ArrowUp" && !text.value && !edited) {
      event.preventDefault();
      startEditing();
    } else if (event.key === "Escape" && (edited || answered)) {
      leave();
    }
  });
  byId("editing-stop").addEventListener("click", leave);

  const none = () => [{ label: word("noCommands") }];
  makeMenu(byId("commands"), byId("commands-menu"), () => {
    const commands = phone.chat?.commands ?? [];
    const say = (command) => () => phone.act("say", { text: `/${command}` }, "notDone").then(() => text.focus());
    const items = commands.map(({ command, description }) => ({
      label: description,
      hint: `/${command}`,
      act: say(command),
    }));
    return items.length ? items : none();
  });
  makeMenu(byId("attach"), byId("attach-menu"), () =>
    ATTACHABLE.map((kind) => ({
      label: kindWord(kind),
      icon: kind,
      act: () => (choosable(kind) ? choose(kind) : attach(kind)),
    })),
  );
  return { startEditing, startReply, attach, label };
}
