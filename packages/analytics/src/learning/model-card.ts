import { canonicalJson, dayFromNumber, type Json } from '@plimsoll/kernel';
import { cell } from '../analysis/cells.ts';
import { figure } from '../analysis/figure.ts';
import type { Cell, Chart, Figure, Report, ReportTable } from '../analysis/report.ts';
import { cardDrift } from './card-drift.ts';
import type { InputDrift } from './drift.ts';
import type { ModelRecord } from './model-record.ts';
import type { PerformanceDrift } from './performance-drift.ts';
import { scoresOfTask } from './prediction-scores.ts';

/** What was seen of the model since it learnt; null where nothing was. */
export interface CardDrift {
  readonly input: InputDrift | null;
  readonly performance: PerformanceDrift | null;
}

const dayOf = (time: number): string => dayFromNumber(Math.floor(time / 86_400_000));

const plain = (value: unknown): string => canonicalJson(value as Json);

/**
 * The page of a model: what it foretells, from what it learnt, how it did beside the baselines, what it
 * looks at, where its limits are, whether the world has moved on, and how to make it again.
 *
 * Source: Margaret Mitchell and others, Model cards for model reporting (2019).
 */
export function modelCard(
  record: ModelRecord,
  drift: CardDrift = { input: null, performance: null },
): Report {
  const { data, task } = record;
  const moved = cardDrift(task, drift);
  return {
    title: `${record.title}, version ${record.version}`,
    sample: { from: data.from, to: data.to, n: data.rows, missing: data.rowsMissing },
    conventions: conventionsOf(record),
    figures: [...scoreFigures(record), ...trustFigures(record), ...moved.figures],
    tables: [
      ...foldTables(record),
      ...calibrationTables(record),
      importanceTable(record),
      ...moved.tables,
      lineageTable(record),
    ],
    charts: [...chartsOf(record), ...moved.charts],
    notes: notesOf(record),
  };
}

function labelInWords({ label, task }: ModelRecord): string {
  if (label.kind === 'fixed-horizon') {
    const least = label.threshold > 0 ? ` by more than ${label.threshold} volatilities` : '';
    return task === 'regression'
      ? `the return over the next ${label.bars} bars`
      : `the chance that the price is higher${least} ${label.bars} bars later`;
  }
  const barriers = `a rise of ${label.profit}, a fall of ${label.stop} volatilities or ${label.bars} bars`;
  return task === 'regression'
    ? `the return until the first of ${barriers}`
    : `the chance of a gain at the first of ${barriers}`;
}

function conventionsOf(record: ModelRecord): string[] {
  const { validation, data, weighting } = record;
  const splits =
    validation.tested === 1
      ? `${validation.folds} folds of time`
      : `all choices of ${validation.tested} of ${validation.folds} parts of time`;
  return [
    `Foretells ${labelInWords(record)}, for ${data.instruments.length} instruments: ${data.instruments.slice(0, 10).join(', ')}${data.instruments.length > 10 ? ' …' : ''}.`,
    `Scores are out of fold over ${splits}: rows whose label shares time with a tested one were purged, and ${validation.embargo} times after each tested part left out.`,
    `Rows are weighted ${weighting === 'equal' ? 'alike' : `by ${weighting}`} in learning, and count alike in scores.`,
    'Baselines: the mean of the training rows, and the last label of the same instrument that was known at the time.',
  ];
}

const cellOf = (value: number | null | undefined): Cell => cell(value);

function scoreFigures({ task, scores, mean, last }: ModelRecord): Figure[] {
  return scoresOfTask[task].map(({ id, title, formula, better }) => {
    const beside = [mean, last].map((each) => each[id]?.toPrecision(4) ?? 'none');
    return figure(id, title, scores[id], {
      formula,
      why: 'labels or predictions do not vary',
      note: `${better} is better; the mean scores ${beside[0]}, the last label ${beside[1]}`,
    });
  });
}

function trustFigures(record: ModelRecord): Figure[] {
  const { placebo, task, importanceStability, tries } = record;
  const [primary] = scoresOfTask[task];
  const section = 'How far to trust this';
  return [
    {
      ...figure('tries', 'Parameter sets tried', tries, {
        unit: 'count',
        note: 'the more were tried, the more the best owes to luck',
      }),
      section,
    },
    {
      ...figure('placebo', `${primary.title} on shuffled labels`, placebo?.[primary.id], {
        why: 'it was not asked for',
        formula: 'the same training on labels in random order; must be no better than the mean',
      }),
      section,
    },
    {
      ...figure('importance-stability', 'Stability of the importance', importanceStability, {
        formula: 'mean of Spearman’s correlation of the importance over all pairs of folds',
        why: 'there are fewer than 3 features',
        note: '1 is the same order of features in each fold; near 0 it is chance',
      }),
      section,
    },
  ];
}

function foldTables({ task, folds }: ModelRecord): ReportTable[] {
  const ids = scoresOfTask[task];
  const [primary] = ids;
  return [
    {
      id: 'folds',
      title: 'Scores by fold',
      columns: [
        { id: 'fold', title: 'Fold', unit: 'count' },
        { id: 'from', title: 'Tested from' },
        { id: 'to', title: 'to' },
        { id: 'trained', title: 'Rows learnt', unit: 'count' },
        { id: 'tested', title: 'Rows tested', unit: 'count' },
        ...ids.map(({ id, title }) => ({ id, title, unit: 'number' as const })),
        { id: 'mean', title: `${primary.title} of the mean`, unit: 'number' },
        { id: 'last', title: `${primary.title} of the last label`, unit: 'number' },
      ],
      rows: folds.map(({ from, to, trained, tested, scores, mean, last }, i) => [
        i + 1,
        dayOf(from),
        dayOf(to),
        trained,
        tested,
        ...ids.map(({ id }) => cellOf(scores[id])),
        cellOf(mean[primary.id]),
        cellOf(last[primary.id]),
      ]),
    },
  ];
}

function calibrationTables({ calibration }: ModelRecord): ReportTable[] {
  if (calibration.length === 0) return [];
  return [
    {
      id: 'calibration',
      title: 'Calibration: what was foretold, what came',
      columns: [
        { id: 'from', title: 'Chance from', unit: 'fraction' },
        { id: 'until', title: 'until', unit: 'fraction' },
        { id: 'rows', title: 'Rows', unit: 'count' },
        { id: 'foretold', title: 'Foretold', unit: 'fraction' },
        { id: 'came', title: 'Came', unit: 'fraction' },
      ],
      rows: calibration.map(({ from, until, rows, foretold, came }) => [
        from,
        until,
        rows,
        foretold,
        came,
      ]),
    },
  ];
}

const importanceTable = ({ importance, folds }: ModelRecord): ReportTable => ({
  id: 'importance',
  title: 'What it looks at',
  columns: [
    { id: 'feature', title: 'Feature' },
    { id: 'permutation', title: 'Loss when shuffled', unit: 'number' },
    { id: 'deviation', title: 'Deviation over folds', unit: 'number' },
    { id: 'shapley', title: 'Mean |Shapley value|', unit: 'number' },
    { id: 'helped', title: `Folds it helped in, of ${folds.length}`, unit: 'count' },
  ],
  rows: importance.map((each) => [
    each.name,
    cell(each.permutation),
    cellOf(each.permutationDeviation),
    cellOf(each.shapley),
    each.helpedFolds,
  ]),
});

function lineageTable(record: ModelRecord): ReportTable {
  const { parent, data } = record;
  return {
    id: 'lineage',
    title: 'How to make it again',
    columns: [
      { id: 'what', title: 'What' },
      { id: 'value', title: 'Value' },
    ],
    rows: [
      ['Model', `${record.id}, version ${record.version}`],
      ['Made from', parent ? `${parent.id}, version ${parent.version}` : 'nothing before it'],
      ['Kind', record.model],
      ['Parameters', plain(record.params)],
      ['Features', `${record.features.features.length}, version ${record.featureVersion}`],
      ['Labels', plain(record.label)],
      ['Data', `${data.instruments.join(', ')}; fingerprint ${data.fingerprint}`],
      ['Validation', plain(record.validation)],
      ['Seed', record.seed],
      ['Code', record.codeVersion],
      ['What was learnt', record.fittedDigest],
      ['Made on', dayOf(record.createdAt)],
    ],
  };
}

function chartsOf({ importance, calibration, folds, task }: ModelRecord): Chart[] {
  const [primary] = scoresOfTask[task];
  const shown = importance.slice(0, 20);
  const charts: Chart[] = [
    {
      id: 'importance',
      title: 'Loss when a feature is shuffled',
      kind: 'bars',
      x: shown.map(({ name }) => name),
      lines: [{ name: 'Loss', values: shown.map(({ permutation }) => cell(permutation)) }],
      unit: 'number',
    },
    {
      id: 'folds',
      title: `${primary.title} by fold`,
      kind: 'bars',
      x: folds.map((_, i) => i + 1),
      lines: [
        { name: 'Model', values: folds.map(({ scores }) => cell(scores[primary.id])) },
        { name: 'Mean', values: folds.map(({ mean }) => cell(mean[primary.id])) },
        { name: 'Last label', values: folds.map(({ last }) => cell(last[primary.id])) },
      ],
      unit: 'number',
    },
  ];
  if (calibration.length === 0) return charts;
  const middles = calibration.map(({ from, until }) => (from + until) / 2);
  return [
    ...charts,
    {
      id: 'calibration',
      title: 'Calibration',
      kind: 'line',
      x: middles,
      lines: [
        { name: 'Came', values: calibration.map(({ came }) => came) },
        { name: 'As foretold', values: middles },
      ],
      unit: 'fraction',
    },
  ];
}

/** What the reader must know: warnings first, then where the limits are. */
function notesOf(record: ModelRecord): string[] {
  const { task, scores, mean, last, warnings, data } = record;
  const [primary] = scoresOfTask[task];
  const sign = primary.better === 'higher' ? 1 : -1;
  const own = scores[primary.id] ?? null;
  const notes = [...warnings];
  for (const [name, base] of [
    ['the mean of the training rows', mean[primary.id] ?? null],
    ['the last label', last[primary.id] ?? null],
  ] as const) {
    if (own === null || base === null || sign * own > sign * base) continue;
    notes.push(`It is no better than ${name}: do not trade on it.`);
  }
  if (record.placebo === null) notes.push('It was not checked on shuffled labels.');
  if (data.rowsMissing > 0) {
    notes.push(`${data.rowsMissing} rows miss a value that the model needs and were left out.`);
  }
  notes.push(
    `It learnt from ${data.from ?? 'no day'} to ${data.to ?? 'no day'} and knows no market that did not happen then; scores are before costs.`,
  );
  return notes;
}
