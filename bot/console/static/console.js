/* What the console does beyond its pages; each of them works without it. */

/* An open menu closes when one goes elsewhere. */
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

/* Where one is stands in sight, where the places are a row that is longer than the screen.
   Not by scrollIntoView: Tab would begin there, and pass by the way to the content. */
const here = document.querySelector(".places [aria-current]");
if (here) {
  const row = here.closest("ul");
  row.scrollLeft += here.getBoundingClientRect().left - row.getBoundingClientRect().left
    - (row.clientWidth - here.offsetWidth) / 2;
}

/* What was just refused, or not, is where the eyes and the screen reader are. */
document.querySelector("[role=alert]")?.scrollIntoView({ block: "nearest" });

/* A link that is shown once can be copied by one click. */
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.querySelector("[data-word]").textContent = button.dataset.copied;
  });
}
