import { seededRandom } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import { type BootstrapOptions, blockLength, bootstrap, drawPlaces } from './bootstrap.ts';
import type { Metric } from './metric.ts';
import { metricById } from './metric-by-id.ts';
import { ReturnSample } from './return-sample.ts';

const random = seededRandom(7);
const returns = Float64Array.from({ length: 400 }, () => 0.0005 + 0.01 * random.normal());
const sample = new ReturnSample({ returns });
const metric = (id: string): Metric => {
  const found = metricById(id);
  if (!found) throw new Error(`no metric ${id}`);
  return found;
};
const options: BootstrapOptions = {
  method: 'stationary',
  block: 5,
  draws: 400,
  seed: 3,
  level: 0.9,
  interval: 'percentile',
};

describe('bootstrap', () => {
  it('gives the same bits for the same seed, and others for another', () => {
    const once = bootstrap(sample, [metric('sharpe')], options);
    expect(bootstrap(sample, [metric('sharpe')], options)).toEqual(once);
    expect(bootstrap(sample, [metric('sharpe')], { ...options, seed: 4 })).not.toEqual(once);
  });

  it('has the standard error of a mean of independent returns', () => {
    const [found] = bootstrap(sample, [metric('mean-return')], {
      ...options,
      method: 'independent',
      draws: 4000,
    });
    const expected = sample.deviation / Math.sqrt(sample.n);
    expect((found?.standardError.value ?? 0) / expected).toBeCloseTo(1, 1);
    expect(found?.low.value).toBeLessThan(found?.estimate.value ?? 0);
    expect(found?.high.value).toBeGreaterThan(found?.estimate.value ?? 0);
  });

  it('mirrors percentiles about the estimate where asked', () => {
    const [direct] = bootstrap(sample, [metric('volatility')], options);
    const [basic] = bootstrap(sample, [metric('volatility')], { ...options, interval: 'basic' });
    const twice = 2 * (direct?.estimate.value ?? Number.NaN);
    expect(basic?.low.value).toBeCloseTo(twice - (direct?.high.value ?? 0), 14);
    expect(basic?.high.value).toBeCloseTo(twice - (direct?.low.value ?? 0), 14);
  });

  it('moves percentiles by the bias, and not at all where there is none', () => {
    const corrected = { ...options, interval: 'bias-corrected', draws: 2000 } as const;
    const [mean] = bootstrap(sample, [metric('mean-return')], corrected);
    const [plain] = bootstrap(sample, [metric('mean-return')], { ...options, draws: 2000 });
    const width = (plain?.high.value ?? 0) - (plain?.low.value ?? 0);
    expect(Math.abs((mean?.low.value ?? 0) - (plain?.low.value ?? 0)) / width).toBeLessThan(0.1);
    // All draws equal the figure: half of them count as below it.
    const flat = new ReturnSample({ returns: Float64Array.of(0.01, 0.02, 0.03, 0.04) });
    const [losses] = bootstrap(flat, [metric('longest-losses')], corrected);
    expect([losses?.low.value, losses?.high.value]).toEqual([0, 0]);
    // The greatest of the returns is never beaten by a draw of them.
    const [best] = bootstrap(sample, [metric('best')], corrected);
    expect(best?.low.value).toBeLessThanOrEqual(best?.estimate.value ?? 0);
    expect(best?.high.value).toBe(best?.estimate.value);
  });

  it('draws blocks around the end, of one length or of a mean length', () => {
    const places = new Int32Array(1000);
    drawPlaces(places, seededRandom(1), { method: 'circular', block: 10 });
    for (let t = 1; t < 1000; t++) {
      if (t % 10 !== 0) expect(places[t]).toBe(((places[t - 1] ?? 0) + 1) % 1000);
    }
    drawPlaces(places, seededRandom(1), { method: 'stationary', block: 10 });
    const breaks = [...places].filter((at, t) => t > 0 && at !== ((places[t - 1] ?? 0) + 1) % 1000);
    expect(breaks.length).toBeGreaterThan(70);
    expect(breaks.length).toBeLessThan(130);
  });

  it('draws a benchmark together with the returns', () => {
    const both = new ReturnSample({ returns, benchmark: returns.map((r) => r / 2) });
    const [beta] = bootstrap(both, [metric('beta')], options);
    expect(beta?.low.value).toBeCloseTo(2, 10);
    expect(beta?.high.value).toBeCloseTo(2, 10);
  });

  it('has no interval for what is not defined, nor for months', () => {
    const flat = new ReturnSample({ returns: new Float64Array(50).fill(0.001) });
    const [sharpe, month] = bootstrap(flat, [metric('sharpe'), metric('best-month')], options);
    expect(sharpe?.low.value).toBeNull();
    expect(sharpe?.low.why).toBe('the returns do not vary beyond the risk-free rate');
    expect(month?.low.why).toBe('needs a day for each return');
  });

  it('takes longer blocks the longer returns remember', () => {
    const draws = seededRandom(11);
    let level = 0;
    const slow = Float64Array.from({ length: 2000 }, () => {
      level = 0.9 * level + draws.normal();
      return level;
    });
    const fast = Float64Array.from({ length: 2000 }, () => draws.normal());
    expect(blockLength(slow, 'stationary')).toBeGreaterThan(15);
    expect(blockLength(fast, 'stationary')).toBeLessThan(6);
    expect(blockLength(slow, 'circular')).toBeGreaterThan(blockLength(slow, 'stationary'));
    expect(blockLength(new Float64Array(100), 'stationary')).toBe(1);
  });
});
