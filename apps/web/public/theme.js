// Before the first paint, so that nothing flashes. An own file because the page allows no inline script.
(() => {
  let prefs = {};
  try {
    prefs = JSON.parse(localStorage.getItem('plimsoll.prefs') ?? '{}');
  } catch {
    // Storage is switched off or holds something else: the system's theme is right then.
  }
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const theme =
    prefs.theme === 'light' || prefs.theme === 'dark' ? prefs.theme : dark ? 'dark' : 'light';
  const root = document.documentElement;
  root.dataset.theme = theme;
  root.dataset.density = prefs.density === 'compact' ? 'compact' : 'comfortable';
  if (typeof prefs.gainLoss === 'string') root.dataset.gainloss = prefs.gainLoss;
})();
