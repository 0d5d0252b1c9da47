import { seededRandom } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combinations } from './combinations.ts';
import { fractionalDifference, fractionalWeights } from './fractional-difference.ts';
import { overfittingProbability } from './overfitting-probability.ts';

const noise = (seed: number, n: number, trials: number, drift = 0): Float64Array => {
  const random = seededRandom(seed);
  return Float64Array.from(
    { length: n * trials },
    (_, i) => 0.01 * random.normal() + (i % trials === 0 ? drift : 0),
  );
};

function found(returns: Float64Array, trials: number, blocks: number) {
  const result = overfittingProbability(returns, trials, blocks, 'sharpe');
  if (!result.ok) throw new Error(result.fault.detail);
  return result.value;
}

/** The same from the definition: rows of each half, their Sharpe ratios, the rank. */
function slowly(returns: Float64Array, trials: number, blocks: number): number[] {
  const n = returns.length / trials;
  const length = n / blocks;
  const sharpe = (chosen: readonly number[], j: number): number => {
    const rows = chosen.flatMap((b) => Array.from({ length }, (_, t) => b * length + t));
    const values = rows.map((t) => returns[t * trials + j] ?? 0);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const squares = values.reduce((a, b) => a + (b - mean) ** 2, 0);
    return mean / Math.sqrt(squares / (values.length - 1));
  };
  const all = Array.from({ length: trials }, (_, j) => j);
  return [...combinations(blocks, blocks / 2)].map((chosen) => {
    const others = Array.from({ length: blocks }, (_, b) => b).filter((b) => !chosen.includes(b));
    const inside = all.map((j) => sharpe(chosen, j));
    const outside = all.map((j) => sharpe(others, j));
    const best = inside.indexOf(Math.max(...inside));
    const rank = outside.filter((each) => each <= (outside[best] ?? 0)).length / (trials + 1);
    return Math.log(rank / (1 - rank));
  });
}

describe('probability of overfitting', () => {
  it('is that of the definition', () => {
    const returns = noise(3, 48, 7);
    const { logits, probability } = found(returns, 7, 6);
    const wanted = slowly(returns, 7, 6);
    for (const [i, logit] of wanted.entries()) expect(logits[i]).toBeCloseTo(logit, 12);
    expect(probability).toBe(wanted.filter((each) => each <= 0).length / wanted.length);
  });

  it('is 0 where one trial is better through and through, and never leaves [0, 1]', () => {
    expect(found(noise(5, 240, 10, 0.02), 10, 8).probability).toBe(0);
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { probability, probabilityOfLoss } = found(noise(seed, 64, 5), 5, 8);
        expect(Math.min(probability, probabilityOfLoss)).toBeGreaterThanOrEqual(0);
        expect(Math.max(probability, probabilityOfLoss)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 20 },
    );
  });

  it('does not depend on the order of trials, nor on their scale', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const returns = noise(seed, 64, 5);
        const turned = returns.map((_, i) => 3 * (returns[i - (i % 5) + ((i + 2) % 5)] ?? 0));
        expect(found(turned, 5, 8).probability).toBe(found(returns, 5, 8).probability);
      }),
      { numRuns: 20 },
    );
  });

  it('says what it left out, and refuses what has no halves', () => {
    expect(found(noise(1, 50, 3), 3, 4).leftOut).toBe(2);
    const odd = overfittingProbability(noise(1, 50, 3), 3, 5, 'mean');
    expect(odd.ok ? '' : odd.fault.code).toBe('overfitting.shape');
    const alone = overfittingProbability(noise(1, 50, 1), 1, 4, 'mean');
    expect(alone.ok ? '' : alone.fault.code).toBe('overfitting.shape');
  });
});

describe('fractional differences', () => {
  it('are the series for 0 and its plain differences for 1', () => {
    expect([...fractionalWeights(0, 4)].map(Math.abs)).toEqual([1, 0, 0, 0]);
    expect([...fractionalWeights(1, 4)].map((each) => each + 0)).toEqual([1, -1, 0, 0]);
    const found = fractionalDifference(Float64Array.of(1, 3, 6, 10), 1, 1e-9);
    expect(found.ok && [...found.value.values]).toEqual([2, 3, 4]);
  });

  it('add up: of order a after order b is of order a + b', () => {
    const order = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(order, order, (a, b) => {
        const [first, second, both] = [a, b, a + b].map((d) => fractionalWeights(d, 12));
        for (let k = 0; k < 12; k++) {
          let sum = 0;
          for (let j = 0; j <= k; j++) sum += (first?.[j] ?? 0) * (second?.[k - j] ?? 0);
          expect(Math.abs(sum - (both?.[k] ?? 0))).toBeLessThan(1e-12);
        }
      }),
    );
  });

  it('refuse a window longer than the series', () => {
    const found = fractionalDifference(new Float64Array(20), 0.4, 1e-5);
    expect(found.ok ? '' : found.fault.code).toBe('difference.window');
  });
});
