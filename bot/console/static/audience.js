/* The builder of an audience: its buttons change the form without loading the page, the people are
   counted while it is built, and the time is shown only where a choice has one. The form also
   works without this script. */

const PAUSE = 500; // milliseconds without a change, before the people are counted
let waiting;
let busy = false;
let again = false;

const builder = () => document.querySelector("[data-audience]");

/* The form's fields, without its files and the search: this script shortens the lists itself. */
function written(form, button) {
  const fields = [...new FormData(form)].filter(
    ([name, value]) => typeof value === "string" && name !== "audience_find",
  );
  if (button) fields.push([button.name, button.value]);
  return new URLSearchParams(fields);
}

/* Hide the time of lines whose choice has none, and what the chosen time does not need; what is
   hidden is not sent. */
function fit() {
  const timed = builder().dataset.timed.split(" ");
  for (const line of builder().querySelectorAll(".box.line")) {
    const who = line.querySelector("select[name^=who_]").value;
    const when = line.querySelector("details");
    const span = when.querySelector("select").value;
    when.hidden = !timed.includes(who.split(":")[0]);
    for (const field of when.querySelectorAll("select, input")) {
      const [name] = field.name.split("_");
      const needed = { when: true, days: span === "days" }[name] ?? span === "dates";
      field.disabled = when.hidden || !needed;
      field.closest(".field").hidden = !needed;
    }
  }
}

/* List only the choices with the words of the search field, and those that are chosen. */
function narrow() {
  const field = builder().querySelector("[name=audience_find]");
  if (!field) return;
  const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const option of builder().querySelectorAll("select[name^=who_] option[value]")) {
    const words = option.textContent.toLowerCase();
    const isKept = !option.value || option.selected;
    const fits = isKept || wanted.every((word) => words.includes(word));
    option.hidden = !fits;
    option.disabled = !fits;
  }
  for (const group of builder().querySelectorAll("select[name^=who_] optgroup")) {
    group.hidden = !group.querySelector("option:not([hidden])");
  }
  builder().querySelector("button[value=find]").hidden = true;
}

/* Show how many people there are; one question at a time, and the last one counts. */
async function count() {
  if (busy) {
    again = true;
    return;
  }
  const address = builder().dataset.audience;
  busy = true;
  try {
    const body = written(builder().form);
    const answer = await fetch(address, { method: "POST", body });
    const html = await answer.text();
    if (answer.ok) region().innerHTML = html;
  } catch {
    // Offline: the button counts again.
  }
  busy = false;
  if (again) {
    again = false;
    count();
  }
}

/* The place of the count, which a screen reader announces. */
function region() {
  let found = builder().querySelector(":scope > .found");
  if (!found) {
    found = document.createElement("div");
    found.className = "found";
    found.setAttribute("role", "status");
    builder().append(found);
  }
  return found;
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(count, PAUSE);
}

/* Send the form as without this script, such as after the session has ended. */
function send(form, button) {
  const pressed = document.createElement("input");
  Object.assign(pressed, { type: "hidden", name: button.name, value: button.value });
  form.append(pressed);
  form.submit();
}

/* Replace the builder by the one that the server makes of the form and the button. */
async function press(button) {
  const form = button.form;
  const answer = await fetch(form.action, { method: "POST", body: written(form, button) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const made = page.querySelector("[data-audience]");
  if (!made) {
    send(form, button);
    return;
  }
  const before = [...builder().querySelectorAll("select")].map((one) => one.name);
  const found = region();
  const searched = builder().querySelector("[name=audience_find]")?.value ?? "";
  builder().replaceWith(made);
  made.append(found);
  if (searched) made.querySelector("[name=audience_find]").value = searched;
  fit();
  narrow();
  const fresh = [...made.querySelectorAll("select[name^=who_]")].find(
    (one) => !before.includes(one.name),
  );
  (fresh ?? made.querySelector(":scope > .presses button")).focus();
  soon();
}

if (builder()) {
  fit();
  narrow();
  document.addEventListener("input", (event) => {
    if (event.target.name === "audience_find") narrow();
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.name === "audience_find" && event.key === "Enter") event.preventDefault();
  });
  document.addEventListener("change", (event) => {
    if (event.target.form !== builder().form || event.target.name === "audience_find") return;
    if (builder().contains(event.target)) fit();
    soon();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-audience] button[name=audience]");
    if (!button || button.value === "save") return;
    event.preventDefault();
    if (button.value === "count") count();
    else press(button);
  });
  soon();
}
