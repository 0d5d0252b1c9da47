import { ok, type Result, refuse } from '@plimsoll/kernel';
import { carino } from '../performance/contribution.ts';

/** How effects of several periods are made to add up to the active return of the whole. */
export type LinkingMethod = 'carino' | 'menchero' | 'grap' | 'none';

/** The returns of each period, fractions, shape [periods] each. */
export interface LinkedReturns {
  readonly portfolio: ArrayLike<number>;
  readonly benchmark: ArrayLike<number>;
}

/** One multiplier a period, and what it was made of. */
export interface LinkingFactors {
  /** Linked effect = Σₜ factor(t) × effect(t), shape [periods]. */
  readonly factors: Float64Array;
  /** Compound returns of the whole. */
  readonly portfolioReturn: number;
  readonly benchmarkReturn: number;
  /** Carino: k(t) of each period and K of the whole, the factor being their ratio. */
  readonly logarithmic: { readonly periods: Float64Array; readonly whole: number } | null;
  /** Menchero: the factor is `natural` + `correction` × (R(t) − B(t)). */
  readonly optimised: { readonly natural: number; readonly correction: number } | null;
}

/**
 * Multipliers that make arithmetic effects of single periods add up to R − B over all of them, where
 * 1 + R = Π (1 + R(t)), 1 + B = Π (1 + B(t)) and a(t) = R(t) − B(t):
 *
 *   carino     k(t) ÷ K,  k(t) = (ln(1 + R(t)) − ln(1 + B(t))) ÷ a(t), K likewise of the whole
 *   menchero   A + C·a(t),  A = ((R − B) ÷ T) ÷ ((1 + R)^(1/T) − (1 + B)^(1/T)),
 *              C = (R − B − A·Σ a(t)) ÷ Σ a(t)²
 *   grap       Π over s < t of (1 + R(s)) × Π over s > t of (1 + B(s)); Frongello's recursion
 *              E(t) = effect(t)·Π over s < t of (1 + R(s)) + B(t)·Σ over s < t of E(s) sums to the same
 *   none       1: the plain sum, which does not add up
 *
 * Each has its limit where a denominator vanishes. With a benchmark of zero returns the Carino
 * factors link contributions to the portfolio's return.
 *
 * @returns the factors. Refused: no periods, unequal lengths, a return of −1 or less. Cost O(T).
 *
 * Source: David Carino, "Combining Attribution Effects Over Time", 1999; Jose Menchero, "An Optimized
 * Approach to Linking Attribution Effects over Time", 2000; GRAP, "Synthèse des modèles d'attribution
 * de performance", 1997; Andrew Frongello, "Linking Single Period Attribution Results", 2002 (all but
 * GRAP in the Journal of Performance Measurement).
 */
export function linkingFactors(
  { portfolio, benchmark }: LinkedReturns,
  method: LinkingMethod,
): Result<LinkingFactors> {
  const wrong = whyUnlinkable(portfolio, benchmark);
  if (wrong) return refuse({ code: 'attribution.periods', detail: wrong });
  const whole = { portfolio: compound(portfolio), benchmark: compound(benchmark) };
  const { factors, logarithmic, optimised } = factorsOf[method](portfolio, benchmark, whole);
  return ok({
    factors,
    portfolioReturn: whole.portfolio,
    benchmarkReturn: whole.benchmark,
    logarithmic: logarithmic ?? null,
    optimised: optimised ?? null,
  });
}

interface Whole {
  readonly portfolio: number;
  readonly benchmark: number;
}

type Factors = Partial<Pick<LinkingFactors, 'logarithmic' | 'optimised'>> & {
  readonly factors: Float64Array;
};

const factorsOf: Readonly<
  Record<LinkingMethod, (r: ArrayLike<number>, b: ArrayLike<number>, whole: Whole) => Factors>
> = {
  carino(r, b, whole) {
    const periods = Float64Array.from(r, (each, t) => logRatio(each, b[t]));
    const all = logRatio(whole.portfolio, whole.benchmark);
    return {
      factors: periods.map((each) => each / all),
      logarithmic: { periods, whole: all },
    };
  },
  menchero(r, b, whole) {
    const optimised = mencheroCoefficients(r, b, whole);
    const { natural, correction } = optimised;
    return {
      factors: Float64Array.from(r, (each, t) => natural + correction * (each - b[t])),
      optimised,
    };
  },
  grap(r, b) {
    const n = r.length;
    const factors = new Float64Array(n);
    let after = 1;
    for (let t = n - 1; t >= 0; t--) {
      factors[t] = after;
      after *= 1 + b[t];
    }
    let before = 1;
    for (let t = 0; t < n; t++) {
      factors[t] *= before;
      before *= 1 + r[t];
    }
    return { factors };
  },
  none: (r) => ({ factors: new Float64Array(r.length).fill(1) }),
};

/** (ln(1 + r) − ln(1 + b)) ÷ (r − b), and 1 ÷ (1 + b) where they are equal. */
const logRatio = (r: number, b: number): number => carino((r - b) / (1 + b)) / (1 + b);

function mencheroCoefficients(
  r: ArrayLike<number>,
  b: ArrayLike<number>,
  whole: Whole,
): { readonly natural: number; readonly correction: number } {
  const periods = r.length;
  // ((1 + R) − (1 + B)) ÷ T ÷ (difference of the T-th roots) by x = ln((1 + R) ÷ (1 + B)), so that
  // nearly equal returns lose no digits.
  const x = Math.log1p((whole.portfolio - whole.benchmark) / (1 + whole.benchmark));
  const growth = (1 + whole.benchmark) ** (1 - 1 / periods);
  const natural =
    Math.abs(x) < 1e-14 ? growth : (growth * Math.expm1(x)) / (periods * Math.expm1(x / periods));
  let active = 0;
  let squares = 0;
  for (let t = 0; t < periods; t++) {
    active += r[t] - b[t];
    squares += (r[t] - b[t]) ** 2;
  }
  const residue = whole.portfolio - whole.benchmark - natural * active;
  return { natural, correction: squares > 0 ? residue / squares : 0 };
}

function compound(returns: ArrayLike<number>): number {
  let growth = 1;
  for (let t = 0; t < returns.length; t++) growth *= 1 + returns[t];
  return growth - 1;
}

function whyUnlinkable(r: ArrayLike<number>, b: ArrayLike<number>): string | undefined {
  if (r.length === 0) return 'There are no periods to link.';
  if (r.length !== b.length) {
    return `The portfolio has ${r.length} periods and the benchmark ${b.length}.`;
  }
  for (let t = 0; t < r.length; t++) {
    for (const each of [r[t], b[t]]) {
      if (!(each > -1 && Number.isFinite(each))) {
        return `Period ${t + 1} returned ${each}: after a loss of everything nothing can be linked.`;
      }
    }
  }
  return undefined;
}
