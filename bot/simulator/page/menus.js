// Menus that open from a button and work with keyboard and pointer.

// `items()` returns [{ label, hint, icon, act }] each time the menu opens.
export function makeMenu(button, menu, items) {
  const entries = () => [...menu.children].map((row) => row.firstElementChild);

  function close(refocus = false) {
    if (menu.hidden) return;
    menu.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (refocus) button.focus();
  }

  function open(at = 0) {
    menu.replaceChildren(...items().map(draw));
    menu.hidden = false;
    button.setAttribute("aria-expanded", "true");
    point(entries().at(at));
  }

  function point(entry) {
    for (const each of entries()) each.tabIndex = each === entry ? 0 : -1;
    entry?.focus();
  }

  function draw(item) {
    const row = document.createElement("li");
    row.setAttribute("role", "none");
    const entry = document.createElement("button");
    entry.type = "button";
    entry.tabIndex = -1;
    entry.setAttribute("role", "menuitem");
    if (item.icon) entry.append(icon(item.icon));
    entry.append(part("menu-label", item.label));
    if (item.hint) entry.append(" ", part("menu-hint", item.hint));
    entry.addEventListener("click", () => {
      close(true);
      item.act?.();
    });
    row.append(entry);
    return row;
  }

  button.addEventListener("click", () => (menu.hidden ? open() : close(true)));
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    open(event.key === "ArrowDown" ? 0 : -1);
  });
  menu.addEventListener("keydown", (event) => {
    const all = entries();
    const here = all.indexOf(document.activeElement);
    const next = {
      ArrowDown: (here + 1) % all.length,
      ArrowUp: (here - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    }[event.key];
    if (event.key === "Escape") close(true);
    else if (event.key === "Tab") close(true); // the browser then moves focus on from the button
    else if (next !== undefined) point(all[next]);
    else return;
    if (event.key !== "Tab") event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!menu.contains(event.target) && !button.contains(event.target)) close();
  });
}

function part(name, text) {
  const span = document.createElement("span");
  span.className = name;
  span.textContent = text;
  return span;
}

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `/static/icons.svg#${name}`);
  drawing.append(use);
  return drawing;
}
