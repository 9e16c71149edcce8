// Whoever presses a button that then is gone goes on at what came of it: [data-then] names the places, the first one that is there; WCAG 2.4.3.
import { onPageChange } from './changes.js';

const patience = 3000;
const better = 1000;       // ms in which the first place may still come
let wanted = null;

function find(places) {
  for (const selector of places) {
    const element = document.querySelector(selector);
    if (element && !element.disabled && element.checkVisibility()) return element;
  }
  return null;
}

document.addEventListener('click', ({ target }) => {
  const button = target.closest?.('[data-then]');
  if (button) wanted = { from: button.id, places: button.dataset.then.split(',').map(place => place.trim()), until: performance.now() + patience };
  if (button) setTimeout(follow, better);
}, { capture: true });

function follow() {
  if (!wanted) return;
  const { activeElement } = document;
  // the person has gone on by themselves, or the button is still there
  if (performance.now() > wanted.until || (activeElement !== document.body && activeElement?.id !== wanted.from)) wanted = null;
  else if (!document.getElementById(wanted.from)?.checkVisibility()) {
    const next = find(wanted.until - performance.now() > patience - better ? wanted.places.slice(0, 1) : wanted.places);
    if (!next) return;
    next.focus();
    wanted = null;
  }
}

onPageChange(follow);
