import {
  effectiveRate,
  futureValue,
  fxForward,
  fxReturn,
  internalRate,
  modifiedInternalRate,
  netPresentValue,
  nominalRate,
  paymentOf,
  periodsOf,
  presentValueOf,
} from '@plimsoll/analytics/pricing';
import { expectedOf, type Facts, factsOf, listOf, numberOf, numbersOf } from '../../case-facts.ts';
import type { Check } from '../../check.ts';
import { agrees } from '../../check.ts';
import type { GoldenCase } from '../../golden-case.ts';
import type { Outcome } from '../../runner.ts';

/** `200k` is 200,000; `6pct` is 0.06. */
function amount(text: string): number {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?)(k|m|pct)?$/.exec(text) ?? [];
  const scale: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, pct: 0.01 };
  return Number(digits) * (scale[unit] ?? 1);
}

const timesAYear: Readonly<Record<string, number>> = {
  monthly: 12,
  quarterly: 4,
  semiannual: 2,
  semiannually: 2,
  weekly: 52,
  daily: 365,
};

/** Numbers that a name holds: the rate a period, the number of periods, the amount. */
function numbersIn(words: readonly string[]): { rate: number; periods: number; size: number } {
  const months = words.find((word) => /^\d+m$/.test(word));
  const percent = words.find((word) => /pct$/.test(word));
  const plain = words.filter((word) => /^\d+(\.\d+)?k?$/.test(word));
  const yearly = percent ? amount(percent) : 0;
  return {
    rate: months ? yearly / 12 : yearly,
    periods: months ? Number(months.slice(0, -1)) : amount(plain[1] ?? ''),
    size: amount(plain[0] ?? ''),
  };
}

/** A figure whose name says its terms, as `pmt_200k_6pct_360m`; else the input or the usual example. */
function tvmFigure(name: string, input: Facts): number | null | undefined {
  const words = name.split('_');
  const { rate, periods, size } = numbersIn(words);
  const due = false;
  if (name.startsWith('pmt')) {
    return paymentOf({ rate, periods, present: -size, future: 0, due }).value;
  }
  if (name.startsWith('fv')) return futureValue({ rate, periods, present: 0, payment: -size, due });
  if (name.startsWith('pv'))
    return presentValueOf({ rate, periods, payment: -size, future: 0, due });
  if (name.startsWith('nper')) {
    return periodsOf({
      rate: numberOf(input, 'rate', 'nper_rate') ?? 0.01,
      payment: numberOf(input, 'pmt', 'payment') ?? 100,
      present: -(numberOf(input, 'pv', 'present') ?? 5000),
      future: 0,
      due,
    }).value;
  }
  const times = timesAYear[words.at(-1) ?? ''];
  if (name.startsWith('effective') && times) return effectiveRate(rate, times);
  if (name.startsWith('nominal') && times) return nominalRate(rate, times);
  if (name.startsWith('fx_forward')) {
    return fxForward(
      numberOf(input, 'spot', 'fx_spot', 'S') ?? 1.1,
      numberOf(input, 'r_dom', 'r_domestic', 'rd', 'r_d', 'domestic', 'home') ?? 0.01,
      numberOf(input, 'r_for', 'r_foreign', 'rf', 'r_f', 'foreign') ?? 0,
      numberOf(input, 'T', 'years', 'T_years') ?? 1,
      'continuous',
    );
  }
  return undefined;
}

export function timeValueCase(golden: GoldenCase, tolerance: number): Outcome {
  const input = factsOf(golden['input']);
  const checks: Check[] = [];
  const listed: string[] = [];
  for (const [name, wanted] of Object.entries(expectedOf(golden))) {
    const found = tvmFigure(name, input);
    if (found === undefined) listed.push(`${name} says no terms that are known`);
    else checks.push(agrees(name, found, wanted, tolerance));
  }
  return { checks, listed };
}

const rows = (value: unknown): readonly Facts[] =>
  Array.isArray(value) ? listOf(value) : value === undefined ? [] : [factsOf(value)];

/** Internal rates of flows at equal distances, plain and modified. */
export function internalRateCase(golden: GoldenCase, tolerance: number): Outcome {
  const expected = expectedOf(golden);
  const checks: Check[] = [];
  for (const row of rows(expected['irr'] ?? expected['cases'])) {
    const flows = numbersOf(row['flows']);
    const wanted = row['irr'] ?? null;
    const found = internalRate(flows, typeof wanted === 'number' ? wanted : 0.1);
    checks.push(agrees(`irr of ${flows.join(', ')}`, found.value, wanted, tolerance));
  }
  for (const row of rows(expected['mirr'])) {
    const finance = numberOf(row, 'finance', 'finance_rate') ?? 0;
    const reinvest = numberOf(row, 'reinvest', 'reinvest_rate') ?? 0;
    const found = modifiedInternalRate(numbersOf(row['flows']), finance, reinvest);
    checks.push(agrees('mirr', found.value, row['value'] ?? row['mirr'], tolerance));
  }
  for (const row of rows(expected['npv'])) {
    const found = netPresentValue(numberOf(row, 'rate', 'r') ?? 0, numbersOf(row['flows']));
    checks.push(agrees('npv', found, row['value'] ?? row['npv'], tolerance));
  }
  return { checks, listed: [] };
}

/** The return of a foreign holding and its parts. */
export function foreignReturnCase(golden: GoldenCase, tolerance: number): Outcome {
  const input = factsOf(golden['input']);
  const expected = expectedOf(golden);
  const split = fxReturn(
    numberOf(input, 'local_return', 'local') ?? 0,
    numberOf(input, 'fx_start') ?? 1,
    numberOf(input, 'fx_end') ?? 1,
  );
  const found: Readonly<Record<string, number>> = {
    base_return: split.base,
    local_return: split.local,
    fx_return: split.fx,
    cross: split.cross,
    cross_term: split.cross,
  };
  const names = Object.keys(expected);
  return {
    checks: names.flatMap((name) =>
      name in found ? [agrees(name, found[name], expected[name], tolerance)] : [],
    ),
    listed: names.filter((name) => !(name in found)).map((name) => `${name} is no part of ours`),
  };
}
