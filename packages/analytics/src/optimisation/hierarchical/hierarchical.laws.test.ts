import { ok } from '@plimsoll/kernel';
import {
  cutTree,
  type Linkage,
  type LinkageMethod,
  leafOrder,
  linkage,
} from '@plimsoll/quant/clustering';
import { type Matrix, matrix, quadraticForm } from '@plimsoll/quant/linear-algebra';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleCovariance } from '../../covariance/sample.ts';
import { sampleReturns } from '../testing/sample-returns.ts';
import { type ClusterMeasure, clusterRisk } from './cluster-risk.ts';
import { columnDistances, correlationDistances, correlationFrom } from './distances.ts';
import { hierarchicalEqualRisk, membersOf } from './hierarchical-equal-risk.ts';
import { hierarchicalRiskParity } from './hierarchical-risk-parity.ts';
import { nestedClusters } from './nested-clusters.ts';

const measures: readonly ClusterMeasure[] = [
  'variance',
  'volatility',
  'cvar',
  'worst',
  'equal',
  'cdar',
];
const draws = fc.record({
  seed: fc.integer({ min: 0, max: 1e6 }),
  n: fc.integer({ min: 1, max: 18 }),
  method: fc.constantFrom<LinkageMethod>('single', 'complete', 'average', 'ward'),
  measure: fc.constantFrom(...measures),
});

interface Drawn {
  readonly covariance: Matrix;
  readonly scenarios: Matrix;
  readonly tree: Linkage;
}

function drawn(seed: number, n: number, method: LinkageMethod): Drawn {
  const scenarios = sampleReturns(seed, 70, n);
  const covariance = sampleCovariance(scenarios);
  const tree = linkage(correlationDistances(correlationFrom(covariance)), n, method);
  return { covariance, scenarios, tree };
}

const sum = (of: Float64Array): number => of.reduce((total, each) => total + each, 0);

describe('hierarchical methods', () => {
  it('give each instrument something and everything away', () => {
    fc.assert(
      fc.property(draws, fc.integer({ min: 1, max: 6 }), ({ seed, n, method, measure }, k) => {
        const { covariance, scenarios, tree } = drawn(seed, n, method);
        const inputs = { covariance, scenarios, measure, tail: 0.1 };
        const parity = hierarchicalRiskParity(leafOrder(tree), inputs);
        const equal = hierarchicalEqualRisk(tree, Math.min(k, n), inputs);
        for (const weights of [parity, equal.weights]) {
          expect(weights.every((each) => each > 0)).toBe(true);
          expect(sum(weights)).toBeCloseTo(1, 12);
        }
        expect(new Set(equal.clusters).size).toBe(Math.min(k, n));
      }),
      { numRuns: 80 },
    );
  });

  it('do not change with the scale of the covariance', () => {
    fc.assert(
      fc.property(
        draws,
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        ({ seed, n, method }, factor) => {
          const { covariance, tree } = drawn(seed, n, method);
          const scaled = matrix(
            n,
            n,
            covariance.data.map((each) => each * factor),
          );
          for (const measure of ['variance', 'volatility'] as const) {
            const of = (each: Matrix) => ({
              covariance: each,
              scenarios: null,
              measure,
              tail: 0.05,
            });
            const one = hierarchicalRiskParity(leafOrder(tree), of(covariance));
            const other = hierarchicalRiskParity(leafOrder(tree), of(scaled));
            one.forEach((each, i) => {
              expect(Math.abs(other[i] - each)).toBeLessThan(1e-12);
            });
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('are naive risk parity where there is one cluster, and equal between twins', () => {
    const covariance = matrix(2, 2, Float64Array.of(0.04, 0.01, 0.01, 0.01));
    const inputs = { covariance, scenarios: null, measure: 'variance' as const, tail: 0.05 };
    const tree = linkage(Float64Array.of(0.5), 2, 'single');
    expect(hierarchicalEqualRisk(tree, 1, inputs).weights).toEqual(
      clusterRisk([0, 1], inputs).weights,
    );
    expect(hierarchicalRiskParity(leafOrder(tree), inputs)[0]).toBeCloseTo(0.2, 14);
    const one = { ...inputs, covariance: matrix(1, 1, Float64Array.of(2)) };
    expect(Array.from(hierarchicalRiskParity(Int32Array.of(0), one))).toEqual([1]);
  });

  it('measure the risk of a cluster as the portfolio that it is', () => {
    const { covariance, scenarios } = drawn(3, 6, 'ward');
    const { weights, risk } = clusterRisk([1, 4, 5], {
      covariance,
      scenarios,
      measure: 'variance',
      tail: 0.05,
    });
    const all = new Float64Array(6);
    [1, 4, 5].forEach((member, i) => {
      all[member] = weights[i];
    });
    expect(risk).toBeCloseTo(quadraticForm(covariance, all), 15);
  });

  it('nest what is chosen within clusters in what is chosen between them', () => {
    fc.assert(
      fc.property(draws, fc.integer({ min: 1, max: 5 }), ({ seed, n, method }, k) => {
        const { covariance, tree } = drawn(seed, n, method);
        const members = membersOf(cutTree(tree, Math.min(k, n)));
        const even = (of: Matrix) => ok(new Float64Array(of.rows).fill(1 / of.rows));
        const inverse = (of: Matrix) => {
          const raw = Float64Array.from(
            { length: of.rows },
            (_, i) => 1 / of.data[i * of.rows + i],
          );
          return ok(raw.map((each) => each / sum(raw)));
        };
        const found = nestedClusters(covariance, null, members, { within: even, between: inverse });
        if (!found.ok) throw new Error(found.fault.detail);
        const variances = members.map((each) => {
          const w = new Float64Array(n);
          for (const i of each) w[i] = 1 / each.length;
          return quadraticForm(covariance, w);
        });
        const total = variances.reduce((all, each) => all + 1 / each, 0);
        members.forEach((each, c) => {
          for (const i of each) {
            expect(found.value[i]).toBeCloseTo(1 / variances[c] / total / each.length, 12);
          }
        });
      }),
      { numRuns: 40 },
    );
  });

  it('know how far instruments are from each other', () => {
    const correlation = matrix(3, 3, Float64Array.of(1, 1, -1, 1, 1, 0, -1, 0, 1));
    const distances = correlationDistances(correlation);
    expect(Array.from(distances)).toEqual([0, 1, Math.SQRT1_2]);
    const columns = columnDistances(distances, 3);
    expect(columns[0]).toBeCloseTo(1 - Math.SQRT1_2, 14);
    expect(correlationFrom(matrix(2, 2, Float64Array.of(4, 0, 0, 0))).data).toEqual(
      Float64Array.of(1, 0, 0, 1),
    );
  });
});
