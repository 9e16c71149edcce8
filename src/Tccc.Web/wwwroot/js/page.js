// What every page needs: the token on each request that changes something, refusals shown as notices, nothing sent twice.
(() => {
  const token = () => document.querySelector('meta[name=csrf]')?.content ?? '';
  const nativeFetch = window.fetch;
  window.fetch = (input, init = {}) => {
    const address = new URL(input instanceof Request ? input.url : input, location.href);
    if (address.origin !== location.origin) return nativeFetch(input, init);
    const headers = new Headers(init.headers ?? (input instanceof Request ? input.headers : undefined));
    if (!headers.has('RequestVerificationToken')) headers.set('RequestVerificationToken', token());
    return nativeFetch(input, { ...init, headers });
  };

  document.addEventListener('htmx:configRequest', event => { event.detail.headers['RequestVerificationToken'] = token(); });

  // A refusal comes as a 4xx with the partial that explains it; it goes to the notices unless the server names another place.
  document.addEventListener('htmx:beforeSwap', event => {
    const { xhr } = event.detail;
    if (xhr.status < 400) return;
    if (xhr.getResponseHeader('HX-Retarget')) { event.detail.shouldSwap = true; return; }
    event.detail.shouldSwap = false;
    if (xhr.status === 401 && !(window.tccc.live?.() && xhr.getResponseHeader('Session-Ended'))) return goOn(event.detail);
    notify(xhr.responseText);
  });
  function offline() {
    const words = document.querySelector('template[data-notice="offline"]');
    if (words) show([words.content.cloneNode(true)], { stays: true, template: 'offline' });
  }
  document.addEventListener('htmx:sendError', offline);
  const reached = () => document.querySelectorAll('.notice[data-template="offline"]').forEach(notice => notice.remove());
  for (const happened of ['htmx:afterOnLoad', 'htmx:sseOpen']) document.addEventListener(happened, reached);

  // Signed out meanwhile: the person signs in over the page, and what was asked is asked again, once for each who asked.
  const repeated = new Set();
  async function goOn({ requestConfig: { verb, path, elt, target }, etc: { swapOverride: swap } }) {
    if (!window.tccc.again || repeated.has(elt)) return;
    repeated.add(elt);
    await window.tccc.again();
    repeated.delete(elt);
    if (elt.isConnected) htmx.ajax(verb.toUpperCase(), path, { source: elt, target, swap });
  }

  // Notices go by their button, and by themselves after a while, but never while they are read; what tells of a state stays as long as the state does.
  const patience = 10_000;
  const most = 3;
  function show(parts, { stays = false, template } = {}) {
    const notices = document.getElementById('notices');
    const notice = Object.assign(document.createElement('div'), { className: 'notice' });
    notice.append(...parts);
    if (!notice.textContent.trim() || [...notices.children].some(other => other.textContent.trim() === notice.textContent.trim())) return;
    if (template) notice.dataset.template = template;
    if (stays) notice.dataset.stays = '';
    notice.append(document.getElementById('notice-close').content.cloneNode(true));
    const passing = [...notices.children].filter(other => !('stays' in other.dataset));
    passing.slice(0, Math.max(0, passing.length + 1 - most)).forEach(other => other.remove());
    notices.append(notice);
    if (stays) return;
    const leave = () => notice.matches(':hover, :focus-within') ? setTimeout(leave, 2_000) : notice.remove();
    setTimeout(leave, patience);
  }
  /** What the server answered. */
  const notify = html => show(new DOMParser().parseFromString(html, 'text/html').body.childNodes);
  /** A sentence of this page's own. */
  function say(sentence, stays) {
    const alert = Object.assign(document.createElement('div'), { className: 'alert', textContent: sentence });
    alert.setAttribute('role', 'alert');
    show([alert], { stays });
  }
  document.addEventListener('click', ({ target }) => {
    const notice = target.closest?.('.notice-close')?.parentElement;
    if (!notice) return;
    notice.remove();
    (document.querySelector('.notice-close') ?? document.querySelector('main[tabindex]'))?.focus();
  });
  window.tccc = Object.assign(window.tccc ?? {}, { notify, say, offline });

  // Times are stored in UTC and shown in the person's own zone.
  const styles = {
    seconds: { dateStyle: 'medium', timeStyle: 'medium' },
    time: { timeStyle: 'medium' },
    short: { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  };
  const localise = () => {
    for (const time of document.querySelectorAll('time[data-local]')) {
      const style = styles[time.dataset.local] ?? { dateStyle: 'medium', timeStyle: 'short' };
      time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { hourCycle: 'h23', ...style }).format(new Date(time.dateTime));
    }
  };
  localise();
  document.addEventListener('htmx:afterSwap', localise);

  // A form is sent once; its button shows that it is running. Coming back with the browser's Back makes it whole again.
  document.addEventListener('submit', event => {
    const form = event.target;
    if (form.hasAttribute('hx-post') || form.hasAttribute('hx-put')) return;
    if (event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    // a form that came by the stream was rendered without a request, so without a token
    if (form.method === 'post' && !form.elements.__RequestVerificationToken) {
      const field = Object.assign(document.createElement('input'), { type: 'hidden', name: '__RequestVerificationToken', value: token() });
      form.append(field);
    }
    // signed out meanwhile, what was typed would be lost with the page: that is asked first
    if (form.method === 'post' && window.tccc.signedIn && !form.dataset.asked) {
      event.preventDefault();
      const { submitter } = event;
      submitter?.setAttribute('aria-busy', 'true');
      window.tccc.signedIn().then(yes => yes || window.tccc.again()).then(() => {
        form.dataset.asked = 'yes';
        form.requestSubmit(submitter);
      }, () => {
        submitter?.removeAttribute('aria-busy');
        offline();
      });
      return;
    }
    form.dataset.sent = 'yes';
    event.submitter?.setAttribute('aria-busy', 'true');
    if (form === typed) typed = null;
  });

  // A click elsewhere, or another form of the page, does not throw away what was typed into a form of some length; what was refused is still to be saved.
  const long = '.sheet, .settings-card, .settings-card form:not(.language-switch)';
  let typed = [...document.forms].find(form => form.matches(long) && form.querySelector('[aria-invalid="true"], .alert'));
  document.addEventListener('input', ({ target }) => { if (target.form?.matches(long) && !target.closest('#drawer')) typed = target.form; });
  function makeWhole() {
    for (const form of document.querySelectorAll('form[data-sent]')) {
      delete form.dataset.sent;
      delete form.dataset.asked;
      form.querySelector('[aria-busy]')?.removeAttribute('aria-busy');
    }
  }
  addEventListener('beforeunload', event => {
    if (!typed?.isConnected) return;
    event.preventDefault();
    // who stays can send the other form later
    setTimeout(makeWhole);
  });
  addEventListener('pageshow', makeWhole);
})();
