/* While a form is written: how many characters are left, and what the server says of it. The form
   also works without this script: its button "do=check" shows the same. */

for (const shown of document.querySelectorAll("[data-left]")) {
  const field = document.getElementById(shown.dataset.left);
  const tell = () => {
    shown.textContent = shown.dataset.words.replace("{left}", field.maxLength - field.value.length);
  };
  shown.hidden = false;
  field.addEventListener("input", tell);
  tell();
}

const PAUSE = 700; // milliseconds without a key, before the server is asked
const form = document.querySelector("form[data-checked-at]");
const region = document.querySelector("[data-checked]");
let waiting;
let asked = 0;

/* Send the form without its files, and show the answer unless a later one was asked for. */
async function check() {
  const number = (asked += 1);
  const written = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  try {
    const answer = await fetch(form.dataset.checkedAt, {
      method: "POST",
      body: new URLSearchParams(written),
    });
    const html = await answer.text();
    if (answer.ok && number === asked) region.innerHTML = html;
  } catch {
    // Offline: what is shown stays, and saving checks again.
  }
}

if (form && region) {
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(check, PAUSE);
  });
}
