/* Reload a list when a case has changed or an alert came: its rows, and the sidebar's counts. */

const PLACES = ["[data-live-list]", ".places ul"];
const BREATH = 400; /* milliseconds without an event, so that a burst of events takes one request */
let soon;

async function draw() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const place of PLACES) {
    const [old, anew] = [document.querySelector(place), fresh.querySelector(place)];
    if (!old || !anew || old.contains(document.activeElement)) continue; /* the focus is inside */
    old.replaceChildren(...anew.childNodes);
  }
}

if (document.querySelector("[data-live-list]")) {
  for (const event of ["brobygger:case", "brobygger:alerts"]) {
    document.addEventListener(event, () => {
      clearTimeout(soon);
      soon = setTimeout(draw, BREATH);
    });
  }
}
