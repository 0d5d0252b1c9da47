import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bootstrapCurve,
  type CurveQuote,
  discountFactor,
  forwardRate,
  type Interpolation,
  parRate,
  quoteGap,
  zeroRate,
} from './discount-curve.ts';
import { fitNelsonSiegel, nelsonSiegelForward, nelsonSiegelRate } from './nelson-siegel.ts';

const interpolations: readonly Interpolation[] = ['log-linear', 'linear-zero', 'log-cubic'];

function built(quotes: readonly CurveQuote[], interpolation: Interpolation) {
  const found = bootstrapCurve(quotes, interpolation);
  if (!found.ok) throw new Error(found.fault.detail);
  return found.value;
}

const par = (years: number, rate: number): CurveQuote => ({
  kind: 'par',
  years,
  rate,
  frequency: 1,
});

describe('a curve from par rates', () => {
  it('has the discount factors of the textbook recursion', () => {
    const curve = built([par(1, 0.02), par(2, 0.022), par(3, 0.025)], 'log-linear');
    expect(curve.discount[0]).toBeCloseTo(1 / 1.02, 15);
    expect(curve.discount[1]).toBeCloseTo((1 - 0.022 / 1.02) / 1.022, 15);
    expect(zeroRate(curve, 3, 1)).toBeCloseTo(0.0250927842248041, 14);
    expect(forwardRate(curve, 1, 2, 1)).toBeCloseTo(0.024048096192384794, 14);
    expect(parRate(curve, 3, 1)).toBeCloseTo(0.025, 15);
  });

  it('reprices every quote, with gaps between coupons too', () => {
    const rates = fc.array(fc.double({ min: -0.005, max: 0.08, noNaN: true }), {
      minLength: 4,
      maxLength: 4,
    });
    fc.assert(
      fc.property(
        rates,
        fc.constantFrom(...interpolations),
        ([a = 0, b = 0, c = 0, d = 0], kind) => {
          const quotes: CurveQuote[] = [
            { kind: 'deposit', years: 0.25, rate: a },
            { kind: 'forward', from: 0.25, years: 0.5, rate: b },
            { kind: 'par', years: 2, rate: c, frequency: 2 },
            { kind: 'par', years: 7, rate: d, frequency: 1 },
            { kind: 'zero', years: 10, rate: d, compounding: 0 },
          ];
          const curve = built(quotes, kind);
          for (const quote of quotes) expect(Math.abs(quoteGap(curve, quote))).toBeLessThan(1e-12);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is level beyond its end: in forwards, or in zero rates', () => {
    const quotes = [par(1, 0.02), par(2, 0.03)];
    const level = built(quotes, 'log-linear');
    expect(forwardRate(level, 5, 6, 0)).toBeCloseTo(forwardRate(level, 1, 2, 0), 12);
    const zero = built(quotes, 'linear-zero');
    expect(zeroRate(zero, 9, 0)).toBeCloseTo(zeroRate(zero, 2, 0), 14);
    expect(discountFactor(level, 0)).toBe(1);
  });

  it.each([
    ['no quote', []],
    ['one time twice', [par(1, 0.02), par(1, 0.03)]],
    ['a time that is not ahead', [par(0, 0.02)]],
    ['a time without end', [par(1, 0.02), par(1e300, 0.02)]],
    ['rates that nothing reprices', [par(1, 0.02), par(2, 30)]],
  ] as const)('refuses %s', (_, quotes) => {
    const found = bootstrapCurve(quotes, 'log-linear');
    expect(found.ok ? '' : found.fault.code).toBe('curve.quotes');
  });
});

describe('the curve of Nelson, Siegel and Svensson', () => {
  const curve = { level: 0.04, slope: -0.02, hump: 0.01, hump2: 0.015, decay: 1.5, decay2: 8 };
  const years = [0.25, 0.5, 1, 2, 3, 5, 7, 10, 15, 20, 30];

  it('starts at level + slope and ends at the level', () => {
    expect(nelsonSiegelRate(curve, 0)).toBeCloseTo(0.02, 15);
    expect(nelsonSiegelRate(curve, 1e9)).toBeCloseTo(0.04, 9);
  });

  it('has the average of its forwards as rate', () => {
    const steps = 20_000;
    let sum = 0;
    for (let i = 0; i < steps; i++) sum += nelsonSiegelForward(curve, (7 * (i + 0.5)) / steps);
    expect(sum / steps).toBeCloseTo(nelsonSiegelRate(curve, 7), 9);
  });

  it('is found again from its own rates', () => {
    const rates = years.map((t) => nelsonSiegelRate(curve, t));
    const fitted = fitNelsonSiegel(years, rates, true);
    if (!fitted.ok) throw new Error(fitted.fault.detail);
    expect(fitted.value.rootMeanSquare).toBeLessThan(1e-7);
    const short = fitNelsonSiegel(years, rates, false);
    if (!short.ok) throw new Error(short.fault.detail);
    expect(short.value.rootMeanSquare).toBeGreaterThan(fitted.value.rootMeanSquare);
  });

  // Least errors over a grid of 70 × 70 decays with least squares for the rest, by NumPy 1.24.
  it.each([
    [[0.052, 0.0525, 0.05, 0.046, 0.0435, 0.0415, 0.041, 0.0412, 0.0445, 0.0435], 3.66521477e-4],
    [[0.01, 0.012, 0.015, 0.02, 0.022, 0.025, 0.027, 0.028, 0.029, 0.0285], 1.91334227e-4],
    [[0.05, 0.049, 0.046, 0.041, 0.039, 0.038, 0.0385, 0.039, 0.042, 0.041], 2.36626638e-4],
    [[-0.005, -0.0055, -0.006, -0.006, -0.005, -0.002, 0, 0.003, 0.008, 0.009], 1.10447484e-4],
  ])('fits %j no worse than a grid of decays, without humps that cancel', (rates, error) => {
    const times = [0.25, 0.5, 1, 2, 3, 5, 7, 10, 20, 30];
    const fitted = fitNelsonSiegel(times, rates, true);
    if (!fitted.ok) throw new Error(fitted.fault.detail);
    const { hump, hump2 = 0, decay, decay2 = 1 } = fitted.value.curve;
    expect(fitted.value.rootMeanSquare).toBeLessThanOrEqual(error);
    expect(Math.max(Math.abs(hump), Math.abs(hump2))).toBeLessThan(0.5);
    expect(Math.abs(Math.log(decay / decay2))).toBeGreaterThan(0.18);
  });

  it('is found again wherever its decays are', () => {
    const beta = fc.double({ min: -0.05, max: 0.05, noNaN: true });
    const decay = fc.double({ min: 0.3, max: 3, noNaN: true });
    const decay2 = fc.double({ min: 4, max: 12, noNaN: true });
    fc.assert(
      fc.property(
        fc.record({ level: beta, slope: beta, hump: beta, hump2: beta, decay, decay2 }),
        (drawn) => {
          const rates = years.map((t) => nelsonSiegelRate(drawn, t));
          const fitted = fitNelsonSiegel(years, rates, true);
          expect(fitted.ok ? fitted.value.rootMeanSquare : 1).toBeLessThan(1e-7);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('refuses too few rates', () => {
    const found = fitNelsonSiegel([1, 2, 3], [0.01, 0.02, 0.03], false);
    expect(found.ok ? '' : found.fault.code).toBe('curve.points');
    const vast = fitNelsonSiegel([1, 2, 3, 4], [1e200, 1, 2, 3], false);
    expect(vast.ok ? '' : vast.fault.code).toBe('curve.points');
  });
});
