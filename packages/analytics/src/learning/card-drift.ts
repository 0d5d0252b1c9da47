import { dayFromNumber } from '@plimsoll/kernel';
import { cell } from '../analysis/cells.ts';
import { figure } from '../analysis/figure.ts';
import type { Chart, Figure, ReportTable } from '../analysis/report.ts';
import type { ModelTask } from './define-model.ts';
import { driftLimits, type InputDrift } from './drift.ts';
import type { PerformanceDrift } from './performance-drift.ts';
import { scoresOfTask } from './prediction-scores.ts';

/** The parts of a model's page on what has moved since it learnt. */
interface DriftParts {
  readonly figures: readonly Figure[];
  readonly tables: readonly ReportTable[];
  readonly charts: readonly Chart[];
}

/** Figures, tables and charts of drift; empty where none was measured. */
export function cardDrift(
  task: ModelTask,
  {
    input,
    performance,
  }: { readonly input: InputDrift | null; readonly performance: PerformanceDrift | null },
): DriftParts {
  return {
    figures: [
      ...(input ? [inputFigure(input)] : []),
      ...(performance ? [scoreFigure(task, performance)] : []),
    ],
    tables: input ? [inputTable(input)] : [],
    charts: performance && performance.rolling.length > 0 ? [rollingChart(task, performance)] : [],
  };
}

const section = 'Drift';

const inputFigure = ({ features, predictions, verdict }: InputDrift): Figure => {
  const known = [...features, predictions].flatMap(({ stabilityIndex }) => stabilityIndex ?? []);
  return {
    ...figure('stability-index', 'Largest population stability index', Math.max(...known), {
      formula: 'Σ (a − e) ln(a ÷ e) over ten parts of equal training share',
      source: 'Naeem Siddiqi, Credit risk scorecards, 2006',
      why: 'there are too few recent rows',
      note: `verdict: ${verdict ?? 'none'}; watched from ${driftLimits.watch}, drifted from ${driftLimits.drifted}`,
    }),
    section,
  };
};

function scoreFigure(task: ModelTask, performance: PerformanceDrift): Figure {
  const [primary] = scoresOfTask[task];
  const { recent, band, chance, verdict, why } = performance;
  const beside = band
    ? `; 90 % of as many rows out of fold lie from ${band.low.toPrecision(4)} to ${band.high.toPrecision(4)}, ${((chance ?? 0) * 100).toFixed(1)} % are as bad or worse`
    : '';
  return {
    ...figure('recent-score', `${primary.title} since then`, recent, {
      formula: primary.formula,
      why: why ?? 'there are too few recent rows',
      note: `verdict: ${verdict ?? 'none'}${beside}`,
    }),
    section,
  };
}

const inputTable = ({ features, predictions }: InputDrift): ReportTable => ({
  id: 'drift',
  title: 'Recent rows beside the training rows',
  columns: [
    { id: 'feature', title: 'Feature' },
    { id: 'index', title: 'Stability index', unit: 'number' },
    { id: 'index-chance', title: 'Its chance', unit: 'fraction' },
    { id: 'distance', title: 'Kolmogorov–Smirnov distance', unit: 'fraction' },
    { id: 'distance-chance', title: 'Its chance', unit: 'fraction' },
    { id: 'verdict', title: 'Verdict' },
  ],
  rows: [...features, predictions].map((each) => [
    each.name,
    cell(each.stabilityIndex),
    cell(each.indexChance),
    cell(each.distance),
    cell(each.distanceChance),
    each.verdict ?? each.why ?? null,
  ]),
});

function rollingChart(task: ModelTask, { rolling, band }: PerformanceDrift): Chart {
  const [primary] = scoresOfTask[task];
  const flat = (value: number | undefined): (number | null)[] =>
    rolling.map(() => cell(value ?? null));
  return {
    id: 'rolling-score',
    title: `${primary.title} of recent rows`,
    kind: 'line',
    x: rolling.map(({ time }) => dayFromNumber(Math.floor(time / 86_400_000))),
    lines: [
      { name: 'Recent', values: rolling.map(({ value }) => cell(value)) },
      { name: 'Low in training', values: flat(band?.low) },
      { name: 'High in training', values: flat(band?.high) },
    ],
    unit: 'number',
  };
}
