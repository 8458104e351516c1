// Keeps a campaign's books live through server-sent events. Without it the page is right as of its loading.
const panel = document.querySelector("[data-live]");
const number = new Intl.NumberFormat("en");

// A relay that is down: the words change with every try.
function showTroubles(troubles) {
  const place = panel.querySelector("[data-troubles]");
  place.hidden = troubles.length === 0;
  const shown = [...place.querySelectorAll(".notice > div")].map(text => text.textContent.trim());
  if (shown.length === troubles.length && shown.every((text, i) => text === troubles[i])) return;
  place.replaceChildren(...troubles.map(text => {
    const notice = document.createElement("div");
    notice.className = "notice warn";
    const words = document.createElement("div");
    words.textContent = text;
    notice.append(words);
    return notice;
  }));
}

function show(books) {
  for (const figure of panel.querySelectorAll("[data-figure]")) {
    const count = books.states[figure.dataset.figure] ?? 0;
    figure.hidden = count === 0;
    figure.querySelector("[data-count]").textContent = number.format(count);
  }
  const bar = panel.querySelector("[data-ended]");
  if (!bar) return; // not started: there are no books yet
  showTroubles(books.troubles);
  bar.max = Math.max(1, books.audience);
  bar.value = books.ended;
  panel.querySelector("[data-progress]").textContent = `${number.format(books.ended)} of ${number.format(books.audience)}${books.final ? "" : " so far"}`;
}

if (panel && !["done", "cancelled", "draft"].includes(panel.dataset.state)) {
  const events = new EventSource(panel.dataset.live);
  events.addEventListener("books", event => {
    const books = JSON.parse(event.data);
    show(books);
    // Another state offers other buttons: the server draws them. A person in the middle of a form is not interrupted.
    if (books.state !== panel.dataset.state && !document.activeElement?.closest("form")) {
      events.close();
      location.reload();
    }
  });
  addEventListener("pagehide", () => events.close());
}
