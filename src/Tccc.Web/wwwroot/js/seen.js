// [data-seen]: a list of news counts as seen once somebody is at the page while it shows, not by lying open beside an empty chair.
let told = '';
// lists that came because somebody asked for them: a slow one may come long after the click
const asked = new WeakSet();

function look() {
  const news = document.querySelector('[data-seen]');
  if (!news || news.dataset.seen === told || document.hidden || !news.checkVisibility()) return;
  if (!navigator.userActivation.isActive && !asked.has(news.closest('[hx-get]'))) return;
  told = news.dataset.seen;
  htmx.trigger(news, 'seen');
}

addEventListener('htmx:beforeRequest', ({ target }) => navigator.userActivation.isActive ? asked.add(target) : asked.delete(target));
// what did not arrive is told again
addEventListener('htmx:afterRequest', ({ target, detail }) => { if (target.dataset?.seen && !detail.successful) told = ''; });
// not on a mere change of the page: htmx must know the element first
for (const sign of ['htmx:afterSettle', 'pointerup', 'keydown', 'focus']) addEventListener(sign, look);
