import type { Day } from '@plimsoll/kernel';
import type { Matrix } from '@plimsoll/quant/linear-algebra';
import type { Report, Sample } from '../../analysis/report.ts';
import type { Pooled } from '../../optimisation/entropy-pooling/entropy-pooling.ts';
import { pooledMoments } from '../../optimisation/entropy-pooling/scenario-views.ts';

interface Parts {
  readonly names: readonly string[];
  readonly days: readonly Day[];
  readonly scenarios: Matrix;
  readonly prior: Float64Array;
  readonly pooled: Pooled;
  readonly sample: Sample;
}

const source = 'Meucci, Fully Flexible Views: Theory and Practice, 2008';

/** Moments before and after views, and the probability of each period. */
export function pooledReport({ names, days, scenarios, prior, pooled, sample }: Parts): Report {
  const before = pooledMoments(scenarios, prior);
  const after = pooledMoments(scenarios, pooled.probabilities);
  const n = names.length;
  const deviation = ({ covariance }: typeof before, i: number): number =>
    Math.sqrt(Math.max(0, covariance[i * n + i]));
  return {
    title: 'Scenarios weighed by views',
    sample,
    conventions: [
      'Views and figures are a period of the returns, not a year.',
      'Volatilities are of the weighed periods, without a correction for their number.',
    ],
    figures: [
      {
        id: 'divergence',
        title: 'Relative entropy',
        value: pooled.divergence,
        unit: 'number',
        formula: 'Σ q ln(q ÷ p)',
        source,
        note: '0 where the views say nothing new; the greater, the more they contradict the past.',
      },
      {
        id: 'effective-scenarios',
        title: 'Effective number of scenarios',
        value: pooled.effectiveScenarios,
        unit: 'number',
        formula: 'exp(−Σ q ln q)',
        source,
      },
      {
        id: 'residual',
        title: 'Greatest violation of a view',
        value: pooled.residual,
        unit: 'number',
        formula: '|E_q[f] − v| ÷ standard deviation of f',
        source,
      },
    ],
    tables: [
      {
        id: 'moments',
        title: 'By instrument, a period',
        columns: [
          { id: 'name', title: 'Instrument' },
          { id: 'mean-prior', title: 'Mean before', unit: 'fraction' },
          { id: 'mean', title: 'Mean with views', unit: 'fraction' },
          { id: 'volatility-prior', title: 'Volatility before', unit: 'fraction' },
          { id: 'volatility', title: 'Volatility with views', unit: 'fraction' },
        ],
        rows: names.map((name, i) => [
          name,
          before.means[i],
          after.means[i],
          deviation(before, i),
          deviation(after, i),
        ]),
      },
      {
        id: 'probabilities',
        title: 'Probability of each period',
        columns: [
          { id: 'period', title: 'Period' },
          { id: 'prior', title: 'Before', unit: 'fraction' },
          { id: 'probability', title: 'With views', unit: 'fraction' },
        ],
        rows: Array.from(pooled.probabilities, (each, t) => [days[t] ?? t + 1, prior[t], each]),
      },
    ],
    charts: [
      {
        id: 'probabilities',
        title: 'Probability of each period',
        kind: 'line',
        x: Array.from(prior, (_, t) => days[t] ?? t + 1),
        lines: [{ name: 'With views', values: Array.from(pooled.probabilities) }],
        unit: 'fraction',
      },
    ],
    notes:
      pooled.multipliers.length === 0 ? ['No views were given, so that the prior stands.'] : [],
  };
}
