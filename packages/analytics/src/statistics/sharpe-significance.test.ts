import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  autocorrelatedSharpeScale,
  deflatedSharpe,
  expectedMaximumSharpe,
  minimumTrackRecord,
  probabilisticSharpe,
  sharpeStandardError,
} from './sharpe-significance.ts';

describe('significance of a Sharpe ratio', () => {
  it('is that of the example of Bailey and López de Prado (2014)', () => {
    const of = { sharpe: 2.5 / Math.sqrt(250), n: 1250, skewness: -3, kurtosis: 10 };
    expect(expectedMaximumSharpe(100, 0.5 / 250)).toBeCloseTo(0.1132, 4);
    expect(deflatedSharpe(of, 100, 0.5 / 250)).toBeCloseTo(0.9004, 4);
  });

  it('has a track record at whose length it is just as sure as asked', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.02, max: 0.3, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.double({ min: 3, max: 12, noNaN: true }),
        (sharpe, skewness, kurtosis) => {
          const n = minimumTrackRecord({ sharpe, n: 0, skewness, kurtosis }, 0.01, 0.95);
          const sure = probabilisticSharpe({ sharpe, n, skewness, kurtosis }, 0.01);
          expect(sure).toBeCloseTo(0.95, 10);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('shrinks with trials, and one trial takes nothing off', () => {
    const of = { sharpe: 0.1, n: 500, skewness: -0.5, kurtosis: 6 };
    expect(deflatedSharpe(of, 1, 0.01)).toBe(probabilisticSharpe(of));
    const by = [1, 5, 50, 500].map((trials) => deflatedSharpe(of, trials, 0.001));
    expect(by).toEqual(by.toSorted((a, b) => b - a));
  });

  it('has the normal standard error of Lo (2002) without skewness and fat tails', () => {
    const error = sharpeStandardError({ sharpe: 0.1, n: 1001, skewness: 0, kurtosis: 3 });
    expect(error).toBeCloseTo(Math.sqrt((1 + 0.1 ** 2 / 2) / 1000), 14);
  });

  it('has none where no distribution has such moments, and no track record for a loss', () => {
    const odd = { sharpe: 1, n: 10, skewness: 5, kurtosis: 1 };
    expect(sharpeStandardError(odd)).toBeNaN();
    expect(minimumTrackRecord({ ...odd, sharpe: -0.1 })).toBeNaN();
  });

  it('scales by the root of the periods only without autocorrelation', () => {
    expect(autocorrelatedSharpeScale(new Float64Array(5), 12)).toBeCloseTo(Math.sqrt(12), 14);
    expect(autocorrelatedSharpeScale(Float64Array.of(0.2), 12)).toBeLessThan(Math.sqrt(12));
    expect(autocorrelatedSharpeScale(Float64Array.of(-0.9, 0.1), 12)).toBeNaN();
  });
});
