// A note that is being written is saved before the wrap-up takes it away.
let typed = null;

document.addEventListener('input', ({ target }) => { if (target.matches('[data-note]')) typed = target; });
document.addEventListener('htmx:afterRequest', ({ target }) => { if (typed && target === typed.form) typed = null; });
document.addEventListener('htmx:sseBeforeMessage', ({ detail }) => {
  if (detail.type !== 'at-hand' || !typed?.isConnected) return;
  htmx.trigger(typed.form, 'save');
});
