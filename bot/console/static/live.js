/* Change events: one tab of a browser reads the stream, and passes events to the others.

   A browser opens at most six connections to a host, so one stream per tab would
   soon leave none for loading pages. Other scripts receive events of the document:
   brobygger:case, brobygger:presence, brobygger:broadcast, brobygger:alerts,
   brobygger:over. */

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
  for (const what of ["case", "presence", "broadcast", "alerts"]) {
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

/* After the end of the stream, find out whether the session ended or the server is unavailable. */
async function look() {
  try {
    const answer = await fetch(address.replace(/events$/, "account"), { redirect: "manual" });
    if (answer.type === "opaqueredirect") return pass("over");
    if (answer.ok) return setTimeout(listen, BREATH);
  } catch {
    /* the server does not respond yet */
  }
  setTimeout(look, AGAIN_AFTER);
}

if (address && "EventSource" in window) {
  channel?.addEventListener("message", ({ data }) => tell(data.what, data.about));
  if (navigator.locks) navigator.locks.request("brobygger-events", () => new Promise(listen));
  else listen();
}

/* Show the number of alerts, also in the title, which is visible from other tabs. */
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
  const notice = document.querySelector("[data-over]");
  if (notice) notice.hidden = false;
});
