import { type Day, dayNumber, isDay, type ParameterTable, weekday } from '@plimsoll/kernel';

/** Values with periods a year filled in, and what was inferred. */
export interface Inferred {
  readonly values: Readonly<Record<string, unknown>>;
  /** None where nothing had to be inferred, or it is what stands there anyway. */
  readonly notes: readonly string[];
}

/** Most days between observations, and how many of them are in a year. */
const spacings: readonly (readonly [number, number, string])[] = [
  [4, 252, 'days'],
  [10, 52, 'weeks'],
  [35, 12, 'months'],
  [100, 4, 'quarters'],
  [370, 1, 'years'],
];

/**
 * Fills `periodsPerYear` where a table asks for it and nobody said: by the median spacing of the days
 * of the first dated data. Trading days count 252, days of which a fifth are Saturdays or Sundays
 * 365, weeks 52, months 12, quarters 4, years 1. Without days the table's own default stands.
 */
export function inferPeriods(
  table: ParameterTable,
  values: Readonly<Record<string, unknown>>,
): Inferred {
  const parameter = table['periodsPerYear'];
  if (!parameter || values['periodsPerYear'] !== undefined) return { values, notes: [] };
  const periods = periodsOf(daysIn(table, values));
  if (periods === undefined) return { values, notes: [] };
  const [count, of] = periods;
  const usual = 'default' in parameter && parameter.default === count;
  const note = `The data are of ${of}, so ${count} periods are taken for a year.`;
  return { values: { ...values, periodsPerYear: count }, notes: usual ? [] : [note] };
}

/** The days of the first series or panel that has any. */
function daysIn(table: ParameterTable, values: Readonly<Record<string, unknown>>): readonly Day[] {
  for (const [name, { kind }] of Object.entries(table)) {
    if (kind !== 'series' && kind !== 'panel') continue;
    const value = values[name];
    if (typeof value !== 'object' || value === null || !('days' in value)) continue;
    const { days } = value;
    if (Array.isArray(days) && days.every((day) => typeof day === 'string' && isDay(day))) {
      return days;
    }
  }
  return [];
}

function periodsOf(days: readonly Day[]): readonly [number, string] | undefined {
  if (days.length < 3) return undefined;
  const numbers = days.map(dayNumber);
  const gaps = numbers.slice(1).map((day, i) => day - (numbers[i] as number));
  gaps.sort((a, b) => a - b);
  const gap = gaps[Math.floor(gaps.length / 2)] as number;
  const found = spacings.find(([most]) => gap > 0 && gap <= most);
  if (!found) return undefined;
  const weekends = numbers.filter((day) => weekday(day) >= 5).length;
  if (gap === 1 && weekends > numbers.length / 5) return [365, 'every day of the week'];
  return [found[1], found[2]];
}
