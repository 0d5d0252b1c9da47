import { cell, cells } from '../analysis/cells.ts';
import type { Estimate } from '../analysis/estimate.ts';
import type { Cell, Chart, Figure, Report, ReportTable, Unit } from '../analysis/report.ts';
import { tradeTable } from '../backtest-report/trade-tables.ts';
import { trustSentence } from '../backtest-report/trust-sentence.ts';
import type { WindowReport } from '../search/walk-forward-report.ts';
import { paramsText } from './params-text.ts';
import type { WalkForwardPart } from './run-report.ts';

/** A walk-forward as a report to be drawn: its windows, what was chosen in each, and what came of it. */
export function walkForwardView(title: string, part: WalkForwardPart): Report {
  const { days, windows, objective, notes } = part;
  return {
    title,
    sample: { from: days[0] ?? null, to: days.at(-1) ?? null, n: days.length, missing: 0 },
    conventions: [
      'Parameters are chosen on the in-sample part of a window alone and then judged on its out-of-sample part, which the choice cannot see.',
      'The out-of-sample parts follow each other without overlap; their returns are linked as one.',
      `Chosen by ${objective}.`,
    ],
    figures: figures(part),
    tables: [windowTable(windows), trustTable(part), tradeTable(part.trades)],
    charts: [growthChart(part), returnChart(windows), ...driftCharts(part)],
    notes: [...notes],
  };
}

const known = (id: string, title: string, of: Estimate, about: Partial<Figure> = {}): Figure => ({
  id,
  title,
  section: 'Out of sample',
  value: of.value,
  ...(of.value === null ? { why: of.why } : {}),
  unit: 'fraction',
  ...about,
});

function figures(part: WalkForwardPart): Figure[] {
  const { outOfSample, efficiency, degradation, degradationSlope, rankCorrelation } = part;
  const ratio = { unit: 'ratio' } as const;
  return [
    known('total-return', 'Total return', outOfSample.totalReturn, { formula: 'Π (1 + r) − 1' }),
    known('annual-return', 'Annual return (compounded)', outOfSample.annualReturn),
    known('sharpe', 'Sharpe ratio', outOfSample.sharpe, ratio),
    known('max-drawdown', 'Deepest drawdown', outOfSample.maxDrawdown),
    known('profitable', 'Windows that gained', part.profitableWindows),
    known('efficiency', 'Walk-forward efficiency', efficiency, {
      ...ratio,
      formula: 'annual growth out of sample ÷ in sample',
    }),
    known('degradation', 'Degradation', degradation, {
      ...ratio,
      formula: 'mean objective out of sample − mean objective in sample',
    }),
    known('slope', 'Slope of out of sample over in sample', degradationSlope, ratio),
    known('rank', 'Rank correlation of in and out of sample', rankCorrelation, {
      ...ratio,
      formula: 'Spearman, over windows',
      note: 'Below zero, the better a setting was, the worse it did afterwards.',
    }),
  ];
}

/** What is asked of the result before it is believed. */
function trustTable({ trust }: WalkForwardPart): ReportTable {
  return {
    id: 'trust',
    title: `How far to trust this: ${trust.word.toLowerCase()}`,
    columns: [
      { id: 'question', title: 'Question' },
      { id: 'answer', title: 'Answer' },
    ],
    rows: trust.lines.map((line): Cell[] => [line.title, trustSentence(line, '')]),
  };
}

function windowTable(windows: readonly WindowReport[]): ReportTable {
  const column = (id: string, title: string, unit?: Unit) => ({ id, title, unit });
  return {
    id: 'windows',
    title: `${windows.length} windows`,
    columns: [
      column('number', 'Window', 'count'),
      column('chosen', 'Chosen'),
      column('trials', 'Sets tried', 'count'),
      column('in', 'In sample, a year', 'fraction'),
      column('out', 'Out of sample, a year', 'fraction'),
      column('in-sharpe', 'Sharpe in', 'ratio'),
      column('out-sharpe', 'Sharpe out', 'ratio'),
      column('fall', 'Deepest fall out', 'fraction'),
    ],
    rows: windows.map(({ number, chosen, trials, inSampleFigures, outOfSampleFigures }): Cell[] => [
      number,
      chosen === null ? 'none' : paramsText(chosen),
      trials,
      cell(inSampleFigures?.annualReturn.value),
      cell(outOfSampleFigures?.annualReturn.value),
      cell(inSampleFigures?.sharpe.value),
      cell(outOfSampleFigures?.sharpe.value),
      cell(outOfSampleFigures?.maxDrawdown.value),
    ]),
  };
}

const growthChart = ({ days, growth }: WalkForwardPart): Chart => ({
  id: 'growth',
  title: 'Growth out of sample',
  kind: 'line',
  x: days,
  lines: [{ name: 'Out of sample', values: cells(growth.map((level) => level - 1)) }],
  unit: 'fraction',
  ...(days.length > 750 ? { scale: 'log' as const } : {}),
});

const returnChart = (windows: readonly WindowReport[]): Chart => ({
  id: 'returns',
  title: 'Annual return by window',
  kind: 'bars',
  x: windows.map(({ number }) => String(number)),
  lines: [
    {
      name: 'In sample',
      values: windows.map(({ inSampleFigures: of }) => cell(of?.annualReturn.value)),
    },
    {
      name: 'Out of sample',
      values: windows.map(({ outOfSampleFigures: of }) => cell(of?.annualReturn.value)),
    },
  ],
  unit: 'fraction',
});

/** Of each numeric parameter, what was chosen from window to window: a stable one hardly moves. */
const driftCharts = ({ drift }: WalkForwardPart): Chart[] =>
  drift
    .filter(({ values }) => values.every((value) => value === null || typeof value === 'number'))
    .map(({ name, values }) => ({
      id: `chosen-${name}`,
      title: `${name}, chosen by window`,
      kind: 'line',
      x: values.map((_, i) => String(i + 1)),
      lines: [{ name, values: values.map((value) => cell(value as number | null)) }],
      unit: 'number',
    }));
