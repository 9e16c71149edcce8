// [data-looks="FRAGMENT …"]: a panel that is fetched when it is shown, and again whenever the stream brings one of those fragments while it is;
// with [data-when-new] only when the fragment is another than the last.
const panels = [...document.querySelectorAll('[data-looks]')];
const shown = new Map();
const look = panel => { if (!panel.hidden) htmx.trigger(panel, 'look'); };

new MutationObserver(changes => changes.forEach(change => look(change.target))).observe(document.querySelector('.tasks-column'), { subtree: true, attributeFilter: ['hidden'] });
document.addEventListener('htmx:sseMessage', ({ detail: { type, data } }) => {
  for (const panel of panels) {
    if (!panel.dataset.looks.split(' ').includes(type)) continue;
    const isNew = shown.get(panel) !== data;
    shown.set(panel, data);
    if (isNew || !('whenNew' in panel.dataset)) look(panel);
  }
});
