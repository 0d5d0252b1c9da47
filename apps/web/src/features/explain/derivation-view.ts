import type { Derivation } from '@plimsoll/contracts';
import { formatDay } from '../../format/days.ts';
import {
  formatExactMoney,
  formatMoney,
  formatPercent,
  formatQuantity,
  formatWhole,
} from '../../format/numbers.ts';

const isNumber = (value: string) => /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(value);
const rateUnits = new Set(['rate', 'fraction', '%', 'share', 'ratio']);

/**
 * A term as people read it. Units are a currency code, `rate` for fractions, a word, or nothing.
 * Rates show more digits here than on the page: this is where they are checked.
 */
export function showValue(
  value: string | null,
  unit: string,
  locale: string,
  everyDigit = false,
): string {
  if (value === null) return 'not known';
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDay(value, locale);
  if (!isNumber(value)) return value;
  if (rateUnits.has(unit)) return formatPercent(Number(value), locale, 'auto', 4);
  if (isCurrency(unit)) return showMoney(value, unit, locale, everyDigit);
  const number = /e/i.test(value)
    ? value
    : everyDigit
      ? formatWhole(value, locale)
      : formatQuantity(value, locale);
  return unit === '' ? number : `${number} ${unit}`;
}

/** A unit that is a currency, ISO or crypto. */
export const isCurrency = (unit: string) => /^[A-Z0-9]{3,12}$/.test(unit);

/** To the minor unit, unless that would show something as nothing, or every digit is asked for. */
function showMoney(value: string, currency: string, locale: string, everyDigit: boolean): string {
  const tiny = /^-?0\.00\d*[1-9]/.test(value);
  return everyDigit || tiny
    ? formatExactMoney(value, locale, currency)
    : formatMoney(value, { locale, currency });
}

/** Whether the page shows some term with fewer digits than it has. */
export const hasMoreDigits = (derivation: Derivation) =>
  derivation.terms.some(
    ({ value, unit }) =>
      isCurrency(unit) && (value?.split('.')[1]?.replace(/0+$/, '').length ?? 0) > 2,
  );

/**
 * The terms that make the figure; whether its own line must follow them, since none of them is it;
 * and what is only stated beside it, such as the same figure from another side.
 */
export function splitTerms(derivation: Derivation) {
  const same = (label: string) => label.toLowerCase() === derivation.title.toLowerCase();
  const results = derivation.terms.filter(({ sign }) => sign === '=');
  const own = results.find(({ label, value }) => same(label) && value === derivation.value);
  const only = results.length === 1 && !/^check/i.test(results[0]?.label ?? '') ? results[0] : own;
  return {
    parts: derivation.terms.filter((term) => term.sign !== '=' || term === only),
    checks: results.filter((term) => term !== only),
    total: only === undefined,
  };
}

/** Where the inputs came from, each named once, with how many terms it gave. */
export function sourcesOf(derivation: Derivation): readonly { source: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { source } of derivation.terms) {
    if (source) counts.set(source, (counts.get(source) ?? 0) + 1);
  }
  return [...counts].map(([source, count]) => ({ source, count }));
}

const filters = [
  'account',
  'portfolio',
  'instrument',
  'type',
  'from',
  'to',
  'import',
  'text',
  'reversed',
];

/** The filters of the transactions page out of a query for `GET /v1/transactions`. */
export function searchOfQuery(query: string): Record<string, string> {
  const parameters = new URLSearchParams(query.replace(/^.*\?/, ''));
  return Object.fromEntries([...parameters].filter(([name]) => filters.includes(name)));
}

/** Where to stand: under the number where there is room, else above, else as far down as fits. */
export function placeBeside(
  anchor: { top: number; bottom: number; left: number },
  panel: { width: number; height: number },
  view: { width: number; height: number },
): { left: number; top: number } {
  const margin = 12;
  const gap = 8;
  const left = Math.max(margin, Math.min(anchor.left - 16, view.width - panel.width - margin));
  const below = anchor.bottom + gap;
  if (below + panel.height <= view.height - margin) return { left, top: below };
  const above = anchor.top - gap - panel.height;
  if (above >= margin) return { left, top: above };
  return { left, top: Math.max(margin, view.height - panel.height - margin) };
}
