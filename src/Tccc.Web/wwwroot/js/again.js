// The session ended while the page is open: signing in happens over it, and what was asked goes on. window.tccc.again() gives a promise of that, one for all who ask.
(() => {
  const page = document.querySelector('meta[name=person]');
  const address = `/login/again?lang=${document.documentElement.lang}`;
  let asking = null;

  /**
   * "good", "expired", "ended" (signed out on purpose, here or elsewhere) or "elsewhere" (another center was entered); good also when the server can't be
   * asked, for then something else is wrong.
   */
  const session = () => fetch('/session').then(reply => {
    if (reply.status === 401) return reply.headers.get('Session-Ended') ? 'ended' : 'expired';
    const agent = reply.headers.get('Session-Agent');
    return reply.ok && page.dataset.agent && agent !== page.dataset.agent ? 'elsewhere' : 'good';
  }, () => 'good');
  const signedIn = () => session().then(how => ['good', 'elsewhere'].includes(how));

  /** A call is in hand: nothing may lie over its buttons. */
  const live = () => document.querySelector('[data-live]') !== null;
  const callOver = () => new Promise(resolve => {
    const look = () => {
      if (live()) return;
      watch.disconnect();
      resolve();
    };
    const watch = new MutationObserver(look);
    watch.observe(document.body, { childList: true, subtree: true, attributeFilter: ['data-live'] });
    look();
  });

  function renewToken(token) {
    document.querySelector('meta[name=csrf]').content = token;
    for (const field of document.querySelectorAll('input[name=__RequestVerificationToken]')) field.value = token;
  }

  async function ask() {
    // ended by an administrator, the call's own requests are answered all the same; without any session, signing in is what saves it
    if (live() && await session() === 'ended') await callOver();
    const opener = document.activeElement;
    const dialog = Object.assign(document.createElement('dialog'), { className: 'again' });
    dialog.setAttribute('aria-labelledby', 'again-title');
    const show = html => {
      dialog.replaceChildren(...new DOMParser().parseFromString(html, 'text/html').body.childNodes);
      const anew = dialog.querySelector('.again-anew');
      if (anew) anew.href += `?return=${encodeURIComponent(location.pathname)}`;
      dialog.querySelector('[autofocus]')?.focus();
    };
    show(await (await fetch(address)).text());
    document.body.append(dialog);
    // nothing behind it is good until somebody is signed in
    dialog.addEventListener('cancel', event => event.preventDefault());
    dialog.showModal();
    dialog.querySelector('[autofocus]')?.focus();
    await new Promise(resolve => {
      dialog.addEventListener('submit', async event => {
        event.preventDefault();
        event.stopPropagation();
        const fields = new FormData(event.target);
        fields.set('person', page.content);
        if (page.dataset.agent) fields.set('agent', page.dataset.agent);
        event.submitter?.setAttribute('aria-busy', 'true');
        const reply = await fetch(address, { method: 'POST', body: new URLSearchParams(fields), headers: { RequestVerificationToken: fields.get('__RequestVerificationToken') } }).catch(() => null);
        if (!reply) return event.submitter?.removeAttribute('aria-busy');
        const answer = await reply.text();
        if (!reply.ok) return show(answer);
        renewToken(answer);
        resolve();
      });
      // or in another tab
      const look = () => document.hidden || signedIn().then(yes => yes && resolve());
      addEventListener('focus', look);
      document.addEventListener('visibilitychange', look);
    });
    dialog.remove();
    opener?.focus();
    document.dispatchEvent(new Event('tccc:signed-in'));
  }

  const again = () => asking ??= ask().finally(() => { asking = null; });
  window.tccc = Object.assign(window.tccc ?? {}, { again, signedIn, session, live });
})();
