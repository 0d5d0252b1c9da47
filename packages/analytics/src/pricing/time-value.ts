import { findRoot } from '@plimsoll/quant/minimise';
import { type Estimate, estimate, unknown } from '../analysis/estimate.ts';
import { moneyWeightedReturn } from '../performance/money-weighted.ts';

/** ((1 + i)ⁿ − 1) ÷ i, n where i is 0. */
const accumulated = (rate: number, periods: number): number =>
  rate === 0 ? periods : Math.expm1(periods * Math.log1p(rate)) / rate;

/** The five numbers of an annuity, of which any one follows from the others. */
export interface Annuity {
  /** Interest a period, above −1. */
  readonly rate: number;
  readonly periods: number;
  /** Value now; received positive, paid negative. */
  readonly present: number;
  /** A period; received positive, paid negative. */
  readonly payment: number;
  /** Left at the end; received positive, paid negative. */
  readonly future: number;
  /** Payments at the start of each period instead of its end. */
  readonly due: boolean;
}

/** What a payment counts more for at the start of its period: 1 + i. */
const early = (rate: number, due: boolean): number => (due ? 1 + rate : 1);

/**
 * Future value: F = −[V (1 + i)ⁿ + P (1 + i·due) ((1 + i)ⁿ − 1) ÷ i], signs as spreadsheets have
 * them (what is paid is negative).
 *
 * Source: the annuity equation of the OpenFormula standard (OASIS 2011), §6.12, FV.
 */
export function futureValue({
  rate,
  periods,
  present,
  payment,
  due,
}: Omit<Annuity, 'future'>): number {
  const growth = Math.exp(periods * Math.log1p(rate));
  return -(present * growth + payment * early(rate, due) * accumulated(rate, periods));
}

/** Present value by the equation of `futureValue`. */
export function presentValueOf({
  rate,
  periods,
  payment,
  future,
  due,
}: Omit<Annuity, 'present'>): number {
  const growth = Math.exp(periods * Math.log1p(rate));
  return -(future + payment * early(rate, due) * accumulated(rate, periods)) / growth;
}

/** Payment a period by the equation of `futureValue`. */
export function paymentOf({
  rate,
  periods,
  present,
  future,
  due,
}: Omit<Annuity, 'payment'>): Estimate {
  const growth = Math.exp(periods * Math.log1p(rate));
  const payment = -(present * growth + future) / (early(rate, due) * accumulated(rate, periods));
  return estimate(payment, 'no period is there to pay in');
}

/**
 * Number of periods by the equation of `futureValue`:
 * n = ln[(P′ − F i) ÷ (P′ + V i)] ÷ ln(1 + i), P′ = P (1 + i·due).
 */
export function periodsOf({
  rate,
  present,
  payment,
  future,
  due,
}: Omit<Annuity, 'periods'>): Estimate {
  if (rate === 0) return estimate(-(present + future) / payment, 'nothing is paid a period');
  const paid = payment * early(rate, due);
  const ratio = (paid - future * rate) / (paid + present * rate);
  if (!(ratio > 0)) return unknown('the payments never bring the value there');
  return estimate(Math.log(ratio) / Math.log1p(rate), 'the payments never bring the value there');
}

/** Effective rate a year of a nominal one compounded so many times: (1 + r ÷ m)^m − 1. */
export const effectiveRate = (nominal: number, times: number): number =>
  Math.expm1(times * Math.log1p(nominal / times));

/** Nominal rate a year, compounded so many times, of an effective one: m [(1 + e)^(1 ÷ m) − 1]. */
export const nominalRate = (effective: number, times: number): number =>
  times * Math.expm1(Math.log1p(effective) / times);

/**
 * Net present value of payments at the ends of periods, the first one now: Σ CFₜ (1 + i)^(−t).
 *
 * @param flows Shape [periods + 1]; spreadsheets' NPV discounts the first once more.
 */
export function netPresentValue(rate: number, flows: readonly number[]): number {
  return flows.reduceRight((sum, flow) => sum / (1 + rate) + flow, 0);
}

/** An internal rate of return a period. */
export type InternalRate = Estimate & {
  /** Rates that fit; more than one where the flows change sign more than once. */
  readonly roots: number;
};

/**
 * Internal rate of return of payments at equal distances: the i with Σ CFₜ (1 + i)^(−t) = 0, by the
 * search of `moneyWeightedReturn` with a period in place of its year.
 *
 * @param guess Of several rates the one nearest to it is taken.
 */
export function internalRate(flows: readonly number[], guess: number): InternalRate {
  const dated = flows.map((amount, t) => ({ day: 365 * t, amount }));
  const found = moneyWeightedReturn(dated, guess);
  return found.ok
    ? { value: found.rate, roots: found.roots }
    : { ...unknown(found.reason.replace(/\.$/, '')), roots: 0 };
}

/**
 * Modified internal rate of return:
 * [Σ inflowsₜ (1 + reinvest)^(n−t) ÷ Σ outflowsₜ (1 + finance)^(−t)]^(1 ÷ n) − 1.
 *
 * Source: Lin, "The modified internal rate of return and investment criterion" (1976); spreadsheets'
 * MIRR agrees.
 */
export function modifiedInternalRate(
  flows: readonly number[],
  finance: number,
  reinvest: number,
): Estimate {
  const n = flows.length - 1;
  const inflows = netPresentValue(
    reinvest,
    flows.map((flow) => Math.max(0, flow)),
  );
  const outflows = netPresentValue(
    finance,
    flows.map((flow) => Math.max(0, -flow)),
  );
  if (!(n > 0 && inflows > 0 && outflows > 0)) {
    return unknown('it takes a payment in and a payment out at different times');
  }
  const value = (inflows / outflows) ** (1 / n) * (1 + reinvest) - 1;
  return estimate(value, 'the flows are too large');
}

/**
 * Interest a period by the equation of `futureValue`, the root nearest to 0 within (−0.99, 10).
 *
 * Cost: some 400 evaluations. Source: as `futureValue`; Brent's method.
 */
export function rateOf(terms: Omit<Annuity, 'rate'>): Estimate {
  const gap = (log: number): number =>
    futureValue({ ...terms, rate: Math.expm1(log) }) - terms.future;
  const step = 0.02;
  // From 0 outwards on both sides, so that the first sign change is the nearest root.
  for (let k = 0; k < 230; k++) {
    for (const [low, high] of [
      [k * step, (k + 1) * step],
      [-(k + 1) * step, -k * step],
    ] as const) {
      if (low < -4.6 || high > 2.4) continue;
      const found = findRoot(gap, low, high);
      if (found !== null) return { value: Math.expm1(found) };
    }
  }
  return unknown('no interest between −99 % and 1,000 % a period makes the terms agree');
}
