// The workbench can't be reached, by the Tab key neither, as long as one reason or another stands.
const reasons = new Set();

export function keepOut(reason, yes) {
  if (yes) reasons.add(reason);
  else reasons.delete(reason);
  const workbench = document.querySelector('.workbench');
  workbench.inert = reasons.size > 0;
  // what is open in it would lie over the reason
  if (workbench.inert) workbench.querySelector(':popover-open')?.hidePopover();
}
