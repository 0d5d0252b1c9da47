import type { Fitted } from '@plimsoll/quant/time-series';
import type { Figure, Unit } from '../analysis/report.ts';

/** What explains a figure. */
export interface Explained {
  readonly unit?: Unit;
  readonly formula?: string;
  readonly source?: string;
  readonly note?: string;
  /** Why there is no value, where there is none. */
  readonly why?: string;
}

/** A figure of a report; what is not finite becomes null, with `why`. */
export function figure(
  id: string,
  title: string,
  value: number | null,
  { unit = 'number', why = 'it is beyond what can be stated', ...rest }: Explained,
): Figure {
  const known = value !== null && Number.isFinite(value);
  return { id, title, value: known ? value : null, ...(known ? {} : { why }), unit, ...rest };
}

/** A figure of a model or test; where there is none, null and the reason. */
export function figureOf<T extends object>(
  id: string,
  title: string,
  fitted: Fitted<T>,
  { of, ...explained }: Explained & { readonly of: (fit: T) => number },
): Figure {
  return fitted.why === undefined
    ? figure(id, title, of(fitted), explained)
    : figure(id, title, null, { ...explained, why: fitted.why });
}

/** Cells and lines of a report from an array: what is not finite is null. */
export const cells = (values: Iterable<number>): (number | null)[] =>
  Array.from(values, (each) => (Number.isFinite(each) ? each : null));

/** One cell. */
export const cell = (value: number | null | undefined): number | null =>
  value !== null && value !== undefined && Number.isFinite(value) ? value : null;

/** Days where there are as many as values, else 1, 2, 3 … */
export const along = <D>(days: readonly D[], n: number): readonly (D | number)[] =>
  days.length === n ? days : Array.from({ length: n }, (_, i) => i + 1);
