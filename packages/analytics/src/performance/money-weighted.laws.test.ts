import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CashFlowAt, moneyWeightedReturn } from './money-weighted.ts';

const runs = { numRuns: 1000 };

/** Flows worked forward from known rates: what is left at the end is what the rate makes of them. */
const paidAt = (rate: number, flows: readonly CashFlowAt[], last: number): CashFlowAt[] => {
  const left = flows.reduce(
    (sum, { day, amount }) => sum - amount * (1 + rate) ** ((last - day) / 365),
    0,
  );
  return [...flows, { day: last, amount: left }];
};

const rateOf = (flows: readonly CashFlowAt[], guess = 0): number => {
  const found = moneyWeightedReturn(flows, guess);
  if (!found.ok) throw new Error(found.reason);
  return found.rate;
};

describe('money-weighted return', { timeout: 60_000 }, () => {
  it('is the rate that the flows were made with', () => {
    const payment = fc.record({
      day: fc.integer({ min: 0, max: 3000 }),
      amount: fc.double({ min: -1e5, max: -1, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(payment, { minLength: 1, maxLength: 20 }),
        fc.double({ min: -0.95, max: 4, noNaN: true }),
        fc.integer({ min: 1, max: 4000 }),
        (payments, rate, span) => {
          const last = Math.max(...payments.map(({ day }) => day)) + span;
          const flows = paidAt(rate, payments, last);
          if (!Number.isFinite(flows.at(-1)?.amount) || (flows.at(-1)?.amount ?? 0) <= 0) return;
          expect(Math.abs(rateOf(flows) - rate)).toBeLessThan(1e-7 * (1 + Math.abs(rate)));
        },
      ),
      runs,
    );
  });

  it('does not change with the size of the money, nor with days that have no flow', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.9, max: 3, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        (rate, k) => {
          const flows = paidAt(
            rate,
            [
              { day: 0, amount: -100 },
              { day: 90, amount: -40 },
            ],
            800,
          );
          const many = flows.map(({ day, amount }) => ({ day, amount: amount * k }));
          expect(Math.abs(rateOf(many) - rate)).toBeLessThan(1e-8 * (1 + rate));
          expect(rateOf([...flows, { day: 400, amount: 0 }])).toBe(rateOf(flows));
        },
      ),
      runs,
    );
  });

  it.each([
    ['one day', 1, 0.004],
    ['one day lost nearly whole', 1, -0.9],
    ['a week', 7, 0.5],
    ['a century', 36_500, 150],
    ['near total loss', 900, -0.999_99],
  ])('holds over %s', (_, days, gained) => {
    const found = rateOf([
      { day: 0, amount: -1000 },
      { day: days, amount: 1000 * (1 + gained) },
    ]);
    const wanted = (1 + gained) ** (365 / days) - 1;
    expect(Math.abs(found - wanted)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(wanted)));
  });

  it('finds two roots, however near, and takes the one near the guess', () => {
    const apart = [
      { day: 0, amount: -1000 },
      { day: 365, amount: 2500 },
      { day: 730, amount: -1540 },
    ];
    expect(moneyWeightedReturn(apart, 0)).toMatchObject({ ok: true, roots: 2 });
    expect(rateOf(apart, 0)).toBeCloseTo(0.1, 9);
    expect(rateOf(apart, 0.5)).toBeCloseTo(0.4, 9);
    // (1 + ρ) is 1.10 or 1.11: −1 + 2.21 ÷ (1 + ρ) − 1.221 ÷ (1 + ρ)² = 0
    const near = [
      { day: 0, amount: -1000 },
      { day: 365, amount: 2210 },
      { day: 730, amount: -1221 },
    ];
    expect(moneyWeightedReturn(near, 0)).toMatchObject({ ok: true, roots: 2 });
    expect(rateOf(near, 0)).toBeCloseTo(0.1, 8);
    expect(rateOf(near, 1)).toBeCloseTo(0.11, 8);
  });

  it('says why there is none', () => {
    const same = moneyWeightedReturn(
      [
        { day: 0, amount: -5 },
        { day: 9, amount: -1 },
      ],
      0,
    );
    expect(same).toMatchObject({ ok: false, reason: expect.stringContaining('never change sign') });
    const today = moneyWeightedReturn(
      [
        { day: 0, amount: -5 },
        { day: 0, amount: 6 },
      ],
      0,
    );
    expect(today).toMatchObject({ ok: false, reason: expect.stringContaining('one day') });
    const none = moneyWeightedReturn(
      [
        { day: 0, amount: -1000 },
        { day: 365, amount: 2000 },
        { day: 730, amount: -2000 },
      ],
      0,
    );
    expect(none).toMatchObject({ ok: false, reason: expect.stringContaining('No rate') });
    const wild = moneyWeightedReturn(
      [
        { day: 0, amount: -1 },
        { day: 1, amount: 100 },
      ],
      0,
    );
    expect(wild).toMatchObject({ ok: false, reason: expect.stringContaining('too large') });
  });
});
