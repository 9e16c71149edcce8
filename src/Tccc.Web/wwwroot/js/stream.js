// The tab's own id, the link to the stream, the panel that folds away.
// Runs before DOMContentLoaded, when htmx reads the page: the stream's address must hold the id by then.
const stream = document.getElementById('stream');
const id = sessionStorage.getItem('workbench') ?? crypto.getRandomValues(new Uint32Array(4)).reduce((all, n) => all + n.toString(36), '');
sessionStorage.setItem('workbench', id);
stream.setAttribute('sse-connect', `${stream.dataset.stream}?workbench=${id}`);
window.tccc = Object.assign(window.tccc ?? {}, { workbench: id });

// "Connecting…" shows only when the link stays away: a reload or a hiccup must not flicker.
const badge = document.getElementById('link-state');
let late;
const connected = yes => {
  clearTimeout(late);
  if (yes) badge.hidden = true;
  else late = setTimeout(() => { badge.hidden = false; }, 1500);
};
document.addEventListener('htmx:sseOpen', () => connected(true));
document.addEventListener('htmx:sseError', () => {
  connected(false);
  leaveWhenSignedOut();
});
document.addEventListener('htmx:sseClose', event => connected(event.detail.type === 'message'));

// Under the cover nothing can be reached, by the Tab key neither.
document.addEventListener('htmx:sseMessage', event => {
  if (event.detail.type !== 'workbench-cover') return;
  const covered = document.querySelector('.cover') !== null;
  document.querySelector('.workbench').inert = covered;
  if (covered) document.querySelector('.cover [autofocus]')?.focus();
});

// Signed out in another tab, or by an administrator: the sign-in page sends only those on who are signed in.
// A moment later, for the page may be on its way already: signing out here ends the stream too.
async function leaveWhenSignedOut() {
  await new Promise(resolve => setTimeout(resolve, 1000));
  const reply = await fetch('/login', { redirect: 'manual' }).catch(() => null);
  if (reply?.ok) location.assign(`/login?return=${encodeURIComponent(location.pathname)}`);
}

for (const button of document.querySelectorAll('[data-collapses]')) {
  const target = document.getElementById(button.dataset.collapses);
  const fold = folded => {
    target.hidden = folded;
    button.setAttribute('aria-expanded', String(!folded));
    localStorage.setItem('panel', folded ? 'folded' : 'open');
  };
  fold(localStorage.getItem('panel') === 'folded');
  button.addEventListener('click', () => fold(!target.hidden));
}
