/* Scripts of a case's page: load changes, save drafts, and preview messages. */

const page = document.querySelector(".case");
const { address, csrf } = page.dataset;
const caseId = Number(page.dataset.caseId);
const LOOK_EVERY = 30_000; /* milliseconds */
const KEEP_EVERY = 10_000;
const PAUSE = 500; /* milliseconds without typing, after which the preview is loaded */
const GAP = "[…]";
document.documentElement.classList.add("alive");

const visible = () => document.visibilityState === "visible";

function post(path, fields) {
  return fetch(path, { method: "POST", body: new URLSearchParams({ csrf, ...fields }) });
}

/* Fetch a part of a page; null where the user is signed out, or the request fails. */
async function part(path, options) {
  try {
    const answer = await fetch(path, { redirect: "manual", ...options });
    if (answer.type === "opaqueredirect") document.dispatchEvent(new CustomEvent("brobygger:over"));
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}

/* Show the colleagues who have the case open. */

const beside = page.querySelector("[data-beside]");

function showBeside(html) {
  if (html === null) return;
  if (beside.innerHTML.trim() !== html.trim()) beside.innerHTML = html;
  const last = beside.querySelector("[data-last]")?.dataset.last;
  if (last && last !== page.dataset.last) refresh();
}

async function look() {
  if (visible()) showBeside(await part(`${address}/presence`));
}

/* Load changes of the thread. */

let stale = false; /* true while a change is not shown yet */
let fetching = false;

async function refresh() {
  stale = true;
  if (fetching) return;
  fetching = true;
  while (stale && visible()) {
    stale = false; /* a later change may be missing from the response, and sets this again */
    await fetchNews();
  }
  fetching = false;
}

async function fetchNews() {
  const html = await part(`${address}/thread`);
  if (html === null) return;
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  page.dataset.last = fresh.content.querySelector("[data-last]").dataset.last;
  for (const name of ["head", "facts", "history"]) {
    const now = fresh.content.querySelector(`[data-live=${name}]`);
    const shown = page.querySelector(`[data-live=${name}]`);
    if (shown.innerHTML.trim() !== now.innerHTML.trim()) shown.replaceChildren(...now.childNodes);
  }
  showThread(fresh.content.querySelector("[data-live=thread]"));
}

function showThread(fresh) {
  const thread = page.querySelector("[data-live=thread]");
  const there = new Set([...fresh.children].map(({ id }) => id));
  const words = [];
  let held = false;
  for (const entry of [...fresh.children]) {
    const shown = document.getElementById(entry.id);
    if (!shown) {
      entry.classList.add("fresh");
      thread.append(entry);
      words.push(entry.dataset.newsWords);
    } else if (shown.dataset.mark !== entry.dataset.mark) {
      if (shown.contains(document.activeElement)) held = true;
      else shown.replaceWith(entry);
    }
  }
  for (const shown of [...thread.children]) {
    if (!there.has(shown.id)) shown.remove();
  }
  page.querySelector("[data-stale]").hidden = !held;
  for (const seen of page.querySelectorAll("[data-seen]")) {
    seen.value = thread.lastElementChild?.dataset.message ?? seen.value;
  }
  if (words.length) announce(words.join(". "));
}

let silence;
function announce(words) {
  const news = page.querySelector("[data-news]");
  news.textContent = words;
  clearTimeout(silence);
  silence = setTimeout(() => (news.textContent = ""), 8000);
}

document.addEventListener("brobygger:case", ({ detail }) => detail === caseId && refresh());
document.addEventListener("brobygger:presence", ({ detail }) => detail === caseId && look());
document.addEventListener("visibilitychange", () => {
  if (stale) refresh();
  look();
});
page.querySelector("[data-refresh]").addEventListener("click", () => {
  document.activeElement.blur();
  refresh();
});
setInterval(look, LOOK_EVERY);
setTimeout(look, 1000);

/* Save the draft on the server, so that it survives a crash of the browser. */

const draft = page.querySelector("[data-draft]");
const LAST = `brobygger.draft.${caseId}`; /* the draft at pagehide, for the page after a reload */
const FRESH = 15_000; /* milliseconds */
let kept = draft?.value ?? "";
let sent = false;
let keeping = null;

/* A reload may arrive at the server before the draft that the previous page sent. */
const last = JSON.parse(sessionStorage.getItem(LAST) ?? "null");
sessionStorage.removeItem(LAST);
if (draft && last && Date.now() - last.at < FRESH && last.text !== draft.value) {
  draft.value = last.text;
  kept = null;
  keeping = setTimeout(keep, 0);
}

async function keep() {
  keeping = null;
  if (sent || draft.value === kept) return;
  kept = draft.value;
  const answer = await post(`${address}/draft`, { text: kept }).catch(() => null);
  if (answer?.ok) showBeside(await answer.text());
  else kept = null;
}

draft?.addEventListener("input", () => {
  const first = keeping === null && !kept;
  keeping ??= setTimeout(keep, first ? 0 : KEEP_EVERY);
});
draft?.form.addEventListener("submit", () => (sent = true));
addEventListener("pagehide", () => {
  const fields = { csrf };
  if (draft && !sent && draft.value !== kept) {
    fields.text = draft.value;
    sessionStorage.setItem(LAST, JSON.stringify({ at: Date.now(), text: draft.value }));
  }
  navigator.sendBeacon(`${address}/leave`, new URLSearchParams(fields));
});
addEventListener("pageshow", () => (sent = false));

/* Show the preview of a message, with the faults found in it. */

const drawing = new WeakMap();

async function draw(form) {
  drawing.get(form)?.abort();
  const control = new AbortController();
  drawing.set(form, control);
  const place = form.querySelector("[data-preview]");
  const body = new URLSearchParams(new FormData(form));
  const html = await part(place.dataset.preview, { method: "POST", body, signal: control.signal });
  if (html === null || control.signal.aborted) return;
  place.innerHTML = html;
  const remark = place.querySelector(".remark:not(.hint) p")?.textContent.trim() ?? "";
  const spoken = form.querySelector("[data-spoken]");
  if (spoken.textContent !== remark) spoken.textContent = remark;
}

const pauses = new WeakMap();

page.addEventListener("input", ({ target }) => {
  const form = target.closest(".writer");
  if (!form || target.closest("[data-preview]") || target.name === "q") return;
  clearTimeout(pauses.get(form));
  pauses.set(form, setTimeout(() => draw(form), PAUSE));
});

/* Send a form only once in 5 seconds. */

page.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.going) event.preventDefault();
  form.dataset.going = "yes";
  setTimeout(() => delete form.dataset.going, 5000);
});

/* Insert templates and FAQ answers at the caret; replace a piece of the text by its rewrite. */

function put(box, text, start, end) {
  box.setRangeText(text, start, end, "end");
  const gap = box.value.indexOf(GAP, start);
  box.focus();
  if (gap >= 0 && gap <= start + text.length) box.setSelectionRange(gap, gap + GAP.length);
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

/* Convert a server's offset (code points of the trimmed text) to a browser's (UTF-16 units). */
function place(box, at) {
  const lead = box.value.length - box.value.trimStart().length;
  return lead + [...box.value.trimStart()].slice(0, at).join("").length;
}

page.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert], [data-rewrite]");
  const box = button?.form?.querySelector("textarea[name=text]");
  if (!box) return;
  event.preventDefault();
  if (button.dataset.rewrite !== undefined) {
    const [start, end] = [button.dataset.start, button.dataset.end].map(Number);
    put(box, button.dataset.rewrite, place(box, start), place(box, end));
    return;
  }
  button.closest("details").open = false;
  const { selectionStart: start, selectionEnd: end, value } = box;
  const before = start && !/\s$/.test(value.slice(0, start)) ? "\n\n" : "";
  put(box, before + button.dataset.insert, start, end);
});

/* Copy coordinates. Without https there is no clipboard API: select the text and use execCommand. */

async function copied(box) {
  try {
    await navigator.clipboard.writeText(box.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(box);
    return document.execCommand("copy");
  }
}

page.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  const box = button?.parentElement.querySelector("code");
  if (!box || !(await copied(box))) return;
  button.querySelector("span").textContent = button.dataset.copied;
  announce(button.dataset.copied);
});

/* Search the FAQ while the user types, after a pause of 250 milliseconds. */

for (const help of page.querySelectorAll("[data-faq]")) {
  const found = help.querySelector("[data-found]");
  const query = help.querySelector("input[type=search]");
  let pause;
  const search = async () => {
    const html = await part(`${help.dataset.faq}?q=${encodeURIComponent(query.value)}`);
    if (html !== null) found.innerHTML = html;
  };
  help.addEventListener("toggle", () => {
    if (!help.open) return;
    query.focus();
    if (!found.children.length) search();
  });
  query.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(search, 250);
  });
  query.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

/* Ctrl+Enter or Cmd+Enter in a text field sends its form. */

page.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest("form");
  const button = form?.querySelector("[data-send]") ?? form?.querySelector("button[type=submit]");
  if (form && event.target.matches("textarea")) form.requestSubmit(button);
});
