import {
  type BondValue,
  bondAtPrice,
  bondAtYield,
  type DayCount,
  quantLibBasisPointValue,
  yearFraction,
} from '@plimsoll/analytics/pricing';
import { addDays } from '@plimsoll/kernel';
import { expectedOf, type Facts, factsOf, listOf, numberOf, textOf } from '../../case-facts.ts';
import type { Check } from '../../check.ts';
import { agrees, same } from '../../check.ts';
import type { GoldenCase } from '../../golden-case.ts';
import type { Outcome } from '../../runner.ts';

/** The day count that a name or a sentence speaks of; Act/Act ICMA where it speaks of none. */
function dayCountIn(text: string): DayCount | 'act/act-icma' {
  if (/30\s?E\/?360.*isda/i.test(text)) return '30e/360-isda';
  if (/30\s?E\/?360|eurobond/i.test(text)) return '30e/360';
  if (/30\/?360|thirty/i.test(text)) return '30/360';
  if (/act(ual)?\s?\/?\s?360/i.test(text)) return 'act/360';
  if (/act(ual)?\s?\/?\s?365/i.test(text)) return 'act/365f';
  return /isda/i.test(text) ? 'act/act-isda' : 'act/act-icma';
}

const dayText = (text: string): string => text.slice(0, 10);

/** What cases call the figures of a bond. */
const figures = (value: BondValue, quantLib: boolean): Readonly<Record<string, number>> => ({
  clean: value.clean,
  clean_price: value.clean,
  accrued: value.accrued,
  accrued_interest: value.accrued,
  dirty: value.dirty,
  dirty_price: value.dirty,
  price: value.dirty,
  modified_duration: value.modifiedDuration,
  modified: value.modifiedDuration,
  mod_duration: value.modifiedDuration,
  macaulay: value.macaulayDuration,
  macaulay_duration: value.macaulayDuration,
  convexity: value.convexity,
  dv01: value.dv01,
  pvbp: value.dv01,
  bpv: quantLib ? quantLibBasisPointValue(value) : value.basisPointValue,
});

/** A bond with dates, or one of so many whole periods, which gets dates of its own. */
function bondOf(facts: Facts, quantLib: boolean): BondValue | string {
  const frequency = numberOf(facts, 'frequency', 'freq', 'm', 'coupons_per_year') ?? 1;
  const settlement = dayText(textOf(facts, 'settlement', 'settle') ?? '2001-01-01');
  const years =
    numberOf(facts, 'years', 'T', 'maturity_years') ??
    (numberOf(facts, 'n_periods', 'periods', 'n') ?? 0) / frequency;
  const months = Math.round(years * 12);
  const later = `${2001 + Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`;
  const maturity = dayText(textOf(facts, 'maturity') ?? later);
  const issue = textOf(facts, 'issue');
  const text = `${textOf(facts, 'day_count', 'daycount', 'dc') ?? ''} ${textOf(facts, 'name') ?? ''}`;
  const bond = {
    ...(issue ? { issue: dayText(issue) } : {}),
    maturity,
    coupon: numberOf(facts, 'coupon', 'coupon_rate', 'c') ?? 0,
    frequency,
    dayCount: dayCountIn(text),
    face: numberOf(facts, 'face', 'par', 'notional') ?? 100,
    endOfMonth: facts['end_of_month'] === true,
    coupons: quantLib ? ('by-days' as const) : ('equal' as const),
  };
  const rate = numberOf(facts, 'ytm', 'yield', 'y');
  const compounding = /cont/i.test(textOf(facts, 'compounding') ?? '') ? 'continuous' : frequency;
  const clean = numberOf(facts, 'clean', 'clean_price') ?? Number.NaN;
  const found =
    rate === undefined
      ? bondAtPrice(bond, settlement, clean, compounding)
      : bondAtYield(bond, settlement, rate, compounding);
  return found.ok ? found.value : found.fault.detail;
}

function bondChecks(facts: Facts, wanted: Facts, quantLib: boolean, tolerance: number): Check[] {
  const value = bondOf(facts, quantLib);
  const name = textOf(facts, 'name') ?? 'bond';
  if (typeof value === 'string') return [same(`${name} is priced`, value, 'a price')];
  const checks = Object.entries(figures(value, quantLib)).flatMap(([figure, found]) =>
    typeof wanted[figure] === 'number'
      ? [agrees(`${name} ${figure}`, found, wanted[figure], tolerance)]
      : [],
  );
  const back = numberOf(wanted, 'ytm_back');
  if (back !== undefined) {
    const { ytm: _, ...unknown } = facts;
    const again = bondOf({ ...unknown, clean: value.clean }, quantLib);
    checks.push(
      agrees(`${name} ytm back`, typeof again === 'string' ? null : again.yield, back, tolerance),
    );
  }
  const coupons = Array.isArray(wanted['coupons']) ? (wanted['coupons'] as unknown[][]) : [];
  for (const [i, [day, amount]] of coupons.entries()) {
    const flow = value.flows[i];
    checks.push(same(`${name} coupon ${i + 1} day`, flow?.day, day));
    checks.push(agrees(`${name} coupon ${i + 1}`, flow?.coupon, amount, tolerance));
  }
  return checks;
}

/** Bonds by dates in `cases`, or one of whole periods in the input. */
export function bondCase(golden: GoldenCase, tolerance: number): Outcome {
  const input = factsOf(golden['input']);
  const expected = expectedOf(golden);
  const quantLib = /quantlib/i.test(String(golden['produced_by']));
  const rows = [...listOf(expected['cases']), ...listOf(input['cases'])];
  const checks =
    rows.length > 0
      ? rows.flatMap((row) =>
          bondChecks(
            { ...input, ...row },
            { ...row, ...factsOf(row['expected']) },
            quantLib,
            tolerance,
          ),
        )
      : bondChecks({ ...expected, ...input }, expected, quantLib, tolerance);
  const listed = checks.length > 0 ? [] : ['no figure of a bond that is known'];
  return { checks, listed };
}

const counts: Readonly<Record<string, DayCount>> = {
  ACT360: 'act/360',
  ACT365F: 'act/365f',
  ACT365: 'act/365f',
  ACT36525: 'act/365.25',
  ACTACT_ISDA: 'act/act-isda',
  ACTACTISDA: 'act/act-isda',
  ACTACT_AFB: 'act/act-afb',
  T30360: '30/360',
  T30360_US: '30/360',
  T30360_BONDBASIS: '30/360',
  T30E360: '30e/360',
  T30360_EU: '30e/360',
  T30E360_ISDA: '30e/360-isda',
  T30360_ISDA: '30e/360-isda',
  NL365: 'nl/365',
};

/** Year fractions of pairs of days by every day count that a row names. */
export function dayCountCase(golden: GoldenCase, tolerance: number): Outcome {
  const listed = new Set<string>();
  const expected = expectedOf(golden);
  const input = factsOf(golden['input']);
  const cases = listOf(expected['cases']);
  const rows = cases.length > 0 ? cases : [{ ...input, ...expected }];
  const checks = rows.flatMap((row) => {
    const start = dayText(textOf(row, 'start', 'from', 'd1') ?? '');
    const end = dayText(textOf(row, 'end', 'to', 'd2') ?? '');
    return Object.entries(row).flatMap(([name, wanted]) => {
      if (typeof wanted !== 'number') return [];
      const count = counts[name.toUpperCase()];
      if (!count) {
        listed.add(`${name} is no day count of ours`);
        return [];
      }
      const found = addDays(start, 0) === start ? yearFraction(start, end, count) : null;
      return [agrees(`${start} to ${end} ${name}`, found, wanted, tolerance)];
    });
  });
  return { checks, listed: [...listed] };
}
