/* Reload live parts of a page after change events: the rows of a list, sections, the sidebar.

   A part names the event that it is about, and perhaps the id; a list is about cases and alerts. */

const PARTS = "[data-live-list]";
const SIDEBAR = ".places ul";
const BREATH = 400; /* milliseconds without an event, so that a burst of events takes one request */
const SLOWER = 5; /* a page that takes a second to load is loaded every five seconds at most */
const LOOK_EVERY = 30_000; /* taps in the chat are no events */
let soon = null;
let took = 0;

const parts = (of) => [...of.querySelectorAll(PARTS), ...of.querySelectorAll(SIDEBAR)];

async function draw() {
  const begun = performance.now();
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (answer.ok && !answer.redirected) {
    const fresh = parts(new DOMParser().parseFromString(await answer.text(), "text/html"));
    for (const [place, old] of parts(document).entries()) {
      if (!fresh[place] || old.contains(document.activeElement)) continue; /* the focus is inside */
      if (old.innerHTML !== fresh[place].innerHTML) old.replaceChildren(...fresh[place].childNodes);
    }
  }
  took = performance.now() - begun;
  soon = null;
}

function later() {
  soon ??= setTimeout(() => draw().catch(() => (soon = null)), Math.max(BREATH, took * SLOWER));
}

const first = document.querySelector(PARTS);
if (first) {
  const { liveList: kind, about } = first.dataset;
  for (const event of kind ? [kind] : ["case", "alerts"]) {
    document.addEventListener(`brobygger:${event}`, ({ detail }) => {
      if (!about || detail === Number(about)) later();
    });
  }
  if (kind) setInterval(() => document.visibilityState === "visible" && later(), LOOK_EVERY);
}
