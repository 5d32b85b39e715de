// What the person does with their hands: writing, editing, attaching, commands.

import { makeMenu } from "/static/menus.js";
import { kindWord, word } from "/static/words.js";

const HIGHEST = 140;
const ATTACHABLE = ["photo", "location", "contact", "voice", "sticker"];
const byId = (id) => document.getElementById(id);

// `phone` can act(path, body) -> whether it was done, and has `chat` and `blocked`.
export function makeComposer(phone) {
  const form = byId("composer");
  const text = byId("text");
  let edited = null;
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
    const body = edited ? { message_id: edited.message_id, text: words } : { text: words };
    const done = same || (await phone.act(path, body, "notSent"));
    sending = false;
    if (!done) return;
    if (edited) stopEditing();
    else if (text.value.trim() === words) fill("");
  }

  function startEditing() {
    const mine = phone.chat?.messages.filter((message) => message.from === "me" && message.kind === "text");
    if (!mine?.length) return;
    edited = mine.at(-1);
    byId("editing-text").textContent = edited.text;
    fill(edited.text);
    showMode();
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
  }

  function stopEditing() {
    edited = null;
    fill("");
    showMode();
    text.focus();
  }

  function showMode() {
    byId("editing").hidden = !edited;
    byId("attach").hidden = Boolean(edited);
    byId("send-icon").setAttribute("href", `/static/icons.svg#${edited ? "check" : "send"}`);
    label();
  }

  function label() {
    byId("send").setAttribute("aria-label", word(edited ? "save" : "send"));
    byId("send").title = word(edited ? "save" : "send");
  }

  async function attach(kind) {
    const caption = kind === "photo" ? text.value.trim() : "";
    const done = await phone.act("send", caption ? { kind, caption } : { kind }, "notDone");
    if (done && caption) fill("");
    text.focus();
  }

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
    } else if (event.key === "Escape" && edited) {
      stopEditing();
    }
  });
  byId("editing-stop").addEventListener("click", stopEditing);

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
    ATTACHABLE.map((kind) => ({ label: kindWord(kind), icon: kind, act: () => attach(kind) })),
  );
  return { startEditing, label };
}
