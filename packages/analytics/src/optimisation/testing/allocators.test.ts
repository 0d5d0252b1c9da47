import { highs } from '@plimsoll/adapters/highs';
import { type ParameterTable, readParameters } from '@plimsoll/kernel';
import { quadraticForm } from '@plimsoll/quant/linear-algebra';
import { columnMeans } from '@plimsoll/quant/statistics';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Tools } from '../../analysis/define-analysis.ts';
import { sampleCovariance } from '../../covariance/sample.ts';
import hierarchicalEqualRisk from '../../optimisers/hierarchical-equal-risk/index.ts';
import hierarchicalRiskParity from '../../optimisers/hierarchical-risk-parity/index.ts';
import maxGrowth from '../../optimisers/max-growth/index.ts';
import minAbsoluteDeviation from '../../optimisers/min-absolute-deviation/index.ts';
import minAverageDrawdown from '../../optimisers/min-average-drawdown/index.ts';
import minCdar from '../../optimisers/min-cdar/index.ts';
import minCvar from '../../optimisers/min-cvar/index.ts';
import minEvar from '../../optimisers/min-evar/index.ts';
import minMaxDrawdown from '../../optimisers/min-max-drawdown/index.ts';
import minSemiVariance from '../../optimisers/min-semi-variance/index.ts';
import minWorstLoss from '../../optimisers/min-worst-loss/index.ts';
import nestedClusters from '../../optimisers/nested-clusters/index.ts';
import riskParity from '../../optimisers/risk-parity/index.ts';
import type { Allocation, AllocationRequest, Optimiser } from '../define-optimiser.ts';
import { sampleRegion, sampleReturns } from './sample-returns.ts';

let tools: Tools;
beforeAll(async () => {
  tools = { solveLinear: await highs.open() };
});

const scenarios = sampleReturns(21, 250, 8);
const request: AllocationRequest = {
  names: sampleRegion(8).names,
  expectedReturns: columnMeans(scenarios),
  covariance: sampleCovariance(scenarios),
  scenarios,
  periodsPerYear: 252,
  riskFree: 0,
  region: sampleRegion(8),
  linearCost: null,
  impactCost: null,
  spread: 0,
  benchmark: null,
};

function allocate(
  optimiser: Optimiser,
  given: unknown = {},
  more: Partial<AllocationRequest> = {},
) {
  const values = readParameters(optimiser.parameters as ParameterTable, given);
  if (!values.ok) throw new Error(values.fault.detail);
  return optimiser.allocate({ ...request, ...more }, values.value, tools);
}

function had(optimiser: Optimiser, given: unknown = {}): Allocation {
  const found = allocate(optimiser, given);
  if (!found.ok) throw new Error(found.fault.detail);
  return found.value;
}

const all: readonly Optimiser[] = [
  minCvar,
  minCdar,
  minMaxDrawdown,
  minAverageDrawdown,
  minAbsoluteDeviation,
  minWorstLoss,
  minSemiVariance,
  minEvar,
  maxGrowth,
  riskParity,
  hierarchicalRiskParity,
  hierarchicalEqualRisk,
  nestedClusters,
];

describe('optimisers of risk, trees and growth', () => {
  it.each(all.map((each) => [each.id, each] as const))('invest everything: %s', (_, optimiser) => {
    const { weights, objective, figures, status } = had(optimiser);
    expect(weights.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9);
    expect(weights.every((each) => each >= -1e-12)).toBe(true);
    expect(objective === null || Number.isFinite(objective)).toBe(true);
    expect(figures.every(({ value }) => value !== null && Number.isFinite(value))).toBe(true);
    expect(status).toBe('optimal');
  });

  it.each(all.map((each) => [each.id, each] as const))(
    'refuse an empty region: %s',
    (_, optimiser) => {
      const region = sampleRegion(8, { upper: new Float64Array(8).fill(0.05) });
      expect(allocate(optimiser, {}, { region })).toMatchObject({ ok: false });
    },
  );

  it.each(all.map((each) => [each.id, each] as const))(
    'stand one period and one instrument: %s',
    (_, optimiser) => {
      const one = sampleReturns(2, 1, 8);
      const short = allocate(optimiser, {}, { scenarios: one });
      if (short.ok) expect(short.value.weights.every(Number.isFinite)).toBe(true);
      const single = sampleReturns(2, 60, 1);
      const alone = allocate(
        optimiser,
        {},
        {
          ...request,
          names: ['N1'],
          region: sampleRegion(1),
          scenarios: single,
          covariance: sampleCovariance(single),
          expectedReturns: columnMeans(single),
        },
      );
      if (!alone.ok) throw new Error(alone.fault.detail);
      expect(alone.value.weights[0]).toBeCloseTo(1, 12);
    },
  );

  it('know the budgets of risk by name', () => {
    const budgets = Object.fromEntries(request.names.map((name, i) => [name, i + 1]));
    const { weights } = had(riskParity, { riskBudgets: budgets });
    const covariance = sampleCovariance(scenarios);
    const variance = quadraticForm(covariance, weights);
    const marginal = weights.map((_, i) =>
      weights.reduce((sum, each, j) => sum + each * covariance.data[i * 8 + j], 0),
    );
    weights.forEach((each, i) => {
      expect((each * marginal[i]) / variance).toBeCloseTo((i + 1) / 36, 11);
    });
    expect(allocate(riskParity, { riskBudgets: { ...budgets, X: 1 } })).toMatchObject({
      fault: { detail: expect.stringContaining('budget for X') },
    });
    expect(allocate(riskParity, { riskBudgets: { N1: 1 } })).toMatchObject({
      fault: { detail: expect.stringContaining('N2 has no risk budget') },
    });
  });

  it('take every linkage, order and risk of clusters', () => {
    for (const linkage of ['single', 'complete', 'average', 'ward']) {
      for (const leafOrder of ['tree', 'optimal', 'scipy']) {
        const { weights } = had(hierarchicalRiskParity, {
          linkage,
          leafOrder,
          clusterDistance: 'columns',
        });
        expect(weights.every((each) => each > 0)).toBe(true);
      }
    }
    for (const clusterRisk of [
      'cvar',
      'cdar',
      'worst',
      'semi-deviation',
      'evar',
      'ulcer',
      'equal',
    ]) {
      expect(had(hierarchicalEqualRisk, { clusterRisk, clusters: 3 }).notes[0]).toContain(
        '3 clusters',
      );
    }
    expect(
      allocate(hierarchicalRiskParity, { clusterRisk: 'cvar' }, { scenarios: null }),
    ).toMatchObject({ fault: { code: 'hierarchical.no-scenarios' } });
    expect(
      had(nestedClusters, {
        withinClusters: 'risk-parity',
        betweenClusters: 'equal-weight',
        clusters: 2,
      }).weights,
    ).toHaveLength(8);
  });

  it('hold no more names than asked for where risk is curved', () => {
    const region = sampleRegion(8, { maxNames: 3 });
    for (const optimiser of [minSemiVariance, minEvar, maxGrowth]) {
      const found = allocate(optimiser, {}, { region });
      if (!found.ok) throw new Error(found.fault.detail);
      expect(found.value.weights.filter((each) => each > 1e-9).length).toBeLessThanOrEqual(3);
    }
  });
});
