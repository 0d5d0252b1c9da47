import { ok, type Result, refuse } from '@plimsoll/kernel';
import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import type { Views } from './black-litterman.ts';
import { confidenceErrors, proportionalErrors } from './view-errors.ts';

/** A view as people state it: a portfolio by name, what it will return a year, and how sure one is. */
export interface StatedView {
  /** `{ AAPL: 1 }` is a view on AAPL, `{ AAPL: 1, MSFT: -1 }` on what it gains over MSFT. */
  readonly weights: Readonly<Record<string, number>>;
  /** Return a year. */
  readonly return: number;
  /** Above 0, 1 for certain; ½, as much as the prior, if not given. */
  readonly confidence?: number | undefined;
}

/** The table of parameters that reads stated views. */
export const viewsParameter = {
  kind: 'list',
  title: 'Views',
  help: 'Each a portfolio by name, such as { AAPL: 1, MSFT: -1 }, the return a year that it will have, and a confidence.',
  of: {
    kind: 'object',
    title: 'View',
    fields: {
      weights: { kind: 'by-name', title: 'Portfolio' },
      return: { kind: 'number', title: 'Return', unit: 'a year' },
      confidence: { kind: 'number', above: 0, max: 1, title: 'Confidence', optional: true },
    },
  },
} as const;

/**
 * P, Q and Ω of stated views. Ω is Idzorek's by the confidences; without any that is Ω proportional
 * to the variance of the portfolios. Refused: names that are not there, portfolios that are empty.
 */
export function readViews(
  stated: readonly StatedView[],
  names: readonly string[],
  covariance: Matrix,
  tau: number,
): Result<{ readonly views: Views; readonly omega: Matrix }> {
  const n = names.length;
  const portfolios = matrix(stated.length, n);
  for (const [i, { weights }] of stated.entries()) {
    for (const [name, weight] of Object.entries(weights)) {
      const place = names.indexOf(name);
      if (place < 0) {
        const detail = `View ${i + 1} is on ${name}, which is not among ${names.join(', ')}.`;
        return refuse({ code: 'black-litterman.views', detail });
      }
      portfolios.data[i * n + place] = weight;
    }
    if (portfolios.data.subarray(i * n, (i + 1) * n).every((each) => each === 0)) {
      const detail = `View ${i + 1} has no instrument with a weight; give it one, such as { ${names[0]}: 1 }.`;
      return refuse({ code: 'black-litterman.views', detail });
    }
  }
  const views = { portfolios, returns: Float64Array.from(stated, (view) => view.return) };
  const omega = stated.every(({ confidence }) => confidence === undefined)
    ? proportionalErrors(covariance, views, tau)
    : confidenceErrors(
        covariance,
        views,
        Float64Array.from(stated, ({ confidence }) => confidence ?? 0.5),
        tau,
      );
  return ok({ views, omega });
}
