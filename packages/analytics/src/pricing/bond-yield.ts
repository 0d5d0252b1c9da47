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

/**
 * The yield at which a bond has a clean price, and all that `bondAtYield` says of it.
 *
 * @param clean Price without accrued interest, in the unit of the face, above −accrued.
 * @returns refused where no yield gives that price.
 *
 * Cost: some ten prices. Source: as `bondAtYield`; Brent's method.
 */
export function bondAtPrice(
  bond: Bond,
  settlement: Day,
  clean: number,
  compounding: Compounding = bond.frequency,
): Result<BondValue> {
  const owed = bondFlows(bond, settlement);
  if (!owed.ok) return owed;
  const dirty = clean + owed.value.accrued;
  const gap = (rate: number): number =>
    Math.log(presentValue(owed.value, rate, compounding, bond.frequency).price / dirty);
  const floor = typeof compounding === 'number' ? -compounding : -bond.frequency;
  const low = compounding === 'continuous' ? -20 : floor * 0.999;
  const found = dirty > 0 ? findRoot(gap, low, 100) : null;
  if (found === null) {
    return refuse({
      code: 'bond.price',
      detail: `No yield gives a clean price of ${clean} with ${owed.value.accrued} accrued.`,
    });
  }
  return valued(owed.value, found, compounding, bond.frequency);
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
