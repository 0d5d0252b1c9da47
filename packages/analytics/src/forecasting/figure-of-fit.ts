import type { Fitted } from '@plimsoll/quant/time-series';
import { type Explained, figure } from '../analysis/figure.ts';
import type { Figure } from '../analysis/report.ts';

/** A figure of a model or test; where there is none, null and the reason. */
export function figureOfFit<T extends object>(
  id: string,
  title: string,
  fitted: Fitted<T>,
  { of, ...explained }: Explained & { readonly of: (fit: T) => number },
): Figure {
  return fitted.why === undefined
    ? figure(id, title, of(fitted), explained)
    : figure(id, title, null, { ...explained, why: fitted.why });
}
