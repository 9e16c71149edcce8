// A button that names its key in aria-keyshortcuts is pressed by it, wherever the focus is; not through what lies over the whole page.

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.repeat || document.querySelector(".cover, dialog[open]")) return;
  // The code, not the character: with Alt held, some keyboards type another letter.
  const key = /^Key([A-Z])$/.exec(event.code)?.[1];
  const button = key && document.querySelector(`button[aria-keyshortcuts="Alt+${key}"]:not(:disabled)`);
  // what opens over the page does not open over what lies there already
  if (!button || ('drawer' in button.dataset && button.closest("[inert]"))) return;
  event.preventDefault();
  button.click();
});
