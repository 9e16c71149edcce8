// What the server says stands in data attributes; behaviours read them here, after whatever changed the page.

const attributeFilter = ["data-wanted", "data-up", "data-live", "data-ring", "data-elapsed", "data-left", "data-announce", "data-taken"];
const followers = [];

/** Calls back soon, and after every change of the page, once however much changed. */
export function onPageChange(follower) {
  followers.push(follower);
  queueMicrotask(follower);
}

new MutationObserver(() => followers.forEach((follower) => follower()))
  .observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter });

/** The sentence that the server put into the page under this name, in the person's language. */
export function text(name) {
  return document.querySelector(`template[data-text="${name}"]`)?.innerHTML.trim() ?? name;
}
