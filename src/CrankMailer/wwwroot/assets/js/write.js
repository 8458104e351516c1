// The write screen with a hand on it: live preview, autosave, moving by drag and by Alt+arrow, pictures sent at once.
// Each of these has a plain button or form field that does the same without this file.
const form = document.querySelector("form[data-write]");
const frame = form.querySelector("iframe.mail");
const say = text => { form.querySelector("[data-said]").textContent = text; };
const field = name => form.elements.namedItem(name);

// Fetching: only the newest answer counts.
async function post(url, signal, body = new FormData(form)) {
  const response = await fetch(url, { method: "POST", body, signal, headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

// Files go by their own upload; a preview or autosave need not carry them.
function words() {
  const body = new FormData(form);
  for (const input of form.querySelectorAll("input[type=file]")) body.delete(input.name);
  return body;
}

// Live preview. The frame's own document is changed in place, so it keeps its strict policy and where its reader had scrolled to.
let previewing = null;
async function preview() {
  previewing?.abort();
  previewing = new AbortController();
  try {
    const answer = await post(form.dataset.preview, previewing.signal, words());
    show(answer.html);
    field("subject").dispatchEvent(new Event("shown"));
    form.querySelector("[data-inbox-subject]").textContent = answer.subject;
    form.querySelector("[data-inbox-preheader]").textContent = answer.preheader;
    checks(answer.problems);
  } catch (error) {
    if (error.name !== "AbortError") say("The preview could not be made just now.");
  }
}

function show(html) {
  const inside = frame.contentDocument;
  if (!html || !inside?.documentElement) return;
  const top = inside.scrollingElement?.scrollTop ?? 0;
  inside.documentElement.innerHTML = html; // parsed by the frame's document, under its policy, not under ours
  if (inside.scrollingElement) inside.scrollingElement.scrollTop = top;
}

const icon = path => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon"); svg.setAttribute("viewBox", "0 0 24 24"); svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
};

function checks(problems) {
  const box = form.querySelector("[data-checks]");
  const errors = problems.filter(p => p.severity === "error").length;
  const head = document.createElement("h2");
  const pill = document.createElement("span");
  pill.className = `pill ${errors ? "bad" : problems.length ? "warn" : "good"}`;
  pill.textContent = problems.length === 0 ? "All good"
    : [errors && `${errors} to mend`, problems.length - errors && `${problems.length - errors} to look at`].filter(Boolean).join(", ");
  head.append("Checks ", pill);
  const list = document.createElement("ul");
  for (const problem of problems) {
    const line = document.createElement("li");
    line.className = problem.severity;
    const text = document.createElement(problem.href ? "a" : "span");
    if (problem.href) text.href = problem.href;
    text.textContent = problem.text;
    const cell = document.createElement("span");
    cell.append(text);
    line.append(icon("M12 3.5L2.5 20h19z M12 10v4.5 M12 17.3v.2"), cell);
    list.append(line);
  }
  box.replaceChildren(head, ...(problems.length ? [list] : []));
}

// Autosave: a pause after typing, never while another save is under way.
const savedLine = form.querySelector("[data-saved]");
let changed = false, saving = false, stopped = false;
async function autosave() {
  if (!changed || saving || stopped) return;
  saving = true; changed = false;
  try {
    const answer = await post(form.dataset.autosave, undefined, words());
    if (answer.saved) {
      field("revision").value = answer.revision;
      savedLine.textContent = `Saved at ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}`;
    } else if (answer.by) {
      stopped = true;
      savedLine.textContent = `${answer.by} saved in between: press Save to see both versions`;
      say(savedLine.textContent);
    } else {
      savedLine.textContent = "Not saved yet: press Save";
    }
  } catch {
    changed = true;
    savedLine.textContent = "Not saved: no connection. It is tried again";
  } finally {
    saving = false;
  }
}

function later(wait, act) {
  let timer;
  return () => { clearTimeout(timer); timer = setTimeout(act, wait); };
}
const previewSoon = later(400, preview), saveSoon = later(4000, autosave);
function touched() { changed = true; previewSoon(); saveSoon(); }
form.addEventListener("input", event => { if (event.target.type !== "file") touched(); });
setInterval(autosave, 20000);

let leaving = false;
form.addEventListener("submit", () => { leaving = true; });
addEventListener("beforeunload", event => { if (changed && !leaving) event.preventDefault(); });
document.addEventListener("keydown", event => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); form.requestSubmit(form.querySelector("button[value=save]:not(.sr)")); }
});

// A check leads to its field: what is folded around it opens, and writing can begin. The link alone goes there, too, in browsers that unfold by themselves.
function lead() {
  const target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
  if (!target) return;
  let opened = false;
  for (let fold = target.querySelector(":scope > details") ?? target.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    opened ||= !fold.open;
    fold.open = true;
  }
  if (target.matches("input, textarea, select")) target.focus();
  else if (opened) target.scrollIntoView();
}
form.addEventListener("click", event => { if (event.target.closest("[data-checks] a")) setTimeout(lead); }); // the address changes after the click
lead();

// Counters beside subject and preheader: a hint, not a limit.
for (const input of form.querySelectorAll("input[data-count]")) {
  const counter = document.createElement("span");
  counter.className = "counter";
  document.querySelector(`label[for="${input.id}"]`).append(counter);
  const count = () => { 
    const length = [...input.value].length;
    counter.textContent = `${length} character${length === 1 ? "" : "s"}; ${input.dataset.countShown} about ${input.dataset.count}`;
    counter.classList.toggle("over", length > Number(input.dataset.count));
  };
  input.addEventListener("input", count);
  count();
}

// Moving. Only the order on the page changes; field names stay, and the form's "order" fields tell the server.
const outline = form.querySelector("[data-outline] ol");
const outlineOf = section => outline.querySelector(`li[data-for="${section.dataset.section}"]`);
const nameOf = thing => (thing.querySelector("summary span, .field input")?.textContent || thing.querySelector(".field input")?.value || "It").trim();

function move(thing, sibling, before) {
  if (!sibling || thing === sibling) return false;
  before ? sibling.before(thing) : sibling.after(thing);
  if (thing.dataset.section) {
    const line = outlineOf(thing), other = outlineOf(sibling);
    before ? other.before(line) : other.after(line);
  }
  touched();
  return true;
}

function step(thing, up) {
  const sibling = up ? thing.previousElementSibling : thing.nextElementSibling;
  if (!move(thing, sibling, up)) return;
  const place = [...thing.parentElement.children].indexOf(thing) + 1;
  say(`${nameOf(thing)} is now number ${place} of ${thing.parentElement.children.length}.`);
}

form.addEventListener("keydown", event => {
  if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
  const line = event.target.closest("li[data-for]");
  const thing = line ? form.querySelector(`[data-section="${line.dataset.for}"]`) : event.target.closest("[data-item]") ?? event.target.closest("[data-section]");
  if (!thing) return;
  event.preventDefault();
  const focused = document.activeElement;
  step(thing, event.key === "ArrowUp");
  focused.focus();
});

form.addEventListener("click", event => {
  const button = event.target.closest("button[data-move]");
  if (!button || button.dataset.move === "remove") return; // removing goes by the server, so that it can be undone from the history
  event.preventDefault();
  step(button.closest("[data-item]") ?? button.closest("[data-section]"), button.dataset.move === "up");
  button.focus();
});

// Drag: items by their heads within their section, sections by their lines in the outline.
let dragged = null;
for (const handle of form.querySelectorAll("[data-item] > details > summary, li[data-for] > a")) handle.draggable = true;
const thingOf = target => {
  const line = target.closest?.("li[data-for]");
  return line ? form.querySelector(`[data-section="${line.dataset.for}"]`) : target.closest?.("[data-item]");
};
const shownAs = thing => thing.dataset.section ? outlineOf(thing) : thing;
const clear = () => form.querySelectorAll(".drop-before, .drop-after").forEach(x => x.classList.remove("drop-before", "drop-after"));
form.addEventListener("dragstart", event => {
  dragged = thingOf(event.target);
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", "");
  shownAs(dragged).classList.add("dragging");
});
const half = (element, y) => { const box = element.getBoundingClientRect(); return y < box.top + box.height / 2; };
form.addEventListener("dragover", event => {
  const over = dragged && thingOf(event.target);
  if (!over || over.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  clear();
  shownAs(over).classList.add(half(shownAs(over), event.clientY) ? "drop-before" : "drop-after");
});
form.addEventListener("drop", event => {
  const over = dragged && thingOf(event.target);
  if (!over || over.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  move(dragged, over, half(shownAs(over), event.clientY));
});
form.addEventListener("dragend", () => { if (dragged) shownAs(dragged).classList.remove("dragging"); clear(); dragged = null; });

// The outline follows what is looked at.
const watcher = new IntersectionObserver(entries => {
  for (const entry of entries) if (entry.isIntersecting) {
    outline.querySelectorAll(".here").forEach(x => x.classList.remove("here"));
    outlineOf(entry.target)?.classList.add("here");
  }
}, { rootMargin: "-20% 0px -70% 0px" });
form.querySelectorAll("[data-section]").forEach(section => watcher.observe(section));

// Pictures are sent when chosen; the address field then names the stored one.
form.addEventListener("change", async event => {
  const input = event.target;
  if (!input.dataset.upload || !input.files.length) return;
  const body = new FormData();
  body.append("file", input.files[0]);
  body.append("__RequestVerificationToken", field("__RequestVerificationToken").value);
  say("The picture is being sent.");
  const response = await fetch("/editor/pictures", { method: "POST", body });
  const answer = await response.json().catch(() => null);
  const box = input.closest(".field");
  box.querySelector(".error")?.remove();
  input.value = "";
  if (!response.ok) {
    const error = document.createElement("p");
    error.className = "error";
    error.textContent = typeof answer === "string" ? answer : "The picture was not taken: it may be too large.";
    box.append(error);
    say(error.textContent);
    return;
  }
  field(input.dataset.upload).value = answer.src;
  const image = new Image();
  image.src = answer.src;
  image.alt = "";
  form.querySelector(`[data-thumb="${input.dataset.upload}"]`)?.replaceChildren(image);
  say("The picture is stored.");
  touched();
});

// Desktop and phone width.
const look = form.querySelector("[data-look]");
look.hidden = false;
look.addEventListener("click", event => {
  const button = event.target.closest("button");
  if (!button) return;
  for (const other of look.children) other.setAttribute("aria-pressed", String(other === button));
  frame.classList.toggle("phone", button.dataset.width === "phone");
});
