import { type Columns, select } from '../../golden-data.ts';
import type { Surroundings } from '../../runner.ts';
import { monthEnds } from '../attribution/case-input.ts';

type Input = Readonly<Record<string, unknown>>;

/** The words by which a case says what its series is. */
const prose = (input: Input): string =>
  [input['series'], input['returns'], input['y'], input['x']]
    .map((each) => String(each ?? ''))
    .join(' ');

/** ISO days of a range that may be written as the file writes days: `1/4/1999` or `1999-01-04`. */
function rangeOf(input: Input): readonly [string, string] | undefined {
  const range = input['price_range'] ?? input['range'];
  if (!Array.isArray(range)) return undefined;
  const [from = '', to = ''] = range.map((each) => iso(String(each)));
  return [from, to];
}

function iso(text: string): string {
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (!american) return text;
  const [, month = '', day = '', year = ''] = american;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** The rows of the case's file, only the last of each month where the case says so. */
export function rowsOf(input: Input, { data }: Surroundings): Columns {
  const range = rangeOf(input);
  const rows = select(data.columns(String(input['file'])), range ? { range } : {});
  return /month/i.test(prose(input)) ? monthEnds(rows) : rows;
}

/** A column of the rows. */
export function columnOf({ names, values }: Columns, name: string): Float64Array {
  const place = names.indexOf(name);
  if (place < 0) throw new Error(`no column ${name} among ${names.join(', ')}`);
  const width = names.length;
  return Float64Array.from(
    { length: values.length / width },
    (_, row) => values[row * width + place] ?? Number.NaN,
  );
}

/** The column that the case names, by key or in its prose; else the only one, or the adjusted close. */
export function levelsOf(input: Input, surroundings: Surroundings): Float64Array {
  const rows = rowsOf(input, surroundings);
  const said = `${prose(input)} ${String(input['name'] ?? '')}`;
  const named = rows.names
    .filter((name) => said.includes(name))
    .sort((one, other) => other.length - one.length);
  const column = String(
    input['column'] ?? named[0] ?? (rows.names.includes('Adj Close') ? 'Adj Close' : rows.names[0]),
  );
  return columnOf(rows, column);
}

/** The series that the case speaks of: levels, their logarithms, changes or returns, times 100 if it says so. */
export function seriesOf(input: Input, surroundings: Surroundings): Float64Array {
  const levels = levelsOf(input, surroundings);
  const text = prose(input);
  const logs = /log|\bln\b/i.test(text);
  const changes = /diff|return|pct|change/i.test(text);
  const scale = /100\s*\*|percent units|in percent/.test(text) ? 100 : 1;
  const base = logs ? levels.map(Math.log) : levels;
  if (!changes) return base.map((each) => scale * each);
  return Float64Array.from({ length: base.length - 1 }, (_, t) => {
    const before = base[t] ?? Number.NaN;
    const now = base[t + 1] ?? Number.NaN;
    return scale * (logs || /diff/i.test(text) ? now - before : now / before - 1);
  });
}
