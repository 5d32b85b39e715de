// The page's connection to the simulator: requests, actions, and the event stream.

const PATIENCE = 15_000;
const PACE = 5_000;

async function fetched(path, options) {
  const response = await fetch(path, { cache: "no-store", ...options });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

export const ask = (path) => fetched(path, { signal: AbortSignal.timeout(PATIENCE) });

export function tell(path, body, patience = PATIENCE) {
  return fetched(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(patience),
  });
}

// Calls the handlers at each change of a person's chat. All tabs share the stream of a worker,
// because a browser allows six connections to one host. Without the worker, the page polls.
export function watch(person, { changed, typing, toast, connected }) {
  if (!globalThis.SharedWorker) {
    setInterval(changed, PACE);
    changed();
    return;
  }
  let port = null;

  function hear({ data }) {
    if (typeof data.connected === "boolean") {
      connected(data.connected);
      if (data.connected) changed(); // for changes while the stream was down
    }
    if (data.person !== person) return;
    if (data.changed) changed();
    if (data.typing) typing();
    if (data.toast) toast(data.toast);
  }

  function open() {
    port = new SharedWorker("/static/stream.js").port;
    port.onmessage = hear;
  }

  addEventListener("pagehide", () => port.postMessage("bye"));
  addEventListener("pageshow", (event) => event.persisted && open());
  open();
}
