import type { DayNumber, Json } from '@plimsoll/kernel';
import type { DailyBars } from '@plimsoll/ports';

/** The columns of figures. */
export const barFields = ['open', 'high', 'low', 'close', 'adjustedClose', 'volume'] as const;

type BarField = (typeof barFields)[number];

/** Each column as it is made. */
export const columnsOf = (column: (field: BarField) => Float64Array): Omit<DailyBars, 'days'> => ({
  open: column('open'),
  high: column('high'),
  low: column('low'),
  close: column('close'),
  adjustedClose: column('adjustedClose'),
  volume: column('volume'),
});

/** The rows that are wanted, as columns of their own. */
export function rowsWhere(bars: DailyBars, wanted: (row: number) => boolean): DailyBars {
  const rows = Int32Array.from(bars.days.keys()).filter(wanted);
  if (rows.length === bars.days.length) return bars;
  return {
    days: Int32Array.from(rows, (row) => bars.days[row] ?? 0),
    ...columnsOf((field) => Float64Array.from(rows, (row) => bars[field][row] ?? Number.NaN)),
  };
}

/** The rows of both, one after the other. */
export function joinRows(first: DailyBars, second: DailyBars): DailyBars {
  if (first.days.length === 0) return second;
  if (second.days.length === 0) return first;
  const days = new Int32Array(first.days.length + second.days.length);
  days.set(first.days);
  days.set(second.days, first.days.length);
  const join = (field: BarField): Float64Array => {
    const all = new Float64Array(days.length);
    all.set(first[field]);
    all.set(second[field], first.days.length);
    return all;
  };
  return { days, ...columnsOf(join) };
}

/** One row as JSON, what is unknown left out: what a quarantined bar is kept as. */
export function rowJson(bars: DailyBars, row: number): Json {
  const known = barFields.flatMap((field) => {
    const value = bars[field][row] ?? Number.NaN;
    if (Number.isNaN(value)) return [];
    // JSON has no infinity; the text keeps it for whoever looks at the row.
    return [[field, Number.isFinite(value) ? value : String(value)]];
  });
  return Object.fromEntries(known) as Json;
}

/** A kept row as a bar again; null where it has no close that is a price. */
export function barOfRow(day: DayNumber, row: Json): DailyBars | null {
  if (row === null || typeof row !== 'object' || Array.isArray(row)) return null;
  const kept = row as Readonly<Record<string, Json>>;
  const value = (field: string): number => {
    const figure = kept[field];
    return typeof figure === 'number' ? figure : Number.NaN;
  };
  if (!(value('close') > 0)) return null;
  return { days: Int32Array.of(day), ...columnsOf((field) => Float64Array.of(value(field))) };
}
