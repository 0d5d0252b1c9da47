import type { Match } from '@plimsoll/domain';
import { decimal, whole } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import { closings } from './closings.ts';
import { holdingsOnlyReturn } from './holdings-only.ts';
import { incomeRate } from './income-rate.ts';
import { periodVolatility } from './period-volatility.ts';
import { longestDrawdown, longestRecovery } from './underwater.ts';
import { whyNoReturn } from './why-no-return.ts';

const match = (fields: Partial<Match>): Match => ({
  closedBy: 's',
  closedOn: 365,
  accountId: 'a',
  instrumentId: 'X',
  openedBy: 'b',
  openedOn: 0,
  quantity: whole(5),
  currency: 'EUR',
  cost: whole(500),
  baseCost: whole(500),
  baseProceeds: whole(900),
  gain: whole(400),
  fx: 0n,
  ...fields,
});

describe('closings', () => {
  it('gather what one transaction closed, with its yearly return', () => {
    const [first, second] = closings([
      match({}),
      match({ openedBy: 'c', baseCost: whole(100), baseProceeds: whole(300) }),
      match({ closedBy: 't', quantity: whole(-3), baseCost: whole(-60), baseProceeds: whole(-15) }),
    ]);
    expect(first).toMatchObject({
      entry: whole(600),
      exit: whole(1200),
      profit: whole(600),
      return: 1,
    });
    expect(first?.moneyWeighted).toMatchObject({ ok: true });
    expect(second).toMatchObject({
      short: true,
      quantity: whole(3),
      entry: whole(60),
      exit: whole(15),
      profit: whole(45),
      return: 0.75,
    });
    if (second?.moneyWeighted.ok) expect(second.moneyWeighted.rate).toBeCloseTo(0.75, 9);
  });

  it('have no return on nothing', () => {
    expect(closings([match({ baseCost: 0n })])[0]).toMatchObject({ return: null });
  });
});

describe('time under water', () => {
  it('runs from a high to the first day above it, or to the end', () => {
    expect(longestDrawdown(Float64Array.of(0.1, 0.05, 0.1, 0.2, 0.1))).toEqual({ from: 0, to: 3 });
    expect(longestDrawdown(Float64Array.of(-0.1, -0.2))).toEqual({ from: -1, to: 1 });
    expect(longestDrawdown(new Float64Array(0))).toBeNull();
  });

  it('and back up from the lowest point', () => {
    expect(longestRecovery(Float64Array.of(-0.2, -0.1, 0, 0.1, -0.1, 0.2))).toEqual({
      from: 0,
      to: 2,
    });
    expect(longestRecovery(Float64Array.of(0.1, 0.2, 0.1))).toBeNull();
  });
});

describe('volatility of a period', () => {
  it('needs two days that did not lose everything', () => {
    expect(periodVolatility(Float64Array.of(0.1), Int32Array.of(0))).toBeNull();
    expect(periodVolatility(Float64Array.of(0.1, -1), Int32Array.of(0, 1))).toBeNull();
    const even = periodVolatility(Float64Array.of(0.1, 0.1), Int32Array.of(0, 1));
    expect(even?.volatility).toBeCloseTo(0, 12);
  });
});

describe('income as a rate', () => {
  const paid = (...days: number[]) => days.map((day) => ({ day, amount: 10, cost: 400 }));

  it.each([
    ['monthly', [0, 31, 60, 91], 0.3],
    ['quarterly', [0, 92, 183, 275], 0.1],
    ['semiannual', [0, 181, 365], 0.05],
    ['annual', [0, 370], 0.025],
  ] as const)('is yearly by a %s rhythm', (periodicity, days, ratePerYear) => {
    const found = incomeRate(paid(...days));
    expect(found.periodicity).toBe(periodicity);
    expect(found.ratePerYear).toBeCloseTo(ratePerYear, 12);
  });

  it('is unknown without a rhythm', () => {
    expect(incomeRate(paid(0))).toEqual({ periodicity: 'unknown', ratePerYear: null });
    expect(incomeRate(paid(0, 50, 100))).toEqual({ periodicity: 'irregular', ratePerYear: null });
  });
});

describe('returns that mean nothing', () => {
  it('say why', () => {
    expect(whyNoReturn({ withoutCapital: [], negativeAt: -1 }, 0)).toBeNull();
    expect(whyNoReturn({ withoutCapital: [], negativeAt: 1 }, 0)).toContain('1970-01-02');
    expect(holdingsOnlyReturn(decimal('90'), whole(100))).toMatchObject({
      simple: -0.1,
      twr: null,
    });
    expect(holdingsOnlyReturn(whole(1), 0n).simple).toBeNull();
  });
});
