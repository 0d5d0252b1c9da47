import type { Fitted } from '../fitted.ts';
import { kpss } from '../unit-root/kpss.ts';
import { difference } from './difference.ts';
import { type ArimaFit, type ArimaOrder, fitArima } from './fit-arima.ts';

/** What is chosen among. */
export interface ArimaChoice {
  /** p from 0 to this; 3 if not given. */
  readonly mostAr?: number;
  /** q from 0 to this; 3 if not given. */
  readonly mostMa?: number;
  /** d; by KPSS tests at 5 %, up to 2, if not given. */
  readonly differences?: number;
}

/** The model chosen, and all that were tried. */
export interface ArimaSelection {
  readonly fit: ArimaFit;
  readonly order: Required<ArimaOrder>;
  /** From the lowest AICc on. */
  readonly tried: readonly { readonly order: Required<ArimaOrder>; readonly aicc: number }[];
}

/**
 * Chooses the order of an ARIMA model: the fewest differences after which KPSS does not refuse
 * stationarity at 5 %, then of all p, q (with a mean, and without where d is above 0; no mean where
 * d = 2) the one of the lowest AICc.
 *
 * @param x Finite, oldest first.
 * @returns the choice, or why there is none.
 *
 * Cost: (p + 1)(q + 1) fits, twice as many where d = 1.
 * Source: Rob Hyndman and Yeasmin Khandakar, Automatic time series forecasting: the forecast package
 * for R, 2008, whose stepwise walk is here a search of the whole grid.
 */
export function selectArima(x: Float64Array, choice: ArimaChoice = {}): Fitted<ArimaSelection> {
  const d = choice.differences ?? neededDifferences(x);
  const constants = d === 0 ? [true] : d === 1 ? [true, false] : [false];
  const candidates: { readonly order: Required<ArimaOrder>; readonly fit: ArimaFit }[] = [];
  let why = 'no order fits';
  for (let ar = 0; ar <= (choice.mostAr ?? 3); ar++) {
    for (let ma = 0; ma <= (choice.mostMa ?? 3); ma++) {
      for (const constant of constants) {
        const order = { ar, differences: d, ma, constant };
        const fit = fitArima(x, order);
        if (fit.why !== undefined) why = fit.why;
        else if (fit.aicc !== null) candidates.push({ order, fit });
      }
    }
  }
  const ranked = candidates
    .map(({ order, fit }) => ({ order, fit, aicc: fit.aicc ?? Number.POSITIVE_INFINITY }))
    .sort((one, other) => one.aicc - other.aicc);
  const [best] = ranked;
  if (best === undefined) return { why };
  return {
    fit: best.fit,
    order: best.order,
    tried: ranked.map(({ order, aicc }) => ({ order, aicc })),
  };
}

function neededDifferences(x: Float64Array): number {
  for (let d = 0; d < 2; d++) {
    const test = kpss(difference(x, d).values);
    if (test.why !== undefined || test.p >= 0.05) return d;
  }
  return 2;
}
