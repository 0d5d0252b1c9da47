import { type Columns, select } from '../../golden-data.ts';
import type { Surroundings } from '../../runner.ts';

/**
 * The prices that an input names: `file` (its first word, the rest is prose), `columns` (a list, or
 * prose that means all), and days from `price_range` or `range` or written in `file` as `A..B`.
 */
export function pricesOf(
  input: Readonly<Record<string, unknown>>,
  { data }: Surroundings,
): Columns {
  const [file = '', ...prose] = String(input['file']).split(' ');
  const names = Array.isArray(input['columns']) ? (input['columns'] as string[]) : undefined;
  const range = rangeOf(input['price_range'] ?? input['range'] ?? prose.join(' '));
  return select(data.columns(file), { ...(names && { names }), ...(range && { range }) });
}

function rangeOf(value: unknown): readonly [string, string] | undefined {
  if (Array.isArray(value)) {
    const [from = '', to = ''] = value.map(String);
    // A month includes all of its days.
    return [from, to.length === 7 ? `${to}-31` : to];
  }
  const found = /(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})/.exec(String(value));
  return found ? [found[1] ?? '', found[2] ?? ''] : undefined;
}

/** The rows of the last day of each month, the last row always among them. */
export function monthEnds({ days, names, values }: Columns): Columns {
  const width = names.length;
  const kept = days.flatMap((day, row) =>
    day.slice(0, 7) === days[row + 1]?.slice(0, 7) ? [] : [row],
  );
  return {
    days: kept.map((row) => days[row] ?? ''),
    names,
    values: Float64Array.from(
      kept.flatMap((row) => [...values.subarray(row * width, (row + 1) * width)]),
    ),
  };
}
