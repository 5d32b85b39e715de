// DOM nodes: plain elements, and message texts with links and commands.

import { word } from "/static/words.js";

const COMMAND = /(?<![\w/.:])\/[a-z]\w{0,31}(?![\w/])/gi;

export function element(name, className, ...children) {
  const node = document.createElement(name);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

// A deep link to the bot ("t.me/…?start=x") sends /start x in this page.
export function startPayload(url) {
  const found = /^(?:https?:\/\/t\.me\/\w+|tg:\/\/resolve)\?(?:.*&)?start=([\w-]{1,64})$/.exec(url);
  return found?.[1];
}

// The payload of the deep link by which this page was opened.
export function followed() {
  const payload = new URLSearchParams(location.search).get("start");
  return /^[\w-]{1,64}$/.test(payload ?? "") ? payload : null;
}

export function forgetFollowed() {
  const here = new URL(location.href);
  here.searchParams.delete("start");
  history.replaceState(null, "", here);
}

// A message's text; commands in the bot's messages are buttons, as in Telegram.
export function richText(html, { say, commands }) {
  const node = element("div", "body");
  node.innerHTML = html; // escaped by the simulator, and the CSP forbids inline scripts
  for (const link of node.querySelectorAll("a")) showLink(link, say);
  if (commands) for (const text of texts(node)) showCommands(text, say);
  return node;
}

function showLink(link, say) {
  const payload = startPayload(link.href);
  if (payload === undefined) {
    link.append(element("span", "unseen", ` (${word("outside")})`));
    return;
  }
  link.classList.add("inside");
  link.addEventListener("click", (event) => {
    event.preventDefault();
    say(`/start ${payload}`);
  });
}

function texts(node) {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest("a, code, pre")) found.push(walker.currentNode);
  }
  return found;
}

function showCommands(text, say) {
  const parts = [];
  let done = 0;
  for (const { 0: command, index } of text.data.matchAll(COMMAND)) {
    const button = element("button", "command", command);
    button.type = "button";
    button.addEventListener("click", () => say(command));
    parts.push(text.data.slice(done, index), button);
    done = index + command.length;
  }
  if (parts.length) text.replaceWith(...parts, text.data.slice(done));
}
