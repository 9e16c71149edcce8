// [data-dial]: a press calls this number, from the number of [data-caller-id] where it is offered still. It goes by the dial box, so that what refuses it is said there.

const box = () => document.getElementById("dial-box");

/** Nothing is refused any more. */
function clear(form) {
  form.querySelector(".dial-refusal")?.remove();
  const { number } = form.elements;
  number.classList.remove("is-invalid");
  number.removeAttribute("aria-invalid");
  number.removeAttribute("aria-describedby");
}

document.addEventListener("click", ({ target }) => {
  const from = target.closest?.("[data-dial]");
  const form = box();
  if (!from || !form) return;
  // the call shows in the workbench, not in what lies over it
  document.querySelector("#drawer:not([hidden]) [data-drawer-close]")?.click();
  form.elements.number.value = from.dataset.dial;
  const choice = form.elements.callerId;
  if (choice && [...choice.options].some(({ value }) => value === from.dataset.callerId)) choice.value = from.dataset.callerId;
  form.querySelector("[data-dials]").click();
});

document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
  if (target !== box() || !detail.successful) return;
  target.elements.number.value = "";
  clear(target);
});

// what was refused is being changed
document.addEventListener("input", ({ target }) => {
  if (target.form !== box() || !box()) return;
  clear(target.form);
});
