import { compareExact, signOf, sumExact } from '@plimsoll/client';
import type { Holding } from '@plimsoll/contracts';
import type { HoldingsSearch, SortKey } from './search.ts';

/** Gain as a share of cost, in the base currency. Null where either is unknown or nothing was paid. */
export function returnOf({
  baseGain,
  baseCost,
}: Pick<Holding, 'baseGain' | 'baseCost'>): number | null {
  if (baseGain === null || baseCost === null || signOf(baseCost) === 0) return null;
  return Number(baseGain) / Math.abs(Number(baseCost));
}

const exactOf: Record<
  Exclude<SortKey, 'instrument' | 'return'>,
  (holding: Holding) => string | null
> = {
  quantity: ({ quantity }) => quantity,
  price: ({ price }) => price,
  value: ({ baseValue }) => baseValue,
  gain: ({ baseGain }) => baseGain,
};

/** Sorted by the column; what is not known comes last either way. Names start at A, figures at the largest. */
export function sortHoldings(
  holdings: readonly Holding[],
  key: SortKey,
  ascending: boolean,
): Holding[] {
  const turn = ascending ? 1 : -1;
  if (key === 'instrument') {
    return [...holdings].sort((a, b) => -turn * a.instrument.localeCompare(b.instrument, 'en'));
  }
  const compare = (a: Holding, b: Holding) => {
    if (key === 'return') return order(returnOf(a), returnOf(b), (x, y) => x - y, turn);
    return order(exactOf[key](a), exactOf[key](b), compareExact, turn);
  };
  return [...holdings].sort(compare);
}

function order<T>(a: T | null, b: T | null, compare: (a: T, b: T) => number, turn: number): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return turn * compare(a, b);
}

/** The holdings that a search leaves: every word must be in the name, symbol, ISIN, account or kind. */
export function filterHoldings(holdings: readonly Holding[], search: HoldingsSearch): Holding[] {
  const words = (search.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return holdings.filter((holding) => {
    if (search.price === 'open' && !['stale', 'trade', 'none'].includes(holding.priceState))
      return false;
    const text = [holding.instrument, holding.name, holding.isin, holding.account, holding.kind]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Some holdings under a heading, with their totals. */
export interface HoldingGroup {
  readonly key: string;
  readonly title: string | null;
  readonly holdings: readonly Holding[];
  readonly totals: Totals;
}

export interface Totals {
  readonly value: string;
  readonly cost: string;
  readonly gain: string;
  readonly share: number;
  /** How many have no value and are not in it. */
  readonly unknown: number;
}

/** Exact totals in the base currency, of what is known. */
export function totalsOf(holdings: readonly Holding[]): Totals {
  const known = holdings.filter(({ baseValue }) => baseValue !== null);
  const sum = (field: 'baseValue' | 'baseCost' | 'baseGain') =>
    sumExact(known.map((holding) => holding[field] ?? '0'));
  return {
    value: sum('baseValue'),
    cost: sum('baseCost'),
    gain: sum('baseGain'),
    share: known.reduce((total, { weight }) => total + (weight ?? 0), 0),
    unknown: holdings.length - known.length,
  };
}

export function groupHoldings(
  holdings: readonly Holding[],
  by: 'account' | undefined,
): HoldingGroup[] {
  if (by === undefined) return [{ key: '', title: null, holdings, totals: totalsOf(holdings) }];
  const groups = Map.groupBy(holdings, ({ accountId }) => accountId);
  return [...groups].map(([key, members]) => ({
    key,
    title: members[0]?.account ?? key,
    holdings: members,
    totals: totalsOf(members),
  }));
}

const csvColumns = [
  'account',
  'instrument',
  'name',
  'isin',
  'kind',
  'quantity',
  'cost',
  'price',
  'value',
  'gain',
  'currency',
  'baseCost',
  'baseValue',
  'baseGain',
  'baseCurrency',
  'priceState',
  'pricedOn',
] as const satisfies readonly (keyof Holding)[];

/** The holdings as CSV with the exact numbers; a cell that a spreadsheet would run is made text. */
export function holdingsCsv(holdings: readonly Holding[]): string {
  const cell = (value: string | null) => {
    const text = value ?? '';
    const plain = /^[=+@\t\r]/.test(text) || /^-\D/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  const rows = holdings.map((holding) =>
    csvColumns.map((column) => cell(holding[column])).join(','),
  );
  return `${[csvColumns.join(','), ...rows].join('\n')}\n`;
}
