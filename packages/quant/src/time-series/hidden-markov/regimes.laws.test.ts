import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fittedOrThrow } from '../testing/fitted-or-throw.ts';
import { normals } from '../testing/simulated.ts';
import { fitRegimes, improved } from './fit-regimes.ts';
import { type GaussianRegimes, regimeProbabilities } from './forward-backward.ts';
import { viterbi } from './viterbi.ts';

const truth: GaussianRegimes = {
  means: Float64Array.of(0.5, -1),
  deviations: Float64Array.of(0.5, 2),
  transitions: Float64Array.of(0.97, 0.03, 0.08, 0.92),
  initial: Float64Array.of(0.7, 0.3),
};

function simulated(
  seed: number,
  n: number,
): { readonly x: Float64Array; readonly path: Int32Array } {
  const normal = normals(seed);
  const uniform = generator(seed + 1);
  const path = new Int32Array(n);
  let at = 0;
  const x = Float64Array.from({ length: n }, (_, t) => {
    at = uniform() < truth.transitions[2 * at] ? 0 : 1;
    path[t] = at;
    return truth.means[at] + truth.deviations[at] * normal();
  });
  return { x, path };
}

/** Uniform numbers from a multiplicative generator. */
function generator(seed: number): () => number {
  let state = (seed % 2147483646) + 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Sums over every sequence of regimes. */
function byEnumeration(
  x: Float64Array,
  { means, deviations, transitions, initial }: GaussianRegimes,
) {
  const n = x.length;
  let total = 0;
  let best = 0;
  let bestPath = 0;
  const lastIsOne = { sum: 0 };
  for (let code = 0; code < 2 ** n; code++) {
    let p = 1;
    for (let t = 0; t < n; t++) {
      const at = (code >> t) & 1;
      const before = t === 0 ? initial[at] : transitions[2 * ((code >> (t - 1)) & 1) + at];
      const z = (x[t] - means[at]) / deviations[at];
      p *= (before * Math.exp((-z * z) / 2)) / (deviations[at] * Math.sqrt(2 * Math.PI));
    }
    total += p;
    if ((code & 1) === 1) lastIsOne.sum += p;
    if (p > best) {
      best = p;
      bestPath = code;
    }
  }
  return { total, firstIsOne: lastIsOne.sum / total, bestPath };
}

describe('regimeProbabilities and viterbi', () => {
  it('are what summing over every sequence gives', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const { x } = simulated(seed, 8);
        const found = regimeProbabilities(x, truth);
        const slow = byEnumeration(x, truth);
        expect(found.logLikelihood).toBeCloseTo(Math.log(slow.total), 9);
        expect(found.smoothed[1]).toBeCloseTo(slow.firstIsOne, 9);
        const path = viterbi(x, truth);
        expect(path.reduce((code, at, t) => code + at * 2 ** t, 0)).toBe(slow.bestPath);
      }),
      { numRuns: 40 },
    );
  });

  it('sum to 1 at every step, with n − 1 moves in all', () => {
    const { x } = simulated(4, 300);
    const { filtered, smoothed, moves } = regimeProbabilities(x, truth);
    for (let t = 0; t < 300; t++) {
      expect(filtered[2 * t] + filtered[2 * t + 1]).toBeCloseTo(1, 12);
      expect(smoothed[2 * t] + smoothed[2 * t + 1]).toBeCloseTo(1, 10);
    }
    expect(moves.reduce((sum, each) => sum + each, 0)).toBeCloseTo(299, 8);
  });

  it('survive values that no regime explains', () => {
    const { logLikelihood, smoothed } = regimeProbabilities(Float64Array.of(0, 1e6, 0), truth);
    expect(Number.isFinite(logLikelihood)).toBe(true);
    expect(smoothed.every((each) => each >= 0 && each <= 1)).toBe(true);
  });
});

describe('fitRegimes', () => {
  it('never becomes less likely by a step of expectation maximisation', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const { x } = simulated(seed, 120);
        let regimes: GaussianRegimes = {
          means: Float64Array.of(1, 0),
          deviations: Float64Array.of(1, 1.5),
          transitions: Float64Array.of(0.8, 0.2, 0.3, 0.7),
          initial: Float64Array.of(0.5, 0.5),
        };
        let before = Number.NEGATIVE_INFINITY;
        for (let i = 0; i < 12; i++) {
          const found = regimeProbabilities(x, regimes);
          expect(found.logLikelihood).toBeGreaterThanOrEqual(before - 1e-9);
          before = found.logLikelihood;
          regimes = improved(x, found, regimes, 1e-6);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('finds the regimes that made a series, from calm to stormy', () => {
    const { x, path } = simulated(9, 2000);
    const fit = fittedOrThrow(fitRegimes(x, 2, { uniform: generator(2), starts: 2 }));
    expect(fit.regimes.means[0]).toBeCloseTo(0.5, 1);
    expect(fit.regimes.deviations[0]).toBeCloseTo(0.5, 1);
    expect(Math.abs(fit.regimes.deviations[1] - 2)).toBeLessThan(0.2);
    expect(fit.regimes.transitions[0]).toBeCloseTo(0.97, 1);
    const [calm, stormy] = fit.stationary;
    expect(calm + stormy).toBeCloseTo(1, 12);
    expect(calm * fit.regimes.transitions[1]).toBeCloseTo(stormy * fit.regimes.transitions[2], 10);
    const right = viterbi(x, fit.regimes).filter((each, t) => each === path[t]).length;
    expect(right / 2000).toBeGreaterThan(0.93);
  });

  it('moves with the scale, and is at least as likely as the truth', () => {
    const { x } = simulated(21, 500);
    const one = fittedOrThrow(fitRegimes(x, 2, { uniform: generator(3) }));
    const other = fittedOrThrow(
      fitRegimes(
        x.map((each) => 100 * each),
        2,
        { uniform: generator(3) },
      ),
    );
    expect(other.logLikelihood).toBeCloseTo(one.logLikelihood - 500 * Math.log(100), 3);
    expect(one.logLikelihood).toBeGreaterThan(regimeProbabilities(x, truth).logLikelihood);
  });

  it('says why there is none', () => {
    const uniform = generator(1);
    expect(fitRegimes(new Float64Array(15), 2, { uniform }).why).toContain('too few');
    expect(fitRegimes(new Float64Array(50).fill(1), 2, { uniform }).why).toBe(
      'the series does not vary',
    );
    expect(fitRegimes(new Float64Array(50), 1, { uniform }).why).toContain('make no sense');
  });
});
