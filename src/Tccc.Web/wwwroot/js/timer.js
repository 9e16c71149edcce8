// Counts up from data-since or down to data-until, both in the server's milliseconds since 1970.
// data-now beside them is the server's clock when the fragment was made, so a wrong clock here shows no wrong time.
// data-clock is a moment, shown in this computer's time zone.
import { onPageChange } from "./changes.js";

const step = 250;
const made = new Map();
let ahead = 0;

function learnClock() {
  for (const element of document.querySelectorAll("[data-now]")) {
    const now = Number(element.dataset.now);
    const key = element.id || element.className;
    if (made.get(key) === now) continue;
    made.set(key, now);
    ahead = now - Date.now();
  }
}

function format(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (n) => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
}

function write(element, figure) {
  // The text node is changed in place: a new one would count as a change of the page.
  if (element.firstChild?.nodeType === Node.TEXT_NODE) {
    if (element.firstChild.data !== figure) element.firstChild.data = figure;
  } else element.prepend(figure);
}

function show() {
  const now = Date.now() + ahead;
  for (const element of document.querySelectorAll("[data-since]")) write(element, format(now - element.dataset.since));
  for (const element of document.querySelectorAll("[data-until]")) {
    const left = element.dataset.until - now;
    // The last second counts as one: 0 means over.
    write(element, "seconds" in element.dataset ? String(Math.max(0, Math.ceil(left / 1000))) : format(left + 999));
    if (element.dataset.of) element.closest(".countdown").style.setProperty("--left", Math.min(1, Math.max(0, left / element.dataset.of)));
  }
}

function showClocks() {
  for (const element of document.querySelectorAll("[data-clock]")) {
    write(element, new Date(Number(element.dataset.clock)).toLocaleTimeString(document.documentElement.lang,
      { hour: "2-digit", minute: "2-digit", second: "short" in element.dataset ? undefined : "2-digit", hour12: false }));
  }
}

onPageChange(() => {
  learnClock();
  showClocks();
  show();
});
setInterval(show, step);
