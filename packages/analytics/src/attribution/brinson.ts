import { ok, type Result, refuse } from '@plimsoll/kernel';

/** Weights and returns of one period by group: sector, country, currency. Shape [groups] each. */
export interface BrinsonPeriod {
  readonly groups: readonly string[];
  /** At the start of the period, signed, as shares of the whole. */
  readonly portfolioWeights: ArrayLike<number>;
  readonly benchmarkWeights: ArrayLike<number>;
  /** Fractions over the period; null where nothing of the group was held. */
  readonly portfolioReturns: ArrayLike<number | null>;
  readonly benchmarkReturns: ArrayLike<number | null>;
}

/** How allocation is measured: against the benchmark's return (Fachler) or against nothing. */
export type BrinsonMethod = 'brinson-fachler' | 'brinson-hood-beebower';

/** What the active return of one period is made of, fractions. */
export interface BrinsonEffects {
  readonly portfolioReturn: number;
  readonly benchmarkReturn: number;
  /** Shape [groups] each; the three together sum to the active return. */
  readonly allocation: Float64Array;
  readonly selection: Float64Array;
  readonly interaction: Float64Array;
}

/**
 * Splits the active return of one period by group i into allocation, selection and interaction:
 *
 *   Fachler          A_i = (w_i − v_i)(b_i − B)      Hood–Beebower   A_i = (w_i − v_i) b_i
 *   both             S_i = v_i (r_i − b_i)           I_i = (w_i − v_i)(r_i − b_i)
 *   with R = Σ w_i r_i, B = Σ v_i b_i:               Σ (A_i + S_i + I_i) = R − B
 *
 * @param period w and r of the portfolio, v and b of the benchmark, fractions, shape [groups].
 *   A group that only one side holds takes the other's return: what the portfolio earned outside
 *   its benchmark is allocation, as is what it missed.
 * @returns the effects. Refused: weights of the two sides that sum to different totals (name cash
 *   as a group), a weight without a return, no groups, numbers that are not finite.
 *
 * Source: Gary Brinson, Nimrod Fachler, "Measuring non-US equity portfolio performance", Journal of
 * Portfolio Management, 1985; Gary Brinson, Randolph Hood, Gilbert Beebower, "Determinants of
 * portfolio performance", Financial Analysts Journal, 1986.
 */
export function brinson(
  period: BrinsonPeriod,
  method: BrinsonMethod = 'brinson-fachler',
): Result<BrinsonEffects> {
  const read = readPeriod(period);
  if (!read.ok) return read;
  const { w, v, r, b, portfolioReturn, benchmarkReturn } = read.value;
  const hurdle = method === 'brinson-fachler' ? benchmarkReturn : 0;
  const each = (of: (i: number) => number): Float64Array => Float64Array.from(w, (_, i) => of(i));
  return ok({
    portfolioReturn,
    benchmarkReturn,
    allocation: each((i) => (w[i] - v[i]) * (b[i] - hurdle)),
    selection: each((i) => v[i] * (r[i] - b[i])),
    interaction: each((i) => (w[i] - v[i]) * (r[i] - b[i])),
  });
}

/** What the geometric active return of one period is made of, fractions. */
export interface GeometricEffects {
  readonly portfolioReturn: number;
  readonly benchmarkReturn: number;
  /** (1 + R) ÷ (1 + B) − 1 = (1 + Σ A)(1 + Σ S) − 1. */
  readonly active: number;
  /** Shape [groups] each. Selection includes interaction. */
  readonly allocation: Float64Array;
  readonly selection: Float64Array;
}

/**
 * Splits the geometric active return of one period by group i; the two totals compound to it:
 *
 *   A_i = (w_i − v_i)((1 + b_i) ÷ (1 + B) − 1),  S_i = w_i ((1 + r_i) ÷ (1 + b_i) − 1)(1 + b_i) ÷ (1 + N)
 *   N = Σ w_i b_i, the return of the portfolio's weights in the benchmark's groups
 *
 * Geometric effects of several periods compound without any linking.
 *
 * @param period as for `brinson`; returns must be above −1 in total.
 * @returns the effects, or the refusals of `brinson`, and where B or N is −1 or less.
 *
 * Source: Carl Bacon, "Practical Portfolio Performance Measurement and Attribution", 2nd ed., 2008,
 * chapter 5; after Stephen Burnie, James Knowles, Toomas Teder, Arithmetic and geometric attribution,
 * 1998.
 */
export function geometricBrinson(period: BrinsonPeriod): Result<GeometricEffects> {
  const read = readPeriod(period);
  if (!read.ok) return read;
  const { w, v, r, b, portfolioReturn, benchmarkReturn } = read.value;
  let notional = 0;
  for (let i = 0; i < w.length; i++) notional += w[i] * b[i];
  if (benchmarkReturn <= -1 || notional <= -1) {
    return refuse({
      code: 'attribution.total-loss',
      detail: `After a loss of everything (${Math.min(benchmarkReturn, notional)}) there is no geometric active return; use an arithmetic method.`,
    });
  }
  const each = (of: (i: number) => number): Float64Array => Float64Array.from(w, (_, i) => of(i));
  return ok({
    portfolioReturn,
    benchmarkReturn,
    active: (portfolioReturn - benchmarkReturn) / (1 + benchmarkReturn),
    allocation: each((i) => ((w[i] - v[i]) * (b[i] - benchmarkReturn)) / (1 + benchmarkReturn)),
    selection: each((i) => (w[i] * (r[i] - b[i])) / (1 + notional)),
  });
}

interface ReadPeriod {
  readonly w: Float64Array;
  readonly v: Float64Array;
  readonly r: Float64Array;
  readonly b: Float64Array;
  readonly portfolioReturn: number;
  readonly benchmarkReturn: number;
}

function readPeriod(period: BrinsonPeriod): Result<ReadPeriod> {
  const { groups } = period;
  const wrong = whatIsWrong(period);
  if (wrong) return refuse({ code: 'attribution.period', detail: wrong });
  const w = Float64Array.from(period.portfolioWeights);
  const v = Float64Array.from(period.benchmarkWeights);
  const r = new Float64Array(groups.length);
  const b = new Float64Array(groups.length);
  let portfolioReturn = 0;
  let benchmarkReturn = 0;
  for (let i = 0; i < groups.length; i++) {
    r[i] = period.portfolioReturns[i] ?? period.benchmarkReturns[i] ?? 0;
    b[i] = period.benchmarkReturns[i] ?? r[i];
    portfolioReturn += w[i] * r[i];
    benchmarkReturn += v[i] * b[i];
  }
  return ok({ w, v, r, b, portfolioReturn, benchmarkReturn });
}

function whatIsWrong(period: BrinsonPeriod): string | undefined {
  const { groups, portfolioWeights, benchmarkWeights } = period;
  if (groups.length === 0) return 'There are no groups to attribute to.';
  const wrong =
    wrongSide('portfolio', groups, portfolioWeights, period.portfolioReturns) ??
    wrongSide('benchmark', groups, benchmarkWeights, period.benchmarkReturns);
  if (wrong) return wrong;
  let held = 0;
  let meant = 0;
  for (let i = 0; i < groups.length; i++) {
    held += portfolioWeights[i];
    meant += benchmarkWeights[i];
  }
  if (Math.abs(held - meant) <= 1e-9 * Math.max(1, Math.abs(held))) return undefined;
  return `The portfolio's weights sum to ${held} and the benchmark's to ${meant}; give the rest as a group of its own, such as cash.`;
}

function wrongSide(
  side: string,
  groups: readonly string[],
  weights: ArrayLike<number>,
  returns: ArrayLike<number | null>,
): string | undefined {
  for (const [i, group] of groups.entries()) {
    const weight = weights[i];
    const gained = returns[i] ?? null;
    if (!Number.isFinite(weight)) {
      return `The ${side} has no weight for ${group}; give 0 where it holds nothing.`;
    }
    if (weight !== 0 && gained === null) {
      return `The ${side} holds ${weight} of ${group} but its return there is not given.`;
    }
    if (gained !== null && !Number.isFinite(gained)) {
      return `The ${side}'s return of ${group} is ${gained}, which is no number.`;
    }
  }
  return undefined;
}
