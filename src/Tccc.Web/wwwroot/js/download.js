// a[data-download]: fetches the file and counts its lines as they come, in the link's own words; a second press lets it be. Without it the link downloads all the same.
const END = 10; // of a line
const TOLD_EVERY = 250; // ms
const KEPT = 60_000; // ms, while the browser takes it

async function fetched(link, stop) {
  const answer = await fetch(link.href, { signal: stop.signal });
  // who is signed out, or may not, is told by the page itself
  if (answer.status === 401 || answer.status === 403) return location.assign(link.href);
  if (!answer.ok) throw new Error(answer.statusText);
  const words = link.querySelector('span');
  const total = Number(answer.headers.get('Tccc-Rows'));
  const parts = [];
  let rows = -1; // the head is none
  let told = -TOLD_EVERY;
  for (const reader = answer.body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    for (const byte of value) if (byte === END) rows++;
    if (performance.now() - told < TOLD_EVERY) continue;
    told = performance.now();
    words.textContent = link.dataset.counts.replace('{0}', rows.toLocaleString()).replace('{1}', total.toLocaleString());
    link.style.setProperty('--done', total ? rows / total : 1);
  }
  const name = /filename="?([^";]+)/.exec(answer.headers.get('Content-Disposition'))?.[1] ?? 'calls.csv';
  const made = Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob(parts, { type: 'text/csv' })), download: name });
  made.click();
  setTimeout(() => URL.revokeObjectURL(made.href), KEPT);
}

const running = new WeakMap();

document.addEventListener('click', async event => {
  const link = event.target.closest?.('a[data-download]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (running.has(link)) return running.get(link).abort();
  const [stop, words] = [new AbortController(), link.querySelector('span')];
  const said = words.textContent;
  running.set(link, stop);
  link.setAttribute('aria-busy', 'true');
  try {
    await fetched(link, stop);
    window.tccc.say(link.dataset.done, true);
  } catch {
    window.tccc.say(stop.signal.aborted ? link.dataset.stopped : link.dataset.failed, stop.signal.aborted);
  } finally {
    running.delete(link);
    link.removeAttribute('aria-busy');
    words.textContent = said;
  }
});
