// What the admin pages do by themselves: fields that depend on a choice, copying a secret. Without it every field is shown, and all works.

/** Fields with data-when="Name" are there only while one of the values in data-is is chosen, or while something is said at them. */
function follow(choice) {
  const value = choice.type === 'checkbox' ? String(choice.checked) : choice.value;
  for (const part of choice.form.querySelectorAll(`[data-when="${choice.dataset.shows}"]`)) part.hidden = !part.dataset.is.split(' ').includes(value) && !part.querySelector('.field-error, .field-stored');
}

for (const choice of document.querySelectorAll('[data-shows]')) {
  follow(choice);
  choice.addEventListener('change', () => follow(choice));
}

for (const button of document.querySelectorAll('[data-copies]')) {
  button.addEventListener('click', async () => {
    const source = document.querySelector(button.dataset.copies);
    try {
      await navigator.clipboard.writeText(source.textContent);
      button.querySelector('span').textContent = button.dataset.done;
    } catch {
      // no clipboard on a plain http address: the text is marked, Ctrl+C does the rest
      getSelection().selectAllChildren(source);
    }
  });
}

for (const input of document.querySelectorAll('input[data-largest]')) {
  input.addEventListener('change', () => {
    if ([...input.files].every(file => file.size <= Number(input.dataset.largest))) return;
    input.value = '';
    window.tccc.say(input.dataset.tooLarge);
  });
}

// the first field that was refused is where the work goes on
document.querySelector('[aria-invalid="true"]')?.focus();

// a question that was answered with a refusal goes away, so that the refusal can be read
document.addEventListener('htmx:responseError', () => {
  for (const open of document.querySelectorAll('.ask:popover-open')) open.hidePopover();
});
