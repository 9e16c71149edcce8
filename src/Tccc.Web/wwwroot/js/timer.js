// Counts up from data-elapsed or down from data-left: milliseconds that had passed, or were left, when the server drew the fragment.
// They are counted on by this page's steady clock, so that nobody's wall clock, here or there, moves a timer.
// data-clock is a moment, shown in this computer's time zone.
import { onPageChange } from "./changes.js";

const step = 250;
// What was drawn, and when it came: an element that is drawn anew begins anew.
const began = new WeakMap();

function passed(element, figure) {
  const known = began.get(element);
  if (known?.figure === figure) return performance.now() - known.at;
  began.set(element, { figure, at: performance.now() });
  return 0;
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

/** Milliseconds until the end that stands in the element's data-left. */
export const left = (element) => Number(element.dataset.left) - passed(element, element.dataset.left);

function show() {
  // nobody knows what the state is while the server is out of reach
  const cut = document.documentElement.dataset.link === "lost";
  for (const element of document.querySelectorAll("[data-elapsed]")) {
    const { elapsed } = element.dataset;
    const figure = format(Number(elapsed) + passed(element, elapsed));
    if (!cut || !element.closest("#agent-state")) write(element, figure);
  }
  for (const element of document.querySelectorAll("[data-left]")) {
    const rest = left(element);
    // The last second counts as one: 0 means over.
    write(element, "seconds" in element.dataset ? String(Math.max(0, Math.ceil(rest / 1000))) : format(rest + 999));
    if (element.dataset.of) element.closest(".countdown").style.setProperty("--left", Math.min(1, Math.max(0, rest / element.dataset.of)));
  }
}

function showClocks() {
  for (const element of document.querySelectorAll("[data-clock]")) {
    write(element, new Date(Number(element.dataset.clock)).toLocaleTimeString(document.documentElement.lang,
      { hour: "2-digit", minute: "2-digit", second: "short" in element.dataset ? undefined : "2-digit", hour12: false }));
  }
}

onPageChange(() => {
  showClocks();
  show();
});
setInterval(show, step);
