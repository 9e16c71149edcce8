// [data-leaves]: a link away from the page. Whoever is online keeps the workbench, its line and its calls: the other part opens in a tab beside it.
document.addEventListener('click', event => {
  const link = event.target.closest?.('a[data-leaves]');
  if (!link || link.getAttribute('aria-current')) return;
  const state = document.getElementById('agent-state')?.dataset.state;
  link.target = state && state !== 'offline' ? link.pathname.split('/')[1] : '';
}, { capture: true });
