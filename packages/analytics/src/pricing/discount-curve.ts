import { ok, type Result, refuse } from '@plimsoll/kernel';
import { findRoot } from '@plimsoll/quant/minimise';

/**
 * How the curve runs between its nodes: `log-linear` in the discount factor (forwards are level),
 * `linear-zero` in the continuous zero rate, `log-cubic` a natural spline through ln P (forwards are
 * smooth, and one quote moves all of the curve).
 */
export type Interpolation = 'log-linear' | 'linear-zero' | 'log-cubic';

/** Discount factors at ascending times, with today's 1 understood. */
export interface DiscountCurve {
  /** Years, ascending, all above 0. */
  readonly years: readonly number[];
  /** Price today of 1 paid then. */
  readonly discount: readonly number[];
  readonly interpolation: Interpolation;
}

/** A market rate from which a curve is made. All are a year. */
export type CurveQuote =
  | {
      /** Simple interest, paid once at the end: P = 1 ÷ (1 + r T). */
      readonly kind: 'deposit';
      readonly years: number;
      readonly rate: number;
    }
  | {
      /** A zero rate, compounded so many times a year, 0 for continuously. */
      readonly kind: 'zero';
      readonly years: number;
      readonly rate: number;
      readonly compounding: number;
    }
  | {
      /** Coupon of a bond or swap worth par: Σ (s ÷ f) P(tᵢ) + P(T) = 1. */
      readonly kind: 'par';
      readonly years: number;
      readonly rate: number;
      /** Coupons a year. */
      readonly frequency: number;
    }
  | {
      /** Simple forward rate from one time to another: P(to) = P(from) ÷ (1 + r (to − from)). */
      readonly kind: 'forward';
      readonly from: number;
      readonly years: number;
      readonly rate: number;
    };

/**
 * Discount factor for a time, by the curve's interpolation; beyond the last node the zero rate of the
 * last forward goes on (`log-linear`, `log-cubic`) or the last zero rate does (`linear-zero`).
 *
 * @param at Years, at least 0.
 */
export function discountFactor(curve: DiscountCurve, at: number): number {
  if (at <= 0) return 1;
  const { years, discount } = curve;
  const last = years.length - 1;
  const place = years.findIndex((each) => each >= at);
  if (place >= 0 && years[place] === at) return discount[place] as number;
  const rates = (i: number): number => (i < 0 ? 0 : -Math.log(discount[i] as number));
  const time = (i: number): number => (i < 0 ? 0 : (years[i] as number));
  if (curve.interpolation === 'linear-zero') {
    const zero = (i: number): number => rates(i) / time(i);
    if (place <= 0) return Math.exp(-(place < 0 ? zero(last) : zero(0)) * at);
    const share = (at - time(place - 1)) / (time(place) - time(place - 1));
    return Math.exp(-(zero(place - 1) * (1 - share) + zero(place) * share) * at);
  }
  if (curve.interpolation === 'log-cubic' && place >= 0) return Math.exp(-splineAt(curve, at));
  const right = place < 0 ? last : place;
  const slope = (rates(right) - rates(right - 1)) / (time(right) - time(right - 1));
  return Math.exp(-(rates(right - 1) + slope * (at - time(right - 1))));
}

/** −ln P by a natural cubic spline through the nodes and today. */
function splineAt({ years, discount }: DiscountCurve, at: number): number {
  const x = [0, ...years];
  const y = [0, ...discount.map((factor) => -Math.log(factor))];
  const n = x.length - 1;
  // Second derivatives by the tridiagonal system, natural at both ends.
  const second = new Float64Array(n + 1);
  const upper = new Float64Array(n + 1);
  const right = new Float64Array(n + 1);
  for (let i = 1; i < n; i++) {
    const before = (x[i] as number) - (x[i - 1] as number);
    const after = (x[i + 1] as number) - (x[i] as number);
    const pivot = 2 * (before + after) - before * upper[i - 1];
    upper[i] = after / pivot;
    const bend =
      ((y[i + 1] as number) - (y[i] as number)) / after -
      ((y[i] as number) - (y[i - 1] as number)) / before;
    right[i] = (6 * bend - before * right[i - 1]) / pivot;
  }
  for (let i = n - 1; i >= 1; i--) second[i] = right[i] - upper[i] * second[i + 1];
  const k = x.findIndex((each) => each >= at);
  const [x0, x1, y0, y1] = [x[k - 1], x[k], y[k - 1], y[k]] as [number, number, number, number];
  const h = x1 - x0;
  const [a, b] = [(x1 - at) / h, (at - x0) / h];
  return a * y0 + b * y1 + (((a ** 3 - a) * second[k - 1] + (b ** 3 - b) * second[k]) * h * h) / 6;
}

/**
 * Zero rate to a time: P^(−1 ÷ T) − 1 compounded once a year, f (P^(−1 ÷ fT) − 1) f times, and
 * −ln P ÷ T continuously.
 *
 * @param compounding Times a year; 0 for continuously.
 */
export function zeroRate(curve: DiscountCurve, at: number, compounding: number): number {
  const log = -Math.log(discountFactor(curve, at)) / at;
  return compounding === 0 ? log : compounding * Math.expm1(log / compounding);
}

/**
 * Forward rate from one time to another: (P(from) ÷ P(to))^(1 ÷ (to − from)) − 1 for annual
 * compounding, and so on as `zeroRate`.
 *
 * @param compounding Times a year; 0 for continuously.
 */
export function forwardRate(
  curve: DiscountCurve,
  from: number,
  to: number,
  compounding: number,
): number {
  const log = Math.log(discountFactor(curve, from) / discountFactor(curve, to)) / (to - from);
  return compounding === 0 ? log : compounding * Math.expm1(log / compounding);
}

/** Coupon at which a bond that ends at a time is worth par: (1 − P(T)) ÷ Σ P(tᵢ) ÷ f. */
export function parRate(curve: DiscountCurve, years: number, frequency: number): number {
  const annuity = couponTimes(years, frequency).reduce(
    (sum, { at, length }) => sum + length * discountFactor(curve, at),
    0,
  );
  return (1 - discountFactor(curve, years)) / annuity;
}

/** Payments counted back from the end; a first period that is not whole pays its share. */
function couponTimes(
  years: number,
  frequency: number,
): readonly { readonly at: number; readonly length: number }[] {
  const step = 1 / frequency;
  const count = Math.ceil(years * frequency - 1e-9);
  return Array.from({ length: count }, (_, i) => {
    const at = years - (count - 1 - i) * step;
    return { at, length: Math.min(step, at) };
  });
}

/** What a quote is worth on a curve less what it should be: 0 where the curve reprices it. */
export function quoteGap(curve: DiscountCurve, quote: CurveQuote): number {
  const end = discountFactor(curve, quote.years);
  switch (quote.kind) {
    case 'deposit':
      return end * (1 + quote.rate * quote.years) - 1;
    case 'zero':
      return zeroRate(curve, quote.years, quote.compounding) - quote.rate;
    case 'forward':
      return discountFactor(curve, quote.from) / end - 1 - quote.rate * (quote.years - quote.from);
    default: {
      const paid = couponTimes(quote.years, quote.frequency).reduce(
        (sum, { at, length }) => sum + quote.rate * length * discountFactor(curve, at),
        0,
      );
      return paid + end - 1;
    }
  }
}

/**
 * The discount curve that reprices every quote, one node for each, found from the shortest to the
 * longest; with `log-cubic`, in which a node moves its neighbours, in rounds until all hold.
 *
 * @param quotes At least one; times above 0 and up to 200 years, no two alike.
 * @returns refused where quotes clash or no positive discount factor reprices one.
 *
 * Cost: some ten prices a quote and round. Source: Hull, Options, Futures, and Other Derivatives,
 * 9th ed. (2014), §4.5; Hagan and West, "Interpolation methods for curve construction" (2006).
 */
export function bootstrapCurve(
  quotes: readonly CurveQuote[],
  interpolation: Interpolation,
): Result<DiscountCurve> {
  const sorted = quotes.toSorted((a, b) => a.years - b.years);
  const twice = sorted.find(
    ({ years }, i) => !(years > 0 && years <= 200) || (i > 0 && years === sorted[i - 1]?.years),
  );
  if (sorted.length === 0 || twice) {
    return refuse({
      code: 'curve.quotes',
      detail: twice
        ? `Quotes need times above 0 and up to 200 years, each once; ${twice.years} is not.`
        : 'A curve needs at least one quote.',
    });
  }
  const years: number[] = [];
  const discount: number[] = [];
  // With a spline, nodes found so far bend as others follow, so all are gone through again.
  const rounds = interpolation === 'log-cubic' ? 100 : 1;
  for (let round = 0; round < rounds; round++) {
    for (const [i, quote] of sorted.entries()) {
      const found = solveNode(years, discount, i, quote, interpolation);
      if (found === null) {
        return refuse({
          code: 'curve.quotes',
          detail: `No discount factor for ${quote.years} years reprices the rate of ${quote.rate}.`,
        });
      }
    }
    const curve = { years, discount, interpolation };
    if (sorted.every((quote) => Math.abs(quoteGap(curve, quote)) < 1e-14)) break;
  }
  return ok({ years, discount, interpolation });
}

/** Sets node i so that its quote is repriced, the others as they are. */
function solveNode(
  years: number[],
  discount: number[],
  i: number,
  quote: CurveQuote,
  interpolation: Interpolation,
): number | null {
  years[i] = quote.years;
  const gap = (logFactor: number): number => {
    discount[i] = Math.exp(logFactor);
    return quoteGap({ years, discount, interpolation }, quote);
  };
  const before = i === 0 ? 0 : Math.log(discount[i - 1] as number);
  const found = findRoot(gap, before - 3, Math.min(before + 1, 2));
  if (found !== null) discount[i] = Math.exp(found);
  return found;
}
