// A note that is being written is saved before the wrap-up takes it away, and what stands beside it is true of what stands in it.
let typed = null;
let words = '';

const says = (form, sentence) => { document.querySelector(form.getAttribute('hx-target')).textContent = sentence; };

document.addEventListener('input', ({ target }) => {
  if (!target.matches('[data-note]')) return;
  typed = target;
  says(target.form, '');
});
document.addEventListener('htmx:beforeRequest', ({ target }) => { if (typed && target === typed.form) words = typed.value; });
document.addEventListener('htmx:afterRequest', ({ target, detail }) => {
  if (!typed || target !== typed.form) return;
  // more was typed while it was on its way
  if (typed.value !== words) says(target, '');
  else if (detail.successful) typed = null;
  else says(target, target.dataset.notSaved);
});
document.addEventListener('htmx:sseBeforeMessage', ({ detail }) => {
  if (detail.type !== 'at-hand' || !typed?.isConnected) return;
  htmx.trigger(typed.form, 'save');
});
