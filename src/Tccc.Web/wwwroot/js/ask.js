// A question of the server over the page: it comes into #ask, and is shown when it came.
const box = document.getElementById('ask');
let opener = null;

document.addEventListener('htmx:afterSwap', ({ detail }) => {
  if (detail.target !== box || !box.hasChildNodes()) return;
  opener = document.activeElement;
  for (const menu of document.querySelectorAll('.menu:popover-open')) menu.hidePopover();
  box.showPopover();
  box.querySelector('[autofocus]')?.focus();
});
box.addEventListener('toggle', ({ newState }) => {
  if (newState === 'open') return;
  box.replaceChildren();
  const menu = opener?.closest('[popover]');
  (menu ? document.querySelector(`[popovertarget="${menu.id}"]`) : opener)?.focus();
});
