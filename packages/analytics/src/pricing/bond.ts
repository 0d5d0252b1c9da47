import { type Day, daysBetween, isDay, ok, type Result, refuse } from '@plimsoll/kernel';
import { type CouponPeriod, couponFraction, couponPeriods } from './coupon-schedule.ts';
import { type DayCount, yearFraction } from './day-count.ts';

/** A bond that pays fixed coupons and its face at maturity. */
export interface Bond {
  /** When interest begins; without it a coupon period counted back from maturity holds settlement. */
  readonly issue?: Day | undefined;
  readonly maturity: Day;
  /** A year, a fraction of the face; 0 for a zero-coupon bond. */
  readonly coupon: number;
  /** Coupons a year: 1, 2, 3, 4, 6 or 12. */
  readonly frequency: number;
  readonly dayCount: DayCount | 'act/act-icma';
  /** 100 if not given. */
  readonly face?: number;
  /** All dates at month ends where the maturity is one; true if not given. */
  readonly endOfMonth?: boolean;
  /** What becomes of a first period that is not whole; `short` if not given. */
  readonly stub?: 'short' | 'long';
  /**
   * `equal`: whole periods pay coupon ÷ frequency, the market's rule, if not given. `by-days`: each
   * pays coupon × its length by the day count, as QuantLib has it.
   */
  readonly coupons?: 'equal' | 'by-days';
}

/** A payment of a bond, in the unit of its face. */
export interface BondFlow {
  readonly day: Day;
  readonly coupon: number;
  readonly principal: number;
  /** Years from settlement, in whole and broken coupon periods. */
  readonly years: number;
}

/** What a bond pays after settlement. */
export interface BondFlows {
  readonly flows: readonly BondFlow[];
  /** Interest since the last coupon, in the unit of the face. */
  readonly accrued: number;
}

const frequencies = [1, 2, 3, 4, 6, 12];

/** 200 years, in days. */
const longest = 73_050;

function wrongTerms({ issue, maturity, coupon, frequency, face = 100 }: Bond, settlement: Day) {
  const bad = [settlement, maturity, issue ?? maturity].find((day) => !isDay(day));
  if (bad !== undefined) return `"${bad}" is not a day like 2026-03-31.`;
  if (!(settlement < maturity))
    return `Settlement ${settlement} is not before maturity ${maturity}.`;
  if (daysBetween(issue ?? settlement, maturity) > longest) {
    return `From ${issue ?? settlement} to ${maturity} is more than 200 years; no bond is that long.`;
  }
  if (issue !== undefined && issue > settlement) {
    return `Settlement ${settlement} is before interest begins on ${issue}.`;
  }
  if (!frequencies.includes(frequency)) {
    return `${frequency} coupons a year do not fall on months; give 1, 2, 3, 4, 6 or 12.`;
  }
  if (!(Number.isFinite(coupon) && Number.isFinite(face) && face > 0)) {
    return `A coupon of ${coupon} on a face of ${face} is no bond.`;
  }
  return undefined;
}

/**
 * The payments of a bond after a settlement day, with the time to each and the interest accrued.
 *
 * Time runs in coupon periods: the broken one is its length less what has accrued, the others follow
 * whole, which is the market's way of compounding a yield.
 *
 * @returns refused where settlement is not between issue and maturity or the terms make no bond.
 */
export function bondFlows(bond: Bond, settlement: Day): Result<BondFlows> {
  const wrong = wrongTerms(bond, settlement);
  if (wrong !== undefined) return refuse({ code: 'bond.terms', detail: wrong });
  const { coupon, maturity, face = 100, issue } = bond;
  const terms = {
    issue,
    maturity,
    frequency: bond.frequency,
    endOfMonth: bond.endOfMonth ?? true,
    stub: bond.stub ?? ('short' as const),
  };
  const lengthOf = (from: Day, to: Day): number =>
    bond.dayCount === 'act/act-icma'
      ? couponFraction(from, to, terms) / bond.frequency
      : yearFraction(from, to, bond.dayCount, to === maturity);
  // By Act/Act ICMA a whole period is its share of a year whatever its days.
  const regular = bond.coupons !== 'by-days' || bond.dayCount === 'act/act-icma';
  const periodLength = ({ from, to, share }: CouponPeriod): number =>
    share === 1 && regular ? 1 / bond.frequency : lengthOf(from, to);
  const periods = couponPeriods(terms, settlement).filter(({ to }) => to > settlement);
  const [first] = periods;
  if (!first) return refuse({ code: 'bond.terms', detail: 'The bond has no payment left.' });
  const since = lengthOf(first.from, settlement);
  let years = -since;
  const flows = periods.map((period): BondFlow => {
    const length = periodLength(period);
    years += length;
    return {
      day: period.to,
      coupon: face * coupon * length,
      principal: period.to === maturity ? face : 0,
      years,
    };
  });
  return ok({ flows, accrued: face * coupon * since });
}
