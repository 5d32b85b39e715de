// The reply keyboard below the chat: its buttons send their text or the user's location.

import { icon } from "/static/menus.js";
import { element } from "/static/nodes.js";

export function makeBelow(box, text, { say, sendPlace }) {
  let drawn = "[]";

  function draw(rows) {
    const wanted = JSON.stringify(rows);
    box.hidden = !rows.length;
    if (wanted === drawn) return;
    drawn = wanted;
    const held = box.contains(document.activeElement);
    box.replaceChildren(...rows.map((row) => element("div", "row", ...row.map(key))));
    if (held) text.focus(); // the focused button was removed
  }

  function key(button) {
    const node = element("button", "key", ...(button.asks_place ? [icon("location")] : []), element("span", "", button.text));
    node.type = "button";
    node.addEventListener("click", () => (button.asks_place ? sendPlace() : say(button.text)));
    return node;
  }

  return { draw };
}
