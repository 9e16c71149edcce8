// Whoever has the focus on something that then is gone, by their own press or by itself, goes on at what came of it: [data-then] of it, or of what it stands in,
// names the places, the first one that is there; WCAG 2.4.3.
import { onPageChange } from './changes.js';

const patience = 3000;
const better = 1000;       // ms in which the first place may still come
let held = null;           // what has the focus, or had it last
let wanted = null;

function find(places) {
  for (const selector of places) {
    const element = document.querySelector(selector);
    if (element && !element.disabled && element.checkVisibility()) return element;
  }
  return null;
}

function named(element) {
  const from = element.closest?.('[data-then]');
  return from && { id: from.id, places: from.dataset.then.split(',').map(place => place.trim()) };
}

const isGone = id => !document.getElementById(id)?.checkVisibility();

function want({ id, places }) {
  wanted = { from: id, places, until: performance.now() + patience };
  setTimeout(follow, better);
}

document.addEventListener('click', ({ target }) => {
  const pressed = named(target);
  if (pressed) want(pressed);
}, { capture: true });
document.addEventListener('focusin', ({ target }) => { held = named(target); });
// a press elsewhere gives the focus away
document.addEventListener('pointerdown', () => { held = null; }, { capture: true });

function follow() {
  const { activeElement } = document;
  if (!wanted && held && activeElement === document.body && isGone(held.id)) {
    want(held);
    held = null;
  }
  if (!wanted) return;
  // the person has gone on by themselves
  if (performance.now() > wanted.until || (activeElement !== document.body && isGone(wanted.from))) wanted = null;
  else if (isGone(wanted.from)) {
    const next = find(wanted.until - performance.now() > patience - better ? wanted.places.slice(0, 1) : wanted.places);
    next?.focus();
    // what is covered takes no focus yet
    if (next && document.activeElement === next) wanted = null;
  }
}

onPageChange(follow);
