// [data-looks="FRAGMENT"]: a tab's panel that is fetched when it is opened, and again whenever the stream brings that fragment while it is open.
const panels = [...document.querySelectorAll('[data-looks]')];
const look = panel => { if (!panel.hidden) htmx.trigger(panel, 'look'); };

new MutationObserver(changes => changes.forEach(change => look(change.target))).observe(document.querySelector('.tasks-column'), { subtree: true, attributeFilter: ['hidden'] });
document.addEventListener('htmx:sseMessage', event => panels.filter(panel => panel.dataset.looks === event.detail.type).forEach(look));
