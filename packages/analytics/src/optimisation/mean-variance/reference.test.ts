import { dot, fromRows } from '@plimsoll/quant/linear-algebra';
import { describe, expect, it } from 'vitest';
import { type Constraint, regionOf } from '../problem/constraint.ts';
import type { Region } from '../problem/region.ts';
import { solveTerms } from '../problem/solve-terms.ts';
import type { Term } from '../problem/term.ts';
import { maxRatio } from './max-ratio.ts';
import { mostGainAtRisk } from './most-gain-at-risk.ts';

const names = ['A', 'B', 'C', 'D'];
const covariance = fromRows([
  [0.04, 0.018, 0.006, 0.002],
  [0.018, 0.09, 0.012, -0.004],
  [0.006, 0.012, 0.0225, 0.003],
  [0.002, -0.004, 0.003, 0.01],
]);
const mu = Float64Array.of(0.08, 0.12, 0.06, 0.03);
const equal = new Float64Array(4).fill(0.25);

function region(upper: number): Region {
  const constraints: readonly Constraint[] = [
    { kind: 'budget', total: 1 },
    { kind: 'bounds', lower: 0, upper },
  ];
  const made = regionOf(names, constraints, new Map(names.map((name) => [name, 0.25])));
  if (!made.ok) throw new Error(made.fault.detail);
  return made.value;
}

function weightsOf(terms: readonly Term[], upper = 1) {
  const found = solveTerms(terms, { region: region(upper), covariance });
  if (!found.ok) throw new Error(found.fault.detail);
  return found.value;
}

const isNear = (found: Float64Array, wanted: readonly number[], digits: number): void =>
  wanted.forEach((value, i) => {
    expect(found[i]).toBeCloseTo(value, digits);
  });

const gains: Term = { kind: 'return', vector: mu, scale: 1 };
const variance = (scale: number): Term => ({ kind: 'variance', matrix: covariance, scale });

// Source: cvxopt 1.3.0 `solvers.qp` at tolerances of 1e-14; printed to 8 digits.
describe('weights are those of cvxopt', () => {
  it('for the least variance, and the price of a cap', () => {
    isNear(weightsOf([variance(1)]).weights, [0.08868895, 0.06940874, 0.16709512, 0.6748072], 8);
    const capped = weightsOf([variance(1)], 0.4);
    isNear(capped.weights, [0.17834974, 0.05748171, 0.36416856, 0.4], 8);
    const price = capped.active.find(({ name }) => name === 'D at most 40 %')?.price;
    expect(price).toBeCloseTo(-0.0118687863, 10);
  });

  it('for the most utility', () => {
    const { weights } = weightsOf([gains, variance(2)]);
    isNear(weights, [0.24331035, 0.21512036, 0.25946483, 0.28210446], 8);
  });

  it.each([
    [
      'the most Sharpe ratio above 2 %',
      mu.map((each) => each - 0.02),
      [0.26077584, 0.23157943, 0.26989859, 0.23774615],
      0.4322154242119059,
    ],
    [
      'the most diversification',
      Float64Array.of(0.2, 0.3, 0.15, 0.1),
      [0.15240642, 0.15160428, 0.17219251, 0.52379679],
      1.681458339564349,
    ],
  ] as const)('for %s', (_, gain, weights, ratio) => {
    const found = maxRatio({
      region: region(1),
      covariance,
      gain,
      tradeCost: null,
      benchmark: null,
    });
    if (!found.ok) throw new Error(found.fault.detail);
    isNear(found.value.weights, weights, 8);
    expect(found.value.ratio).toBeCloseTo(ratio, 12);
  });
});

// Source: SciPy 1.10.1 `minimize`, SLSQP at 1e-16; its weights are good to about 1e-7.
describe('weights are those of SciPy', () => {
  it('for the most return at a tracking error of 5 %', () => {
    const found = mostGainAtRisk(
      { region: region(1), covariance, gain: mu, tradeCost: null, benchmark: equal },
      0.05,
      'tracking error',
    );
    if (!found.ok) throw new Error(found.fault.detail);
    isNear(found.value.weights, [0.34927983, 0.34795704, 0.30276313, 0], 6);
    expect(found.value.gain).toBeCloseTo(0.08786301877931454, 11);
    expect(dot(found.value.weights, mu)).toBeCloseTo(found.value.gain, 14);
  });

  it('for market impact and for the worst case of an ellipsoid', () => {
    const impact: Term = { kind: 'impact', rates: new Float64Array(4).fill(0.05), scale: 1 };
    const moved = weightsOf([gains, variance(2), impact]);
    isNear(moved.weights, [0.25025711, 0.2424404, 0.25205458, 0.2552479], 6);
    expect(moved.value).toBeCloseTo(-0.042976802249592064, 12);
    const worst: Term = { kind: 'ellipsoid', matrix: covariance, scale: 0.25 };
    const robust = weightsOf([gains, variance(1), worst]);
    isNear(robust.weights, [0.23434868, 0.20667508, 0.25411119, 0.30486505], 6);
    expect(robust.value).toBeCloseTo(-0.027726902188702662, 12);
  });

  it('and do not move where moving costs more than it gains', () => {
    const cost: Term = { kind: 'linear-cost', rates: new Float64Array(4).fill(0.01), scale: 1 };
    expect([...weightsOf([gains, variance(2), cost]).weights]).toEqual([...equal]);
  });
});
