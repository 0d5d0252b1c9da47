import { cell } from './cells.ts';
import type { Figure, Unit } from './report.ts';

/** What explains a figure. */
export interface Explained {
  /** `number` if not given. */
  readonly unit?: Unit;
  readonly formula?: string;
  readonly source?: string;
  readonly note?: string;
  /** Why there is no value, where there is none. */
  readonly why?: string;
}

/** The reason of formulas that have no value on some returns, such as a share of no variance. */
export const notDefined = 'it is not defined for these returns';

/** A figure of a report; what is not finite becomes null, with `why`. */
export function figure(
  id: string,
  title: string,
  value: number | null | undefined,
  { unit = 'number', why = 'it is beyond what can be stated', ...rest }: Explained,
): Figure {
  const known = cell(value);
  return { id, title, value: known, ...(known === null ? { why } : {}), unit, ...rest };
}
