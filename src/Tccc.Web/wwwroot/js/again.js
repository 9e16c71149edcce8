// The session ended while the page is open: signing in happens over it, and what was asked goes on. window.tccc.again() gives a promise of that, one for all who ask.
(() => {
  const page = document.querySelector('meta[name=person]');
  const address = `/login/again?lang=${document.documentElement.lang}`;
  let asking = null;

  /** "good", "expired" or "ended" (signed out on purpose, here or elsewhere); good also when the server can't be asked, for then something else is wrong. */
  const session = () => fetch('/session').then(reply => reply.status !== 401 ? 'good' : reply.headers.get('Session-Ended') ? 'ended' : 'expired', () => 'good');
  const signedIn = () => session().then(how => how === 'good');

  function renewToken(token) {
    document.querySelector('meta[name=csrf]').content = token;
    for (const field of document.querySelectorAll('input[name=__RequestVerificationToken]')) field.value = token;
  }

  async function ask() {
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
  window.tccc = Object.assign(window.tccc ?? {}, { again, signedIn, session });
})();
