import { join } from 'node:path';
import {
  type Constraint,
  efficientFrontier,
  maxRatio,
  type Region,
  regionOf,
  type Solved,
  solveTerms,
} from '@plimsoll/analytics/optimisation';
import type { Result } from '@plimsoll/kernel';
import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import { best, ratio } from '../best.ts';
import { reference } from '../reference.ts';
import { line, megabytes, ms } from '../report.ts';

/** The same numbers as the script beside this file makes, to rounding. */
function noise(first: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => {
    const value = Math.abs(Math.sin((first + i) * 12.9898) * 43758.5453);
    return value - Math.floor(value);
  });
}

interface Market {
  readonly n: number;
  readonly mu: Float64Array;
  readonly covariance: Matrix;
}

function market(n: number): Market {
  const loadings = noise(1, 5 * n).map((value) => value * 0.2 - 0.04);
  const own = noise(10_000, n);
  const covariance = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < 5; k++) sum += (loadings[i * 5 + k] ?? 0) * (loadings[j * 5 + k] ?? 0);
      covariance.data[i * n + j] = sum + (i === j ? 0.01 + 0.05 * (own[i] ?? 0) : 0);
    }
  }
  return { n, covariance, mu: noise(20_000, n).map((value) => 0.02 + 0.15 * value) };
}

function region(n: number, more: readonly Constraint[]): Region {
  const names = Array.from({ length: n }, (_, i) => `N${i}`);
  return had(regionOf(names, [{ kind: 'budget', total: 1 }, ...more]));
}

function had<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.fault.detail);
  return result.value;
}

const longOnly: Constraint = { kind: 'bounds', lower: 0 };

function capsAndSectors(n: number): Region {
  const sectors = Array.from({ length: 5 }, (_, sector): Constraint => {
    const places = Array.from({ length: n }, (_unused, i) => i).filter((i) => i % 5 === sector);
    return {
      kind: 'group',
      name: `sector ${sector}`,
      members: places.map((i) => `N${i}`),
      lower: 0.1,
      upper: 0.25,
    };
  });
  return region(n, [{ kind: 'bounds', lower: 0, upper: Math.max(0.1, 2 / n) }, ...sectors]);
}

const leastVariance = ({ covariance }: Market, within: Region): Solved =>
  had(
    solveTerms([{ kind: 'variance', matrix: covariance, scale: 1 }], {
      region: within,
      covariance,
    }),
  );

/** Milliseconds that a million multiply-adds take here, in a loop that the cache holds. */
function millionMultiplications(): number {
  const a = noise(1, 1000);
  const b = noise(2000, 1000);
  let sink = 0;
  const time = best(20, () => {
    for (let k = 0; k < 1000; k++) {
      let one = 0;
      let two = 0;
      for (let i = 0; i < 1000; i += 2) {
        one += (a[i] ?? 0) * (b[i] ?? 0);
        two += (a[i + 1] ?? 0) * (b[i + 1] ?? 0);
      }
      sink += one + two;
    }
  });
  return Number.isFinite(sink) ? time : Number.NaN;
}

type Theirs = Readonly<Record<string, number>> | null;

/** Weights by quadratic programs, ratios and whole frontiers, beside cvxopt and SciPy. */
export async function run(): Promise<void> {
  const theirs: Theirs = reference(join(import.meta.dirname, 'optimiser.py'), 1);
  const unit = millionMultiplications();
  line('one thread', 'ours', 'cvxopt', 'ours to theirs', 'to the limit', 'optimum apart');
  for (const n of [20, 100, 500]) weights(market(n), theirs, unit);
  for (const n of [100, 500]) wholeFrontier(market(n), theirs);
  line('process so far', megabytes(process.memoryUsage().rss));
}

function weights(made: Market, theirs: Theirs, unit: number): void {
  const { n, covariance, mu } = made;
  const plain = region(n, [longOnly]);
  const capped = capsAndSectors(n);
  const gain = mu.map((value) => value - 0.02);
  const ratioOf = () =>
    had(maxRatio({ region: plain, covariance, gain, tradeCost: null, benchmark: null }));
  const runs = n === 500 ? 30 : 200;
  const show = (what: string, solve: () => { weights: Float64Array }, optimum: number): void => {
    const time = best(runs, solve);
    const held = solve().weights.filter((w) => w > 0).length;
    // To confirm an optimum takes its factor and one look at every name.
    const limit = ((held ** 3 / 6 + n * held) / 1e6) * unit;
    const peer = theirs?.[`${what} ${n}`];
    const theirOptimum = theirs?.[`${what} ${n} optimum`];
    line(
      `${what}, n = ${n}, ${held} held`,
      ms(time),
      peer === undefined ? '–' : ms(peer),
      ratio(time, peer),
      `${(time / limit).toFixed(1)}×`,
      theirOptimum === undefined ? '–' : (optimum - theirOptimum).toExponential(1),
    );
  };
  show('min-variance', () => leastVariance(made, plain), leastVariance(made, plain).value);
  show('max-sharpe', ratioOf, ratioOf().ratio);
  show('caps and sectors', () => leastVariance(made, capped), leastVariance(made, capped).value);
  const slsqp = theirs?.[`SLSQP ${n}`];
  if (slsqp !== undefined) {
    const time = best(runs, () => leastVariance(made, plain));
    line(`min-variance beside SLSQP, n = ${n}`, ms(time), ms(slsqp), ratio(time, slsqp));
  }
}

function wholeFrontier({ n, covariance, mu }: Market, theirs: Theirs): void {
  const within = region(n, [longOnly]);
  const trace = () =>
    had(
      efficientFrontier({ region: within, covariance, gain: mu, tradeCost: null, benchmark: null }),
    );
  const time = best(n === 500 ? 20 : 100, trace);
  const peer = theirs?.[`frontier ${n}`];
  const { length } = trace().corners;
  line(
    `whole frontier, n = ${n}, ${length} corners`,
    ms(time),
    peer === undefined ? '–' : `${ms(peer)} ¹`,
    ratio(time, peer),
  );
  if (peer !== undefined) line('¹ 100 single points');
}
