import { ok, refuse, seededRandom } from '@plimsoll/kernel';
import { fitRegimes, type RegimeFit, viterbi } from '@plimsoll/quant/time-series';
import { along, cell, cells } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure } from '../../analysis/figure.ts';
import { observations } from '../../analysis/observations.ts';
import type { Chart, Figure, ReportTable } from '../../analysis/report.ts';
import { sampleOf } from '../../analysis/sample-of.ts';

const source =
  'James Hamilton, A new approach to the economic analysis of nonstationary time series, 1989; Leonard Baum and others, A maximization technique, 1970';

export default defineAnalysis({
  id: 'regimes',
  group: 'forecasting',
  title: 'Regimes of the market',
  summary: 'Calm and stormy times told apart by a hidden Markov model of the returns.',
  input: {
    series: { kind: 'series', of: 'prices', title: 'Prices or returns' },
    regimes: { kind: 'integer', min: 2, max: 5, default: 2, title: 'Regimes' },
    starts: { kind: 'integer', min: 1, max: 50, default: 5, title: 'Searches' },
    seed: { kind: 'integer', min: 0, default: 1, title: 'Seed' },
    periodsPerYear: { kind: 'number', above: 0, default: 252, title: 'Periods a year' },
  },
  compute({ series, regimes: k, starts, seed, periodsPerYear }) {
    const read = observations(series, 'prices');
    if (!read.ok) return read;
    const { returns, days, name, missing } = read.value;
    const fit = fitRegimes(returns, k, { uniform: seededRandom(seed).next, starts });
    if (fit.why !== undefined) {
      return refuse({
        code: 'regimes.unfit',
        detail: `${name} has no regimes: ${fit.why}; give a longer series of returns that vary.`,
      });
    }
    const n = returns.length;
    const path = viterbi(returns, fit.regimes);
    const x = along(days, n);
    const names = Array.from({ length: k }, (_, j) => regimeName(j, k));
    return ok({
      title: `Regimes of ${name}`,
      sample: sampleOf({ days, n, missing }),
      conventions: [
        `Simple returns; ${k} normal regimes from the least to the most volatile; ${starts} searches, seed ${seed}.`,
        `A year has ${periodsPerYear} periods.`,
      ],
      figures: figures(fit, path[n - 1], names),
      tables: [
        regimeTable(fit, names, periodsPerYear),
        transitionTable(fit, names),
        runTable(path, x, names),
      ],
      charts: [probabilities(fit, names, x)],
      notes: [
        ...(missing > 0
          ? [`${missing} values are missing; returns span or leave out the gaps.`]
          : []),
        ...(fit.converged ? [] : ['The likeliest search did not come to rest.']),
      ],
    });
  },
});

const regimeName = (j: number, k: number): string =>
  j === 0 ? 'calm' : j === k - 1 ? 'stormy' : k === 3 ? 'mixed' : `mixed ${j}`;

function figures(fit: RegimeFit, current: number, names: readonly string[]): Figure[] {
  const k = names.length;
  return [
    figure('current', 'Regime now, from the calmest on', current + 1, {
      unit: 'count',
      formula: 'last of the most likely sequence',
      source: 'Andrew Viterbi, Error bounds for convolutional codes, 1967',
    }),
    figure(
      'current-probability',
      `Probability of ${names[current]} now`,
      fit.smoothed[fit.smoothed.length - k + current],
      { unit: 'fraction', formula: 'P(regime | all returns)', source },
    ),
    figure('next-probability', `Probability of ${names[k - 1]} next`, fit.next[k - 1], {
      unit: 'fraction',
      formula: 'Σ P(regime) × transition',
      source,
    }),
    figure('log-likelihood', 'Log-likelihood', fit.logLikelihood, {
      formula: 'Σ ln f(rₜ | past)',
      source,
    }),
    figure('aic', 'AIC', fit.aic, { formula: '2k − 2ℓ', source: 'Hirotugu Akaike, 1974' }),
    figure('bic', 'BIC', fit.bic, { formula: 'k ln n − 2ℓ', source: 'Gideon Schwarz, 1978' }),
  ];
}

function probabilities(fit: RegimeFit, names: readonly string[], x: Chart['x']): Chart {
  const k = names.length;
  const of = (j: number): Float64Array => fit.smoothed.filter((_, i) => i % k === j);
  return {
    id: 'probabilities',
    title: 'Probability of each regime',
    kind: 'area',
    x,
    lines: names.map((each, j) => ({ name: each, values: cells(of(j)) })),
    unit: 'fraction',
  };
}

function regimeTable(fit: RegimeFit, names: readonly string[], year: number): ReportTable {
  return {
    id: 'regimes',
    title: 'Regimes',
    columns: [
      { id: 'regime', title: 'Regime' },
      { id: 'mean', title: 'Mean return a year', unit: 'fraction' },
      { id: 'volatility', title: 'Volatility a year', unit: 'fraction' },
      { id: 'share', title: 'Share of time', unit: 'fraction' },
      { id: 'duration', title: 'Mean length', unit: 'periods' },
      { id: 'next', title: 'Probability next', unit: 'fraction' },
    ],
    rows: names.map((name, j) => [
      name,
      fit.regimes.means[j] * year,
      fit.regimes.deviations[j] * Math.sqrt(year),
      cell(fit.stationary[j]),
      cell(fit.durations[j]),
      fit.next[j],
    ]),
  };
}

function transitionTable(fit: RegimeFit, names: readonly string[]): ReportTable {
  const k = names.length;
  return {
    id: 'transitions',
    title: 'Probability of going from row to column',
    columns: [
      { id: 'from', title: 'From' },
      ...names.map((name, j) => ({ id: `to-${j + 1}`, title: name, unit: 'fraction' as const })),
    ],
    rows: names.map((name, i) => [name, ...fit.regimes.transitions.subarray(i * k, (i + 1) * k)]),
  };
}

/** Stretches of one regime in the most likely sequence. */
function runTable(
  path: Int32Array,
  x: readonly (string | number)[],
  names: readonly string[],
): ReportTable {
  const rows: [string, string | number, string | number, number][] = [];
  let from = 0;
  for (let t = 1; t <= path.length; t++) {
    if (t < path.length && path[t] === path[from]) continue;
    rows.push([names[path[from]], x[from], x[t - 1], t - from]);
    from = t;
  }
  return {
    id: 'stretches',
    title: 'Stretches of one regime, most likely sequence',
    columns: [
      { id: 'regime', title: 'Regime' },
      { id: 'from', title: 'From' },
      { id: 'to', title: 'To' },
      { id: 'length', title: 'Periods', unit: 'periods' },
    ],
    rows,
  };
}
