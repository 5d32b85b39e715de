// The page's connection to the simulator: requests, actions, and the event stream.

const PATIENCE = 15_000;
const HIDDEN_PACE = 5_000;
const LONGEST_WAIT = 8_000;

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

// A browser allows six connections to one host, and many tabs may be open.
// A hidden tab therefore closes its stream and polls from time to time.
export function watch(path, { changed, typing, toast, connected }) {
  let source = null;
  let timer = 0;
  let failures = 0;

  function close() {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  function open() {
    close();
    source = new EventSource(path);
    source.onopen = () => {
      failures = 0;
      connected(true);
      changed(); // for changes while the stream was down
    };
    source.onmessage = (message) => {
      const event = JSON.parse(message.data);
      if (event.changed) changed();
      if (event.typing) typing();
      if (event.toast) toast(event.toast);
    };
    source.onerror = () => {
      close();
      connected(false);
      timer = setTimeout(open, Math.min(LONGEST_WAIT, 500 * 2 ** failures) * (0.7 + Math.random() / 2));
      failures += 1;
    };
  }

  function look() {
    close();
    timer = setTimeout(() => {
      changed();
      look();
    }, HIDDEN_PACE);
  }

  const choose = () => (document.hidden ? look() : open());
  document.addEventListener("visibilitychange", choose);
  addEventListener("online", choose);
  addEventListener("pageshow", (event) => event.persisted && choose());
  addEventListener("pagehide", close);
  choose();
}
