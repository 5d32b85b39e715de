/* What is new: one tab of a browser listens, and tells the others.

   A browser keeps six connections to one place, so a stream for every tab would
   soon leave none to read pages with. Other scripts hear it as events of the
   document: brobygger:case, brobygger:presence, brobygger:alerts, brobygger:over. */

const address = document.body.dataset.events;
const channel = "BroadcastChannel" in window ? new BroadcastChannel("brobygger") : null;
const AGAIN_AFTER = 10_000; /* milliseconds */
const BREATH = 3000;

function tell(what, about) {
  document.dispatchEvent(new CustomEvent(`brobygger:${what}`, { detail: about }));
}

function pass(what, about) {
  channel?.postMessage({ what, about });
  tell(what, about);
}

function listen() {
  const stream = new EventSource(address);
  for (const what of ["case", "presence", "alerts"]) {
    stream.addEventListener(what, (event) => pass(what, Number(event.data)));
  }
  stream.addEventListener("over", () => {
    stream.close();
    look();
  });
  stream.addEventListener("error", () => {
    if (stream.readyState === EventSource.CLOSED) setTimeout(look, AGAIN_AFTER);
  });
}

/* The stream ended: because the session did, or because the server is away for a moment. */
async function look() {
  try {
    const answer = await fetch(address.replace(/events$/, "account"), { redirect: "manual" });
    if (answer.type === "opaqueredirect") return pass("over");
    if (answer.ok) return setTimeout(listen, BREATH);
  } catch {
    /* nobody answers yet */
  }
  setTimeout(look, AGAIN_AFTER);
}

if (address && "EventSource" in window) {
  channel?.addEventListener("message", ({ data }) => tell(data.what, data.about));
  if (navigator.locks) navigator.locks.request("brobygger-events", () => new Promise(listen));
  else listen();
}

/* The bell's count, also in the title, where it is seen from other tabs. */
const title = document.title;
const bell = document.querySelector("[data-alerts]");

function count(alerts) {
  document.title = alerts ? `(${alerts}) ${title}` : title;
  bell.textContent = alerts;
  bell.hidden = !alerts;
}

if (bell) {
  count(bell.hidden ? 0 : bell.textContent.trim());
  document.addEventListener("brobygger:alerts", ({ detail }) => count(detail));
}

document.addEventListener("brobygger:over", () => {
  const said = document.querySelector("[data-over]");
  if (said) said.hidden = false;
});
