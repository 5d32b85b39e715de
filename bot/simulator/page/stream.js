// A shared worker: one event stream from the simulator for all open tabs.

const LONGEST_WAIT = 8_000;
const ports = new Set();
let isOpen = false;
let failures = 0;

function tellAll(message) {
  for (const port of ports) port.postMessage(message);
}

function open() {
  const source = new EventSource("/phone/events");
  source.onopen = () => {
    failures = 0;
    isOpen = true;
    tellAll({ connected: true });
  };
  source.onmessage = (message) => tellAll(JSON.parse(message.data));
  source.onerror = () => {
    source.close();
    isOpen = false;
    tellAll({ connected: false });
    setTimeout(open, Math.min(LONGEST_WAIT, 500 * 2 ** failures) * (0.7 + Math.random() / 2));
    failures += 1;
  };
}

addEventListener("connect", ({ ports: [port] }) => {
  ports.add(port);
  port.onmessage = ({ data }) => data === "bye" && ports.delete(port);
  if (isOpen) port.postMessage({ connected: true });
});
open();
