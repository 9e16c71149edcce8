// [data-looks="FRAGMENT …"]: a panel that is fetched when it is shown, and again whenever the stream brings one of those fragments while it is;
// with [data-when-new] only when the fragment is another than the last. One with [data-keeps] keeps a form that is open in it, and what was typed and not sent:
// it waits until something else comes into it, and says so by [data-waits].
const panels = [...document.querySelectorAll('[data-looks]')];
const shown = new Map();
const typed = field => field.value !== field.defaultValue;
const keeps = panel => 'keeps' in panel.dataset
  && (panel.querySelector('form.sheet, [aria-invalid="true"]') !== null || [...panel.querySelectorAll('input, textarea')].some(typed));
const look = panel => {
  if (panel.hidden) return;
  panel.toggleAttribute('data-waits', keeps(panel));
  if (!('waits' in panel.dataset)) htmx.trigger(panel, 'look');
};

new MutationObserver(changes => changes.forEach(change => look(change.target))).observe(document.querySelector('.tasks-column'), { subtree: true, attributeFilter: ['hidden'] });
document.addEventListener('htmx:sseMessage', ({ detail: { type, data } }) => {
  for (const panel of panels) {
    if (!panel.dataset.looks.split(' ').includes(type)) continue;
    const isNew = shown.get(panel) !== data;
    shown.set(panel, data);
    if (isNew || !('whenNew' in panel.dataset)) look(panel);
  }
});
// what is on its way to a panel that is typed into meanwhile stays away too
document.addEventListener('htmx:beforeSwap', event => {
  const { target, detail: { xhr, elt } } = event;
  const panel = target.closest?.('[data-keeps]');
  if (!panel || xhr.status >= 400) return;
  if (elt === panel && keeps(panel)) {
    event.detail.shouldSwap = false;
    panel.toggleAttribute('data-waits', true);
  } else panel.removeAttribute('data-waits');
});
// what was done over the workbench may concern whom it shows
document.addEventListener('drawer-shut', () => panels.filter(panel => 'keeps' in panel.dataset).forEach(look));
