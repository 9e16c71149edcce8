// Light or dark: as the system says, until somebody chooses. Runs before the first paint.
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const stored = () => { try { return localStorage.getItem('theme') ?? 'system'; } catch { return 'system'; } };
  const apply = () => {
    const choice = stored();
    document.documentElement.dataset.bsTheme = choice === 'system' ? (dark.matches ? 'dark' : 'light') : choice;
    for (const button of document.querySelectorAll('[data-theme-choice]'))
      button.setAttribute('aria-pressed', String(button.dataset.themeChoice === choice));
  };
  apply();
  dark.addEventListener('change', apply);
  addEventListener('storage', apply);
  addEventListener('DOMContentLoaded', apply);
  document.addEventListener('click', event => {
    const button = event.target.closest('[data-theme-choice]');
    if (!button) return;
    try { localStorage.setItem('theme', button.dataset.themeChoice); } catch { /* private window: the choice lasts as long as the page */ }
    apply();
  });
})();
