import { type Day, ok, type Result, refuse } from '@plimsoll/kernel';
import { findRoot } from '@plimsoll/quant/minimise';
import { type Bond, type BondFlows, bondFlows } from './bond.ts';

/**
 * How a yield compounds: so many times a year, `continuous`, or `simple-then-compounded`, by the
 * coupon frequency but simple within the last period, as US money markets have it.
 */
export type Compounding = number | 'continuous' | 'simple-then-compounded';

/** A bond at a yield: prices and slopes, in the unit of its face. */
export interface BondValue {
  /** Without accrued interest. */
  readonly clean: number;
  readonly accrued: number;
  /** What is paid: clean + accrued. */
  readonly dirty: number;
  /** A year, compounded as asked for. */
  readonly yield: number;
  /** Average years to the payments, weighted by present value. */
  readonly macaulayDuration: number;
  /** −(∂P ÷ ∂y) ÷ P, years. */
  readonly modifiedDuration: number;
  /** (∂²P ÷ ∂y²) ÷ P, years². */
  readonly convexity: number;
  /** −∂P ÷ ∂y × 0.0001: what a basis point less of yield adds, to first order. */
  readonly dv01: number;
  /** Change of the price for one basis point more of yield, priced anew. */
  readonly basisPointValue: number;
  readonly flows: BondFlows['flows'];
}

/** Discount factor at a yield, and its first two derivatives along the yield. */
function discountAt(
  rate: number,
  years: number,
  compounding: Compounding,
  frequency: number,
): readonly [number, number, number] {
  if (compounding === 'continuous') {
    const factor = Math.exp(-rate * years);
    return [factor, -years * factor, years * years * factor];
  }
  if (compounding === 'simple-then-compounded' && years <= 1 / frequency) {
    const factor = 1 / (1 + rate * years);
    return [factor, -years * factor * factor, 2 * years * years * factor ** 3];
  }
  const times = compounding === 'simple-then-compounded' ? frequency : compounding;
  const base = 1 + rate / times;
  const factor = base ** (-times * years);
  return [factor, (-years * factor) / base, (years * (years + 1 / times) * factor) / (base * base)];
}

interface Slopes {
  readonly price: number;
  readonly slope: number;
  readonly curvature: number;
  /** Σ years × present value. */
  readonly weighted: number;
}

function presentValue(
  { flows }: BondFlows,
  rate: number,
  compounding: Compounding,
  frequency: number,
): Slopes {
  let [price, slope, curvature, weighted] = [0, 0, 0, 0];
  for (const { coupon, principal, years } of flows) {
    const paid = coupon + principal;
    const [factor, first, second] = discountAt(rate, years, compounding, frequency);
    price += paid * factor;
    slope += paid * first;
    curvature += paid * second;
    weighted += paid * factor * years;
  }
  return { price, slope, curvature, weighted };
}

function valued(
  owed: BondFlows,
  rate: number,
  compounding: Compounding,
  frequency: number,
): Result<BondValue> {
  const { price, slope, curvature, weighted } = presentValue(owed, rate, compounding, frequency);
  if (!(Number.isFinite(price) && price > 0)) {
    return refuse({
      code: 'bond.yield',
      detail: `At a yield of ${rate} the bond has no price; a yield is a fraction, 0.05 for 5 %.`,
    });
  }
  return ok({
    clean: price - owed.accrued,
    accrued: owed.accrued,
    dirty: price,
    yield: rate,
    macaulayDuration: weighted / price,
    modifiedDuration: -slope / price,
    convexity: curvature / price,
    dv01: -slope * 1e-4,
    basisPointValue: presentValue(owed, rate + 1e-4, compounding, frequency).price - price,
    flows: owed.flows,
  });
}

/**
 * Price, accrued interest, durations and convexity of a bond at a yield:
 * P = Σ CFᵢ (1 + y ÷ f)^(−f tᵢ), tᵢ as of `bondFlows`; modified duration −P′ ÷ P; convexity P″ ÷ P.
 *
 * @param rate A year; 0.05 is 5 %.
 * @param compounding The coupon frequency if not given.
 *
 * Cost: one power a payment. Source: Fabozzi, Bond Markets, Analysis, and Strategies (2012), §4;
 * ICMA Rule 803 for the yield.
 */
export function bondAtYield(
  bond: Bond,
  settlement: Day,
  rate: number,
  compounding: Compounding = bond.frequency,
): Result<BondValue> {
  const owed = bondFlows(bond, settlement);
  return owed.ok ? valued(owed.value, rate, compounding, bond.frequency) : owed;
}

/** A yield at a continuous rate z: every discount factor that compounds is e^(−z t), whatever z is. */
interface YieldScale {
  readonly yieldAt: (z: number) => number;
  /** ln of the discount factor. */
  readonly logDiscount: (z: number, years: number) => number;
}

function yieldScale({ flows }: BondFlows, compounding: Compounding, frequency: number): YieldScale {
  if (compounding === 'continuous') {
    return { yieldAt: (z) => z, logDiscount: (z, years) => -z * years };
  }
  if (compounding !== 'simple-then-compounded') {
    return {
      yieldAt: (z) => compounding * Math.expm1(z / compounding),
      logDiscount: (z, years) => -z * years,
    };
  }
  // With nothing left to compound, simple interest goes down to where the last payment has no price.
  const last = flows.reduce((most, { years }) => Math.max(most, years), 0);
  const times = last <= 1 / frequency ? 1 / last : frequency;
  const yieldAt = (z: number): number => times * Math.expm1(z / times);
  return {
    yieldAt,
    logDiscount: (z, years) =>
      years <= 1 / frequency ? -Math.log1p(yieldAt(z) * years) : -z * years,
  };
}

/** ln of the present value, the greatest term taken out so that no term overflows; −∞ where it is not above 0. */
function logPresentValue({ flows }: BondFlows, { logDiscount }: YieldScale, z: number): number {
  const logs = flows.map(({ years }) => logDiscount(z, years));
  const greatest = Math.max(...logs);
  const sum = flows.reduce(
    (total, { coupon, principal }, i) =>
      total + (coupon + principal) * Math.exp(logs[i] - greatest),
    0,
  );
  return sum > 0 ? greatest + Math.log(sum) : Number.NEGATIVE_INFINITY;
}

/**
 * The root of a function that falls from above 0 to below it, between ends that are doubled until
 * they hold it; null where they never do.
 */
function fallingRoot(f: (z: number) => number, first: number): number | null {
  let [low, high] = [-first, first];
  for (let i = 0; i < 60 && f(low) < 0; i++) low *= 2;
  for (let i = 0; i < 60 && f(high) > 0; i++) high *= 2;
  return findRoot(f, low, high);
}

/**
 * The yield at which a bond has a clean price, and all that `bondAtYield` says of it.
 *
 * Searched on the continuous rate that discounts alike, along which the logarithm of the price is
 * nearly a line and finite everywhere, so that payments however far off have a yield.
 *
 * @param clean Price without accrued interest, in the unit of the face, above −accrued.
 * @returns refused where no yield gives that price.
 *
 * Cost: some twenty prices. Source: as `bondAtYield`; Brent's method.
 */
export function bondAtPrice(
  bond: Bond,
  settlement: Day,
  clean: number,
  compounding: Compounding = bond.frequency,
): Result<BondValue> {
  const owed = bondFlows(bond, settlement);
  if (!owed.ok) return owed;
  const { flows, accrued } = owed.value;
  const dirty = clean + accrued;
  const scale = yieldScale(owed.value, compounding, bond.frequency);
  const gap = (z: number): number => logPresentValue(owed.value, scale, z) - Math.log(dirty);
  const longest = flows.reduce((most, { years }) => Math.max(most, years), 0);
  const found = dirty > 0 && dirty < Infinity ? fallingRoot(gap, 1 / longest) : null;
  const rate = found === null ? Number.NaN : scale.yieldAt(found);
  if (!Number.isFinite(rate)) {
    return refuse({
      code: 'bond.price',
      detail: `No yield gives a clean price of ${clean} with ${accrued} accrued.`,
    });
  }
  return valued(owed.value, rate, compounding, bond.frequency);
}

/**
 * QuantLib's `basisPointValue`: −D P × 1 bp + ½ (convexity ÷ 100) P × (1 bp)².
 *
 * A known error of that library: its convexity is divided by 100 once too often, so the second term
 * is a hundredth of what it should be. `BondValue.basisPointValue` prices anew instead.
 *
 * Source: QuantLib 1.29, CashFlows::basisPointValue.
 */
export const quantLibBasisPointValue = ({
  dirty,
  modifiedDuration,
  convexity,
}: BondValue): number => -modifiedDuration * dirty * 1e-4 + 0.5 * (convexity / 100) * dirty * 1e-8;
