// What every page needs: the token on each request that changes something, refusals shown as notices, nothing sent twice.
(() => {
  const token = () => document.querySelector('meta[name=csrf]')?.content ?? '';
  const nativeFetch = window.fetch;
  window.fetch = (input, init = {}) => {
    const address = new URL(input instanceof Request ? input.url : input, location.href);
    if (address.origin !== location.origin) return nativeFetch(input, init);
    const headers = new Headers(init.headers ?? (input instanceof Request ? input.headers : undefined));
    headers.set('X-CSRF-TOKEN', token());
    return nativeFetch(input, { ...init, headers });
  };

  document.addEventListener('htmx:configRequest', event => { event.detail.headers['X-CSRF-TOKEN'] = token(); });

  // A refusal comes as a 4xx with the partial that explains it; it goes to the notices unless the server names another place.
  document.addEventListener('htmx:beforeSwap', event => {
    const { xhr } = event.detail;
    if (xhr.status < 400 || xhr.getResponseHeader('HX-Retarget')) return;
    if (xhr.status === 401) { location.reload(); return; }
    event.detail.shouldSwap = false;
    notify(xhr.responseText);
  });
  document.addEventListener('htmx:sendError', () => notify('', 'offline'));

  // Notices leave by themselves after a while, but never while they are read.
  const patience = 10_000;
  function notify(html, template) {
    const notices = document.getElementById('notices');
    const notice = document.createElement('div');
    notice.className = 'notice';
    const words = document.querySelector(`template[data-notice="${template ?? 'close'}"]`);
    if (template) notice.append(words?.content.cloneNode(true) ?? '');
    else notice.append(...new DOMParser().parseFromString(html, 'text/html').body.childNodes);
    if (!notice.hasChildNodes()) return;
    notice.addEventListener('click', () => notice.remove());
    notices.replaceChildren(...[...notices.children].slice(-2), notice);
    const leave = () => notice.matches(':hover') ? setTimeout(leave, 2_000) : notice.remove();
    setTimeout(leave, patience);
  }
  window.tccc = Object.assign(window.tccc ?? {}, { notify });

  // A form is sent once; its button shows that it is running. Coming back with the browser's Back makes it whole again.
  document.addEventListener('submit', event => {
    const form = event.target;
    if (form.hasAttribute('hx-post') || form.hasAttribute('hx-put')) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = 'yes';
    event.submitter?.setAttribute('aria-busy', 'true');
  });
  addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form[data-sent]')) {
      delete form.dataset.sent;
      form.querySelector('[aria-busy]')?.removeAttribute('aria-busy');
    }
  });
})();
