import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fxForward, fxReturn } from './foreign-exchange.ts';
import {
  effectiveRate,
  futureValue,
  internalRate,
  modifiedInternalRate,
  netPresentValue,
  nominalRate,
  paymentOf,
  periodsOf,
  presentValueOf,
  rateOf,
} from './time-value.ts';

const double = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('the annuity equation', () => {
  // Excel's documentation and mpmath.
  it('pays off a mortgage', () => {
    const terms = { rate: 0.06 / 12, periods: 360, present: -200_000, future: 0, due: false };
    expect(paymentOf(terms).value).toBeCloseTo(1199.1010503055047, 9);
  });

  it('agrees with itself, whichever number is asked for', () => {
    const annuities = fc.record({
      rate: fc.oneof(double(-0.05, 0.3), fc.constant(0)),
      periods: double(1, 60),
      present: double(-1000, 1000),
      payment: double(1, 100),
      due: fc.boolean(),
    });
    fc.assert(
      fc.property(annuities, (terms) => {
        const future = futureValue(terms);
        const scale = 1e-9 * (1 + Math.abs(future) + Math.abs(terms.present));
        expect(Math.abs((paymentOf({ ...terms, future }).value ?? 0) - terms.payment)).toBeLessThan(
          scale,
        );
        const growth = (1 + terms.rate) ** -terms.periods;
        expect(
          Math.abs(presentValueOf({ ...terms, future }) - terms.present) / (1 + growth),
        ).toBeLessThan(scale);
      }),
    );
  });

  it('counts periods', () => {
    const terms = { rate: 0.01, present: -5000, payment: 100, future: 0, due: false };
    expect(periodsOf(terms).value).toBeCloseTo(69.66071689357489, 10);
    expect(periodsOf({ ...terms, rate: 0 }).value).toBe(50);
    expect(periodsOf({ ...terms, payment: 40 }).value).toBeNull();
  });

  it('finds the interest of a loan', () => {
    const terms = {
      periods: 360,
      present: 200_000,
      payment: -1199.1010503055047,
      future: 0,
      due: false,
    };
    expect(rateOf(terms).value).toBeCloseTo(0.005, 14);
    expect(rateOf({ ...terms, payment: 100 }).value).toBeNull();
    const saved = { periods: 5, present: -100, payment: 0, future: 80, due: false };
    expect(rateOf(saved).value).toBeCloseTo(0.8 ** 0.2 - 1, 14);
  });

  it('turns nominal into effective rates and back', () => {
    expect(effectiveRate(0.12, 12)).toBeCloseTo(0.12682503013196972, 15);
    expect(nominalRate(effectiveRate(0.07, 4), 4)).toBeCloseTo(0.07, 15);
  });
});

describe('internal rates', () => {
  // numpy-financial's documentation.
  it.each([
    [[-100, 39, 59, 55, 20], 0.2809484211599611],
    [[-100, 0, 0, 74], -0.09549583034897252],
  ])('of %o', (flows, rate) => {
    expect(internalRate(flows, 0.1).value).toBeCloseTo(rate, 12);
    expect(netPresentValue(rate, flows)).toBeCloseTo(0, 10);
  });

  it('names the number of rates, and none where there is none', () => {
    expect(internalRate([-1000, 2500, -1540], 0).roots).toBe(2);
    expect(internalRate([100, 50], 0)).toMatchObject({ value: null, roots: 0 });
  });

  // Microsoft's documentation of MIRR: 12.61 %.
  it('reinvests at another rate', () => {
    const flows = [-120_000, 39_000, 30_000, 21_000, 37_000, 46_000];
    expect(modifiedInternalRate(flows, 0.1, 0.12).value).toBeCloseTo(0.12609413036590514, 13);
    expect(modifiedInternalRate([100, 50], 0.1, 0.12).value).toBeNull();
  });
});

describe('foreign exchange', () => {
  it('leaves nothing to gain between the two currencies', () => {
    fc.assert(
      fc.property(
        double(0.1, 10),
        double(-0.02, 0.2),
        double(-0.02, 0.2),
        double(0.1, 10),
        (s, h, f, t) => {
          for (const interest of ['continuous', 'simple', 'annual'] as const) {
            const there = fxForward(s, h, f, t, interest);
            const back = fxForward(1 / s, f, h, t, interest);
            expect(Math.abs(there * back - 1)).toBeLessThan(1e-12);
          }
        },
      ),
    );
  });

  it('splits a return into parts that add up', () => {
    const split = fxReturn(0.08, 1.1, 1.04);
    expect(split.base).toBeCloseTo(0.02109090909090927, 15);
    expect(split.local + split.fx + split.cross).toBeCloseTo(split.base, 15);
  });
});
