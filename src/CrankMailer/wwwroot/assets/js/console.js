// What every page gets: everything also works without it.
document.documentElement.classList.add("js");

// A select that is its own form needs no button.
document.addEventListener("change", event => {
  event.target.closest("form[data-submit-on-change]")?.requestSubmit();
});

// A second click on "Send" must not send twice.
document.addEventListener("submit", event => {
  const form = event.target;
  if (form.dataset.submitted && form.method === "post" && !form.hasAttribute("data-again")) { event.preventDefault(); return; }
  form.dataset.submitted = "1";
  setTimeout(() => delete form.dataset.submitted, 4000);
});

// Menus close on Escape and on a click beside them.
document.addEventListener("keydown", event => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.user[open], details.menu[open]")) { menu.open = false; menu.querySelector("summary").focus(); }
});
document.addEventListener("click", event => {
  for (const menu of document.querySelectorAll("details.user[open], details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});

// After a post with problems, the ear and the keyboard begin at the list of them.
document.getElementById("problems")?.focus();
