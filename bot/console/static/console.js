/* Scripts of every page; each page also works without them. */

/* Close an open menu at Escape, at a click outside, and when the focus leaves it. */
const menus = document.querySelectorAll("details.menu");
for (const menu of menus) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
}
document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});

/* Scroll to the current section where the sidebar is a row that is wider than the screen.
   scrollIntoView would make Tab start there, and so skip the link to the content. */
const here = document.querySelector(".places [aria-current]");
if (here) {
  const row = here.closest("ul");
  row.scrollLeft += here.getBoundingClientRect().left - row.getBoundingClientRect().left
    - (row.clientWidth - here.offsetWidth) / 2;
}

/* Scroll to the message about a refused form. */
document.querySelector("[role=alert]")?.scrollIntoView({ block: "nearest" });

/* Copy a link that is shown only once, by a click. A status inside a button is not part of its
   name, so it is beside the button. */
for (const button of document.querySelectorAll(".link [data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.querySelector("[data-word]").textContent = button.dataset.copied;
    button.nextElementSibling.textContent = button.dataset.copied;
  });
}
