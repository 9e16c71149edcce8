// Entering the workbench asks for the microphone once, so that the first call is not met by the browser's question (product.md §1).
// A refusal, or no answer, lets the person in all the same: the workbench says what is missing when it needs it.
import { askEarly } from './microphone.js';

const patience = 20_000;
for (const form of document.querySelectorAll('form[data-asks-microphone]')) {
  form.addEventListener('submit', async event => {
    if (form.dataset.asked || !form.elements.online?.checked) return;
    event.preventDefault();
    event.stopPropagation();
    const { submitter } = event;
    form.dataset.asked = 'yes';
    submitter?.setAttribute('aria-busy', 'true');
    await Promise.race([askEarly().catch(() => {}), new Promise(resolve => setTimeout(resolve, patience))]);
    form.requestSubmit(submitter);
  });
}
