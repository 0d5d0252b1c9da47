import { create } from 'zustand';

/** What a person likes, kept in this browser. */
export interface Prefs {
  readonly theme: 'system' | 'light' | 'dark';
  readonly density: 'comfortable' | 'compact';
  readonly gainLoss: 'teal-vermilion' | 'blue-orange' | 'east-asia';
  readonly hideAmounts: boolean;
  /** How numbers and days are written; empty for the browser's own. */
  readonly locale: string;
}

const key = 'plimsoll.prefs';
const initial: Prefs = {
  theme: 'system',
  density: 'comfortable',
  gainLoss: 'teal-vermilion',
  hideAmounts: false,
  locale: '',
};

/** The preferences that were kept; what is missing or damaged falls back to the initial ones. */
export function readPrefs(text: string | null): Prefs {
  try {
    const kept: unknown = JSON.parse(text ?? '{}');
    return typeof kept === 'object' && kept !== null ? { ...initial, ...kept } : initial;
  } catch {
    return initial;
  }
}

interface PrefsStore extends Prefs {
  readonly change: (change: Partial<Prefs>) => void;
}

function kept(): string | null {
  try {
    return globalThis.localStorage?.getItem(key) ?? null;
  } catch {
    // Storage is forbidden in this browser; preferences then last as long as the page.
    return null;
  }
}

function keep(prefs: Prefs): void {
  try {
    globalThis.localStorage?.setItem(key, JSON.stringify(prefs));
  } catch {
    // As above: nothing to keep them in.
  }
}

export const usePrefs = create<PrefsStore>((set, get) => ({
  ...readPrefs(kept()),
  change: (change) => {
    const { change: _own, ...before } = get();
    const prefs = { ...before, ...change };
    keep(prefs);
    showPrefs(prefs);
    set(prefs);
  },
}));

/** Puts theme, density and palette on the document; `theme.js` does the same before the first paint. */
function showPrefs(prefs: Prefs): void {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const root = document.documentElement;
  root.dataset['theme'] = prefs.theme === 'system' ? (dark ? 'dark' : 'light') : prefs.theme;
  root.dataset['density'] = prefs.density;
  root.dataset['gainloss'] = prefs.gainLoss;
}

/** Follows the system's theme while the page is open. */
export function followSystemTheme(): void {
  showPrefs(usePrefs.getState());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () =>
    showPrefs(usePrefs.getState()),
  );
}

/** The locale that numbers and days are written in. */
export function useLocale(): string {
  const locale = usePrefs((prefs) => prefs.locale);
  return locale || globalThis.navigator?.language || 'en';
}
