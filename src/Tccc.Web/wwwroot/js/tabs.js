// [data-tabs]: buttons with role=tab show the panel they control; arrow keys, Home and End move between them.
function show(list, tab) {
  for (const other of list.querySelectorAll('[role=tab]')) {
    const chosen = other === tab;
    other.setAttribute('aria-selected', String(chosen));
    other.tabIndex = chosen ? 0 : -1;
    // one that is fetched (hx-get) has the panel that all share
    const panel = document.getElementById(other.getAttribute('aria-controls'));
    if (panel && !other.hasAttribute('hx-get')) panel.hidden = !chosen;
  }
}

// a button elsewhere that leads to a tab
document.addEventListener('click', event => {
  const tab = document.getElementById(event.target.closest?.('[data-shows-tab]')?.dataset.showsTab);
  if (!tab) return;
  show(tab.closest('[data-tabs]'), tab);
  tab.focus();
});

// also in what is fetched later
document.addEventListener('click', event => {
  const tab = event.target.closest?.('[data-tabs] [role=tab]');
  if (tab) show(tab.closest('[data-tabs]'), tab);
});
document.addEventListener('keydown', event => {
  const list = event.target.closest?.('[data-tabs]');
  if (!list) return;
  const tabs = [...list.querySelectorAll('[role=tab]')];
  const at = tabs.indexOf(document.activeElement);
  const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  const tab = tabs.at(to % tabs.length);
  tab.focus();
  tab.click();
});
