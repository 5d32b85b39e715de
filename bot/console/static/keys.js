/* Keyboard shortcuts. All are optional, and none works while a text field has the focus. */

const dialog = document.getElementById("keys");
const LIST = "brobygger.list";
let going = false; /* true for 1.5 seconds after g: the next key selects the list to open */

const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, dialog");

/* A list saves its address and order; its cases' pages use them for their links back, to the
   previous and to the next case. */
const rows = () => [...document.querySelectorAll("ol.mail h2 a")];
if (rows().length) {
  const list = {
    address: location.href,
    title: document.querySelector("h1").textContent.trim(),
    cases: rows().map((row) => row.getAttribute("href")),
  };
  sessionStorage.setItem(LIST, JSON.stringify(list));
}
const list = JSON.parse(sessionStorage.getItem(LIST) ?? "null");
const here = list ? list.cases.indexOf(location.pathname) : -1;

function step(by) {
  const links = rows();
  if (links.length) {
    const at = links.indexOf(document.activeElement);
    links[Math.max(0, Math.min(links.length - 1, at + by))].focus();
  } else if (here >= 0 && list.cases[here + by]) {
    location.assign(list.cases[here + by]);
  }
}

const steps = document.querySelector("[data-steps]");
if (steps && here >= 0) {
  steps.hidden = false;
  const [back, before, after] = steps.querySelectorAll("a");
  back.href = list.address;
  back.querySelector("span").textContent = list.title;
  for (const [link, at] of [[before, here - 1], [after, here + 1]]) {
    if (list.cases[at]) link.href = list.cases[at];
    else link.removeAttribute("href");
  }
}

/* Open a details element, and focus its first field. */
function open(selector) {
  const folded = document.querySelector(selector);
  if (!folded) return;
  folded.open = true;
  folded.scrollIntoView({ block: "nearest" });
  folded.querySelector("textarea, input[type=search], li button")?.focus();
}

const aid = (name) => open(`.write[open] ${name}, #answer ${name}`);

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  r: () => open("#answer"),
  w: () => open("#write"),
  n: () => open("#note"),
  t: () => aid("[data-templates]"),
  f: () => aid("[data-faq]"),
  c: () => document.querySelector(".claim button")?.click(),
  g: () => {
    going = true;
    setTimeout(() => (going = false), 1500);
  },
  "/": () => document.querySelector(".bar-search input")?.focus(),
  "?": () => dialog?.showModal(),
};

/* The lists that g opens, by the key pressed after it. */
const LISTS = { m: "cases", u: "cases/unassigned", i: "cases/all" };

function go(key) {
  going = false;
  const link = LISTS[key] && document.querySelector(`.places a[href$="/console/${LISTS[key]}"]`);
  if (link) location.assign(link.href);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (going && event.key !== "g") return go(event.key);
  const act = Object.hasOwn(KEYS, event.key) && KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

const help = document.querySelector("[data-keys]");
if (help) {
  help.hidden = false;
  help.addEventListener("click", () => dialog.showModal());
}
