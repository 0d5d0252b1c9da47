import { ok, type Result, refuse } from '@plimsoll/kernel';

export const priceFields = [
  'date',
  'close',
  'open',
  'high',
  'low',
  'adjustedClose',
  'volume',
  'time',
  'symbol',
  'currency',
  'dividend',
  'split',
] as const;

export type PriceField = (typeof priceFields)[number];

/** Which cell of a row holds which field; absent where the file has no such column. */
export type PriceColumns = Partial<Readonly<Record<PriceField, number>>> & {
  readonly date: number;
  readonly close: number;
};

/**
 * Titles in small letters without spaces and signs, best first: of several that a file has, the
 * first counts (`close` before `price`).
 */
const titles: Readonly<Record<PriceField, readonly string[]>> = {
  date: ['date', 'datetime', 'day', 'tradedate', 'tradingday', 'datum', 'timestamp', 'time'],
  close: ['close', 'closelast', 'closeprice', 'closingprice', 'price', 'last'],
  open: ['open', 'openprice', 'openingprice'],
  high: ['high', 'highprice', 'dayhigh'],
  low: ['low', 'lowprice', 'daylow'],
  adjustedClose: ['adjclose', 'adjustedclose', 'adjcloseprice', 'adjustedcloseprice', 'closeadj'],
  volume: ['volume', 'vol', 'tradingvolume'],
  time: ['time'],
  symbol: ['symbol', 'ticker'],
  currency: ['currency', 'ccy'],
  dividend: ['dividend', 'dividends', 'dividendamount', 'divcash'],
  split: ['split', 'splits', 'stocksplits', 'splitratio', 'splitfactor', 'splitcoefficient'],
};

/** `Adj. Close` and `<adj_close>` → `adjclose`. */
const plain = (title: string): string => title.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Finds the columns by their titles, in any order and case; refuses a header that has two of one. */
export function priceColumns(header: readonly string[]): Result<PriceColumns> {
  const known = header.map(plain);
  const found: Partial<Record<PriceField, number>> = {};
  for (const field of priceFields) {
    const title = titles[field].find((name) => known.includes(name));
    if (title === undefined) continue;
    const at = known.indexOf(title);
    if (known.lastIndexOf(title) !== at) return refuse(twice(header[at] ?? title));
    if (field !== 'time' || at !== found.date) found[field] = at;
  }
  const { date, close } = found;
  if (date === undefined) return refuse(missing('date', header));
  if (close === undefined) return refuse(missing('close', header));
  return ok({ ...found, date, close });
}

const twice = (title: string) => ({
  code: 'prices.column-twice',
  detail: `has two columns "${title.trim()}"; remove or rename one.`,
});

function missing(field: 'date' | 'close', header: readonly string[]) {
  const has = header.map((title) => title.trim().slice(0, 30)).join(', ');
  const adjusted =
    field === 'close' && header.some((title) => titles.adjustedClose.includes(plain(title)));
  const why = adjusted
    ? 'it has adjusted closes only, which cannot value a holding'
    : `it has ${has.slice(0, 200)}`;
  return {
    code: 'prices.column-missing',
    detail: `has no column for the ${field}: ${why}. A price file needs at least the columns date and close.`,
  };
}
