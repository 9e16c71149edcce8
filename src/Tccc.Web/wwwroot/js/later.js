// Another language makes the page anew, and with it the line. While a call rings or is up, the choice is kept and the page comes anew after it.
import { onPageChange, text } from './changes.js';
import { tell } from './notices.js';

const busy = () => document.querySelector('[data-live], [data-ring], [data-note]') !== null;
let due = false;

document.addEventListener('submit', async event => {
  const form = event.target;
  if (!form.matches('.language-switch') || !busy()) return;
  event.preventDefault();
  const fields = new FormData(form, event.submitter);
  const reply = await fetch(form.action, { method: 'POST', body: new URLSearchParams(fields), headers: { 'HX-Request': 'true' } }).catch(() => null);
  if (!reply) return window.tccc.offline();
  if (!reply.ok) return window.tccc.notify(await reply.text());
  due = true;
  tell(text('language-later'));
}, { capture: true });

onPageChange(() => {
  if (due && !busy() && document.getElementById('agent-state')?.dataset.state !== 'wrap-up') location.reload();
});
