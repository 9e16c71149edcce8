// [data-keypad]: the keys of the call in hand. What they and the form send is htmx's, one request after the other. Here is the rest: digits typed while it is open,
// but in a field, press its keys; an extension leaves its field when it is sent and is back there when it was refused; what has not left when it closes is dropped.
const most = 32;

document.addEventListener('keydown', event => {
  const keypad = document.querySelector('[data-keypad]:popover-open');
  if (!keypad || event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.target.matches('input, textarea, select')) return;
  const key = [...keypad.querySelectorAll('button[value]')].find(({ value }) => value === event.key);
  if (!key) return;
  event.preventDefault();
  key.click();
});

document.addEventListener('toggle', ({ target, newState }) => {
  if (!target.matches('[data-keypad]')) return;
  target.querySelector('input').value = '';
  target.querySelector('[data-sent]').textContent = '';
  if (newState === 'open') target.querySelector('button').focus();
}, { capture: true });

document.addEventListener('htmx:beforeRequest', ({ target }) => {
  if (target.matches('[data-keypad] form')) target.elements.digits.value = '';
});
document.addEventListener('htmx:afterRequest', ({ target, detail: { successful, requestConfig } }) => {
  const keypad = target.closest('[data-keypad]');
  if (!keypad) return;
  const { digits } = requestConfig.parameters;
  const sent = keypad.querySelector('[data-sent]');
  if (successful) sent.textContent = (sent.textContent + digits).slice(-most);
  else if (target.elements) target.elements.digits.value = digits + target.elements.digits.value;
});
