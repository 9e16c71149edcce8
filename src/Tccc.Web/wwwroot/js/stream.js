// The tab's own id, the stream and how it is, the panel that folds away.
// Runs before DOMContentLoaded, when htmx reads the page: the stream's address must hold the id by then.
import { keepOut } from './inert.js';

const beatEvery = 5_000;            // ms; Sse.HeartbeatEvery
const silentAfter = 2 * beatEvery + 1_500;
const tick = 1_000;
const hiccup = 1_500;

const stream = document.getElementById('stream');
const id = sessionStorage.getItem('workbench') ?? crypto.getRandomValues(new Uint32Array(4)).reduce((all, n) => all + n.toString(36), '');
sessionStorage.setItem('workbench', id);
stream.setAttribute('sse-connect', `${stream.dataset.stream}?workbench=${id}&agent=${document.querySelector('meta[name=person]').dataset.agent}`);
window.tccc = Object.assign(window.tccc ?? {}, { workbench: id });

// "Connecting…" shows only when the link stays away: a reload or a hiccup must not flicker. What the page shows may be old by then, and says so.
const badge = document.getElementById('link-state');
let late;
function connected(yes, within = hiccup) {
  clearTimeout(late);
  late = undefined;
  const say = cut => {
    badge.hidden = !cut;
    document.documentElement.dataset.link = cut ? 'lost' : 'up';
  };
  if (yes) say(false);
  else if (badge.hidden) late = setTimeout(say, within, true);
}

/**
 * An EventSource that can begin anew on the same listeners. The browser's own sees a connection that was closed, but not one that stands open with nothing
 * passing: that is told by the beats that stay away.
 */
class Source extends EventTarget {
  #url;
  #inner;
  #names = new Set();
  #heard = performance.now();
  #retry = 0;
  #watch;
  closed = false;

  constructor(url) {
    super();
    this.#url = url;
    this.#watch = setInterval(() => this.#look(), tick);
    this.#open();
  }

  get readyState() { return this.closed ? EventSource.CLOSED : this.#inner.readyState === EventSource.OPEN ? EventSource.OPEN : EventSource.CONNECTING; }

  addEventListener(name, listener, options) {
    super.addEventListener(name, listener, options);
    if (this.#names.has(name)) return;
    this.#names.add(name);
    this.#relay(name);
  }

  close() {
    this.closed = true;
    clearInterval(this.#watch);
    clearTimeout(this.#retry);
    this.#inner.close();
  }

  /** Begins anew now, whatever the old one does. */
  renew() {
    if (this.closed) return;
    clearTimeout(this.#retry);
    this.#inner.close();
    this.#open();
  }

  #open() {
    this.#heard = performance.now();
    const mine = this.#inner = new EventSource(this.#url);
    mine.onopen = event => {
      this.#heard = performance.now();
      this.onopen?.(event);
    };
    mine.onerror = event => {
      if (mine !== this.#inner || this.closed) return;
      this.onerror?.(event);
      // refused by the server, which the browser takes for final
      if (mine.readyState === EventSource.CLOSED) this.#retry = setTimeout(() => this.renew(), tick + Math.random() * tick);
    };
    for (const name of this.#names) this.#relay(name);
    mine.addEventListener('beat', () => {
      this.#heard = performance.now();
      answer();
    });
  }

  #relay(name) {
    const mine = this.#inner;
    mine.addEventListener(name, ({ data }) => {
      if (mine !== this.#inner || this.closed) return;
      this.#heard = performance.now();
      this.dispatchEvent(new MessageEvent(name, { data }));
    });
  }

  #look() {
    if (performance.now() - this.#heard < silentAfter) return;
    connected(false, 0);
    this.renew();
  }
}

// The server hears from us too: what it sends may go nowhere, and it would not know.
const answer = () => fetch(`/workbench/beat?workbench=${id}`, { method: 'PUT', signal: AbortSignal.timeout(beatEvery) }).catch(() => {});

let source = null;
htmx.createEventSource = url => source = new Source(url);

document.addEventListener('htmx:sseOpen', () => connected(true));
document.addEventListener('htmx:sseError', () => {
  connected(false);
  ask();
});
document.addEventListener('htmx:sseClose', event => connected(event.detail.type === 'message'));
document.addEventListener('tccc:signed-in', () => source?.renew());
addEventListener('online', () => source?.renew());

// Under the cover nothing can be reached, by the Tab key neither.
document.addEventListener('htmx:sseMessage', event => {
  if (event.detail.type !== 'workbench-cover') return;
  const covered = document.querySelector('.cover') !== null;
  keepOut('cover', covered);
  if (covered) document.querySelector('.cover [autofocus]')?.focus();
});

// Signed out in another tab or by an administrator: the page goes, with what it shows. After a long time: it stays, and signing in lies over it.
// A moment later, for the page may be on its way already: signing out here ends the stream too. A call in hand goes on until it ends, whatever became of the
// session, as long as the server takes our beats. Another center was entered in another tab: the page is that one's from now on.
async function ask() {
  await new Promise(resolve => setTimeout(resolve, tick));
  const how = await window.tccc.session();
  if (how === 'elsewhere') location.reload();
  else if (how !== 'good' && window.tccc.live() && (await answer())?.ok) return;
  else if (how === 'ended') location.assign(`/login?return=${encodeURIComponent(location.pathname)}`);
  else if (how === 'expired') await window.tccc.again();
}

for (const button of document.querySelectorAll('[data-collapses]')) {
  const target = document.getElementById(button.dataset.collapses);
  const narrow = matchMedia('(max-width: 1079px)');
  const fold = folded => {
    target.hidden = folded;
    for (const other of document.querySelectorAll(`[data-collapses="${target.id}"]`)) other.setAttribute('aria-expanded', String(!folded));
  };
  // where it lies over the middle it opens when it is asked for
  const follow = () => fold(narrow.matches || localStorage.getItem('panel') === 'folded');
  follow();
  narrow.addEventListener('change', follow);
  button.addEventListener('click', () => {
    fold(!target.hidden);
    if (!narrow.matches) localStorage.setItem('panel', target.hidden ? 'folded' : 'open');
    // the button that closes it from within is gone with it
    if (target.hidden && target.contains(button)) document.querySelector(`[data-collapses="${target.id}"]`).focus();
  });
}
