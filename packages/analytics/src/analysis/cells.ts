import type { ChartLine } from './report.ts';

/** A number as reports hold it: null where it is not finite or there is none; −0 is 0. */
export const cell = (value: number | null | undefined): number | null =>
  value !== null && value !== undefined && Number.isFinite(value) ? value + 0 : null;

/** Numbers of a line or a row. */
export const cells = (values: Iterable<number>): (number | null)[] =>
  Array.from(values, (each) => cell(each));

/** A line of a chart. */
export const line = (name: string, values: Iterable<number>): ChartLine => ({
  name,
  values: cells(values),
});

/** Days where there are as many as values, else 1, 2, 3 … */
export const along = <D>(days: readonly D[], n: number): readonly (D | number)[] =>
  days.length === n ? days : Array.from({ length: n }, (_, i) => i + 1);
