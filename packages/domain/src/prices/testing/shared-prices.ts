import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { dayNumber } from '@plimsoll/kernel';
import type { BarColumns } from '../bar-columns.ts';
import type { PriceAction } from '../repair/price-action.ts';

const folder = join(import.meta.dirname, '../../../../../../shared/data');

/** Published price files beside the checkout, which are not part of it; tests of them are skipped without. */
export const sharedPrices = {
  there: existsSync(folder),
  /** Names in a folder of the data; none where it is absent. */
  list: (name: string): string[] =>
    existsSync(folder) ? readdirSync(join(folder, name)).sort() : [],
  read: (path: string): PricesOfFile => readPrices(join(folder, path)),
};

export interface PricesOfFile {
  readonly bars: BarColumns;
  readonly actions: readonly PriceAction[];
}

/** Reads a CSV with a line of titles, packed or not; oldest first, NaN where a field is empty. */
function readPrices(path: string): PricesOfFile {
  const raw = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(raw) : raw).toString('utf8');
  const [titles = '', ...lines] = text.trim().split(/\r?\n/);
  const names = titles.split(',').map((title) => title.toLowerCase().replace(' ', '_'));
  const rows = lines.map((line) => line.split(',')).sort(byFirst);
  const column = (name: string): Float64Array => {
    const at = names.indexOf(name);
    return Float64Array.from(rows, (row) => (row[at] ? Number(row[at]) : Number.NaN));
  };
  const days = Int32Array.from(rows, ([day = '']) => dayNumber(day.slice(0, 10)));
  const paid = (name: string, kind: 'dividend' | 'capital-gain'): PriceAction[] =>
    nonZero(column(name)).map(([i, amount]) => ({ kind, day: days[i] as number, amount }));
  const split = (name: string): PriceAction[] =>
    nonZero(column(name)).flatMap(([i, ratio]) =>
      ratio === 1 ? [] : [{ kind: 'split', day: days[i] as number, ratio }],
    );
  const bars = {
    days,
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    adjustedClose: column('adj_close'),
    volume: column('volume'),
  };
  const actions = [
    ...paid('dividends', 'dividend'),
    ...paid('dividend', 'dividend'),
    ...paid('capital_gains', 'capital-gain'),
    ...split('stock_splits'),
    ...split('split_ratio'),
    ...split('split'),
  ];
  return { bars, actions: actions.sort((a, b) => a.day - b.day) };
}

const byFirst = ([a = '']: readonly string[], [b = '']: readonly string[]): number =>
  a < b ? -1 : a > b ? 1 : 0;

function nonZero(column: Float64Array): [number, number][] {
  return Array.from(column).flatMap((value, i): [number, number][] =>
    value !== 0 && !Number.isNaN(value) ? [[i, value]] : [],
  );
}
