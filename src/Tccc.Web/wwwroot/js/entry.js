// Entering the workbench asks for the microphone once, so that the first call is not met by the browser's question (product.md §1);
// the same press lets the workbench make sound. A refusal, or no answer, lets the person in all the same: the workbench says what is missing.
import { askEarly, remember } from './microphone.js';

const patience = 20_000;
// so that a call rings on the desktop too while the page is hidden (js/ring.js); its answer is waited for no longer than the other's
const askToNotify = async () => globalThis.Notification?.permission === 'default' && Notification.requestPermission();
for (const form of document.querySelectorAll('form[data-asks-microphone]')) {
  form.addEventListener('submit', async event => {
    if (form.dataset.microphone) return;
    event.preventDefault();
    event.stopPropagation();
    const { submitter } = event;
    form.dataset.microphone = 'asked';
    submitter?.setAttribute('aria-busy', 'true');
    const late = new Promise(resolve => setTimeout(resolve, patience, false));
    const goesOnline = form.elements.online?.checked;
    const notify = goesOnline ? askToNotify().catch(() => {}) : null;
    remember(await Promise.race([askEarly().then(() => true, () => false), late]));
    await Promise.race([notify, late]);
    form.requestSubmit(submitter);
  });
}
