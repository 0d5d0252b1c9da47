import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { IndicatorColumns } from '@plimsoll/analytics/indicators';
import { factsOf, inputOf, numbersOf, textOf } from '../../case-facts.ts';
import type { GoldenCase } from '../../golden-case.ts';
import type { Surroundings } from '../../runner.ts';

const names = ['open', 'high', 'low', 'close', 'volume'] as const;

/** The text of a file of data, unpacked. */
export const unpacked = (path: string): string => gunzipSync(readFileSync(path)).toString('utf8');

/**
 * The bars of a case: `columns` in its input, or a file `bars` with date, open, high, low, close and
 * volume. `other` names a file whose closes are the second series, or `swap` makes them the first;
 * `session: "month"` numbers months.
 */
export function barsOf(golden: GoldenCase, surroundings: Surroundings): IndicatorColumns {
  const input = inputOf(golden, surroundings);
  const columns = factsOf(input['columns']);
  const file = textOf(input, 'bars');
  if (file === undefined) {
    return Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [name, Float64Array.from(numbersOf(values))]),
    );
  }
  const { days, bars } = readBars(unpacked(surroundings.data.path(file)));
  const other = textOf(input, 'other');
  const session = Float64Array.from(days, (day) =>
    input['session'] === 'month' ? Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) : 0,
  );
  if (other === undefined) return { ...bars, session };
  const second = readBars(unpacked(surroundings.data.path(other))).bars.close;
  return input['swap'] === true
    ? { ...bars, session, value: second, other: bars.close }
    : { ...bars, session, other: second };
}

type Bars = Record<(typeof names)[number], Float64Array>;

function readBars(text: string): { readonly days: readonly string[]; readonly bars: Bars } {
  const rows = text
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));
  const column = (place: number): Float64Array =>
    Float64Array.from(rows, (row) => Number(row[place]));
  return {
    days: rows.map(([day = '']) => day),
    bars: {
      open: column(1),
      high: column(2),
      low: column(3),
      close: column(4),
      volume: column(5),
    },
  };
}
