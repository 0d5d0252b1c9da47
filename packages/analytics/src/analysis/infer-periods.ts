import { type Day, dayNumber, isDay, type ParameterTable, weekday } from '@plimsoll/kernel';

/** Values with periods a year filled in, and what was inferred. */
export interface Inferred {
  readonly values: Readonly<Record<string, unknown>>;
  /** None where nothing had to be inferred, or it is what stands there anyway. */
  readonly notes: readonly string[];
}

/** How far apart days are. */
export interface Spacing {
  readonly perYear: number;
  /** `days`, `months`, as in: the data are of months. */
  readonly of: string;
}

/** Most days between observations, and how many of them are in a year. */
const spacings: readonly (readonly [number, number, string])[] = [
  [4, 252, 'days'],
  [10, 52, 'weeks'],
  [35, 12, 'months'],
  [100, 4, 'quarters'],
  [370, 1, 'years'],
];

/** Periods a year of data without days. */
const usualPeriods = 252;

/**
 * Fills `periodsPerYear` where a table has a default for it and nobody said: by the spacing of the days
 * of the first dated data. Without days the default stands. Analyses that first join several data ask
 * for it without a default, and take `yearOf` the days that they joined.
 */
export function inferPeriods(
  table: ParameterTable,
  values: Readonly<Record<string, unknown>>,
): Inferred {
  const parameter = table['periodsPerYear'];
  if (!parameter || !('default' in parameter) || values['periodsPerYear'] !== undefined) {
    return { values, notes: [] };
  }
  const spacing = spacingOf(daysIn(table, values));
  if (spacing === undefined) return { values, notes: [] };
  const { perYear } = spacing;
  const notes = parameter.default === perYear ? [] : [inferredNote(spacing)];
  return { values: { ...values, periodsPerYear: perYear }, notes };
}

/** The periods of a year of a sample, and what a reader must know of them. */
export interface Year {
  readonly periodsPerYear: number;
  readonly notes: readonly string[];
}

/**
 * The periods of a year of a sample: those that were given, or those of its days, or 252 without days.
 * What was given stands also where the days are spaced otherwise, which a note then says.
 *
 * @param days on which the periods of the sample end.
 */
export function yearOf(days: readonly Day[], given: number | undefined): Year {
  const spacing = spacingOf(days);
  if (given === undefined) {
    const perYear = spacing?.perYear ?? usualPeriods;
    const notes = spacing && perYear !== usualPeriods ? [inferredNote(spacing)] : [];
    return { periodsPerYear: perYear, notes };
  }
  if (!spacing || !areFarApart(given, spacing.perYear)) return { periodsPerYear: given, notes: [] };
  const { perYear, of } = spacing;
  const note = `${given} periods a year were asked for, but the days that all data have are of ${of}, ${perYear} a year; figures a year are right only if the former is meant.`;
  return { periodsPerYear: given, notes: [note] };
}

/** Whether two numbers of periods a year cannot be of the same spacing; 252 and 365 can. */
export const areFarApart = (a: number, b: number): boolean => Math.max(a, b) >= 2 * Math.min(a, b);

/**
 * How far apart days are, by their median: trading days count 252 a year, days of which a fifth are
 * Saturdays or Sundays 365, weeks 52, months 12, quarters 4, years 1. Undefined for fewer than three
 * days, and for days more than a year apart.
 */
export function spacingOf(days: readonly Day[]): Spacing | undefined {
  if (days.length < 3) return undefined;
  const numbers = days.map(dayNumber);
  const gaps = numbers.slice(1).map((day, i) => day - (numbers[i] as number));
  gaps.sort((a, b) => a - b);
  const gap = gaps[Math.floor(gaps.length / 2)] as number;
  const found = spacings.find(([most]) => gap > 0 && gap <= most);
  if (!found) return undefined;
  const weekends = numbers.filter((day) => weekday(day) >= 5).length;
  if (gap === 1 && weekends > numbers.length / 5) {
    return { perYear: 365, of: 'every day of the week' };
  }
  return { perYear: found[1], of: found[2] };
}

const inferredNote = ({ perYear, of }: Spacing): string =>
  `The data are of ${of}, so ${perYear} periods are taken for a year.`;

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
