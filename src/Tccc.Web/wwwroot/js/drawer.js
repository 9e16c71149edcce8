// [data-drawer]: opens its page at the workbench's side. The workbench behind it can't be reached, only what rings; Escape, the button and the browser's Back close it,
// and the focus goes back to where it came from. Inside, links and forms stay by hx-boost.
import { keepOut } from './inert.js';

const drawer = document.getElementById('drawer');
const place = document.getElementById('drawer-page');
const ask = document.getElementById('drawer-ask');
let opener = null;
let typed = false;

/** What had the focus, or the button that opens the menu it stands in: the menu closes. */
function origin(element) {
  const menu = element.closest('[popover]');
  return menu ? document.querySelector(`[popovertarget="${menu.id}"]`) : element;
}

function open(address, from) {
  if (drawer.hidden) {
    opener = origin(from);
    history.pushState({ drawer: true }, '');
  }
  from.closest('[popover]')?.hidePopover();
  drawer.hidden = false;
  keepOut('drawer', true);
  place.replaceChildren();
  place.setAttribute('aria-busy', 'true');
  place.focus();
  htmx.ajax('GET', address, { source: place, target: place, swap: 'innerHTML' });
}

function shut() {
  if (drawer.hidden) return;
  drawer.hidden = true;
  ask.hidden = true;
  typed = false;
  keepOut('drawer', false);
  place.removeAttribute('aria-busy');
  place.replaceChildren();
  const target = opener?.isConnected ? opener : document.getElementById(opener?.id ?? '');
  const back = target && !target.disabled ? target : document.querySelector('.call-panel[data-live]');
  (back ?? document.getElementById('middle')).focus();
  document.dispatchEvent(new Event('drawer-shut'));
}

/** Asks first where something was typed and not sent. */
function leave() {
  if (drawer.hidden) return;
  if (typed) {
    ask.hidden = false;
    ask.querySelector('button').focus();
  } else if (history.state?.drawer) history.back();
  else shut();
}

document.addEventListener('click', event => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
  const from = event.target.closest?.('[data-drawer]');
  if (from) {
    event.preventDefault();
    open(from.dataset.drawer || from.getAttribute('href'), from);
  } else if (event.target.closest?.('[data-drawer-close]')) leave();
  else if (event.target.closest?.('[data-drawer-discard]')) {
    typed = false;
    leave();
  } else if (event.target.closest?.('[data-drawer-keep]')) {
    ask.hidden = true;
    place.focus();
  }
});
// what was opened to be done is done
document.addEventListener('drawer-done', () => {
  typed = false;
  leave();
});
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape' || drawer.hidden || event.defaultPrevented || document.querySelector(':popover-open, dialog[open]')) return;
  event.preventDefault();
  leave();
});
addEventListener('popstate', () => {
  if (!typed) return shut();
  history.pushState({ drawer: true }, '');
  leave();
});
place.addEventListener('input', event => { typed ||= event.target.form?.method === 'post'; });
// what was refused or did not come is told among the notices, and no blank sheet stays; who has to sign in first goes on here
for (const failed of ['htmx:responseError', 'htmx:sendError']) {
  place.addEventListener(failed, ({ detail: { xhr } }) => {
    if (xhr.status !== 401 && !place.hasChildNodes()) leave();
  });
}
place.addEventListener('htmx:afterSwap', ({ target }) => {
  if (target !== place) return;
  place.removeAttribute('aria-busy');
  // what was refused is still to be saved
  typed = place.querySelector('form[method="post"]') !== null && place.querySelector('[aria-invalid="true"], [role="alert"]') !== null;
  (place.querySelector('[aria-invalid="true"], [autofocus]') ?? document.getElementById('drawer-title'))?.focus();
});
// Back from another page: the entry is there, the drawer is not
if (history.state?.drawer) history.replaceState(null, '');
