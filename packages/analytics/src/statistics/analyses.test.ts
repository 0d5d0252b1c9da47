import { addDays, type Day, type SeriesInput } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import bootstrap from '../analyses/bootstrap/index.ts';
import calendarReturns from '../analyses/calendar-returns/index.ts';
import drawdowns from '../analyses/drawdowns/index.ts';
import metrics from '../analyses/metrics/index.ts';
import rollingBeta from '../analyses/rolling-beta/index.ts';
import rollingMetrics from '../analyses/rolling-metrics/index.ts';
import sharpeSignificance from '../analyses/sharpe-significance/index.ts';
import tearSheet from '../analyses/tear-sheet/index.ts';
import toolConventions from '../analyses/tool-conventions/index.ts';
import type { Analysis } from '../analysis/define-analysis.ts';
import type { Report } from '../analysis/report.ts';
import { answerTo } from '../analysis/testing/ask-analysis.ts';
import { toolNames } from './match/tools.ts';

const n = 600;
const days: Day[] = Array.from({ length: n }, (_, t) => addDays('2021-01-29', t));
const walk = (a: number, b: number): number[] => {
  let level = 100;
  return days.map((_, t) => {
    level *= 1 + 0.01 * Math.sin(a * t) + 0.004 * Math.sin(b * t * t) + 0.0004;
    return level;
  });
};
const series: SeriesInput = { days, values: walk(1.3, 0.37), name: 'fund' };
const benchmark: SeriesInput = { days, values: walk(1.3, 0.11), name: 'index' };

/** As a request reaches an analysis: checked against its table. */
function reportOf(analysis: Analysis, input: Readonly<Record<string, unknown>>): Report {
  const answer = answerTo(analysis, input);
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  // What is not finite would come back as null.
  expect(JSON.parse(JSON.stringify(answer.value))).toEqual(answer.value);
  for (const table of answer.value.tables) {
    for (const row of table.rows) expect(row.length).toBe(table.columns.length);
  }
  for (const chart of answer.value.charts) {
    for (const line of chart.lines) expect(line.values.length, chart.id).toBe(chart.x.length);
  }
  const ids = answer.value.figures.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  return answer.value;
}

const codeOf = (analysis: Analysis, input: Readonly<Record<string, unknown>>): string => {
  const answer = answerTo(analysis, input);
  return answer.ok ? 'answered' : answer.fault.code;
};
const figure = (report: Report, id: string): number | null | undefined =>
  report.figures.find((each) => each.id === id)?.value;

describe('tear sheet', () => {
  it('has every figure, with its formula and source', () => {
    const report = reportOf(tearSheet, { series, benchmark, riskFree: 0.02 });
    expect(report.figures.length).toBeGreaterThan(140);
    expect(report.figures.filter(({ value }) => value === null).map(({ id }) => id)).toEqual([
      'max-drawdown-recovery',
    ]);
    for (const each of report.figures) expect(each.formula && each.source, each.id).toBeTruthy();
    expect(report.sample).toEqual({ from: days[0], to: days.at(-1), n: n - 1, missing: 0 });
    expect(report.charts.map(({ id }) => id)).toEqual([
      'growth',
      'drawdown',
      'rolling-volatility',
      'rolling-sharpe',
      'rolling-beta',
      'months',
      'histogram',
    ]);
    expect(report.tables.map(({ id }) => id)).toEqual(['drawdowns', 'years', 'months']);
  });

  it('is the same for prices and for their returns', () => {
    const { values } = series;
    const returns: SeriesInput = {
      are: 'returns',
      days: days.slice(1),
      values: values.slice(1).map((price, i) => (price ?? 0) / (values[i] ?? 1) - 1),
    };
    const byPrices = reportOf(tearSheet, { series });
    const byReturns = reportOf(tearSheet, { series: returns });
    for (const { id, value } of byPrices.figures) {
      if (!['cagr-calendar', 'cagr-julian', 'calendar-days'].includes(id)) {
        expect(figure(byReturns, id), id).toBe(value);
      }
    }
  });

  it('has the figures of another tool under its names, with their notes', () => {
    const report = reportOf(tearSheet, { series, benchmark, match: 'quantstats' });
    const flagged = report.figures.find(({ id }) => id === 'probabilistic_sharpe_ratio');
    expect(flagged?.note).toMatch(/^Known error/);
    expect(report.conventions.join(' ')).toContain('As QuantStats 0.0.81 computes it.');
  });

  it('makes do without days, and with few returns', () => {
    const report = reportOf(tearSheet, { series: { values: [100, 101, 99, 102] } });
    expect(report.notes).toEqual([
      'The 3 returns are less than a year; annual figures are scaled up.',
      'The 3 returns do not fill a window of 126; rolling charts are left out.',
      'Without days there are no months, years and dates.',
    ]);
    expect(figure(report, 'kurtosis')).toBeNull();
    expect(figure(report, 'best-month')).toBeUndefined();
  });

  it('matches days, so that returns span what one of them lacks', () => {
    const gap = {
      ...benchmark,
      values: benchmark.values.map((value, t) => (t === 300 ? null : value)),
    };
    const later = { days: days.slice(10), values: benchmark.values.slice(10), name: 'index' };
    const rest = (benchmark: SeriesInput): string =>
      reportOf(tearSheet, { series, benchmark }).notes.find((note) => note.includes('rest on')) ??
      '';
    expect(rest(gap)).toContain(
      'rest on 598 returns between the days that both have, 251.6 a year',
    );
    expect(rest(later)).toContain(
      'rest on 589 returns between the days that both have, 252 a year',
    );
    expect(rest(later)).toContain('leave out 10 of the 599 days of fund');
    const without = { ...gap, days: days.slice(1), values: gap.values.slice(1) };
    const own = reportOf(metrics, { series: without, metrics: ['total-return'] });
    expect(own.sample).toEqual({ from: days[1], to: days.at(-1), n: n - 3, missing: 1 });
    expect(own.notes).toContain(
      '1 values of index have no number, or none beside them, and are left out.',
    );
  });

  it.each([
    ['a total loss', [0.1, -1, 0.2, 0.1]],
    ['nothing at all', new Array<number>(200).fill(0)],
    ['the same every day', new Array<number>(200).fill(0.001)],
    ['one huge day', [...new Array<number>(199).fill(0.001), 1e6]],
    ['one day', [0.01]],
    ['holes', [0.01, null, -0.02, null, 0.01, 0.03]],
  ])('answers for %s, with a benchmark and by any conventions', (_, values) => {
    const own: SeriesInput = { are: 'returns', days: days.slice(0, values.length), values };
    const other: SeriesInput = {
      are: 'returns',
      days: days.slice(0, values.length),
      values: values.map((_value, t) => 0.01 * Math.sin(t)),
    };
    for (const match of [undefined, ...toolNames]) {
      const input = { series: own, benchmark: other, window: 2, ...(match ? { match } : {}) };
      const report = reportOf(tearSheet, input);
      for (const { id, value, why } of report.figures) {
        if (value === null) expect(why, id).toMatch(/\S/);
      }
    }
    reportOf(toolConventions, { series: own, benchmark: other });
    reportOf(drawdowns, { series: own });
    reportOf(calendarReturns, { series: own });
    reportOf(bootstrap, { series: own, benchmark: other, draws: 50, block: 1 });
  });

  it('matches returns with prices by the prices that they make', () => {
    const { values } = benchmark;
    const returns: SeriesInput = {
      are: 'returns',
      name: 'index',
      days: days.slice(1),
      values: values.slice(1).map((price, i) => (price ?? 0) / (values[i] ?? 1) - 1),
    };
    const gap = { ...series, values: series.values.map((value, t) => (t === 300 ? null : value)) };
    const byPrices = reportOf(metrics, { series: gap, benchmark, metrics: ['beta', 'alpha'] });
    const byReturns = reportOf(metrics, {
      series: gap,
      benchmark: returns,
      metrics: ['beta', 'alpha'],
    });
    expect(byReturns.sample).toEqual(byPrices.sample);
    for (const id of ['beta', 'alpha']) {
      expect(figure(byReturns, id)).toBeCloseTo(figure(byPrices, id) ?? Number.NaN, 10);
    }
  });

  it('refuses days that are not one a value, or do not ascend', () => {
    const short = { days: days.slice(1), values: benchmark.values };
    expect(codeOf(tearSheet, { series, benchmark: short })).toBe('series.days');
    const twice = { days: [days[1], ...days.slice(1)], values: benchmark.values };
    expect(codeOf(tearSheet, { series, benchmark: twice })).toBe('series.days');
  });

  it('refuses what makes no sense, by name', () => {
    expect(codeOf(tearSheet, { series: { values: [100] } })).toBe('series.short');
    expect(codeOf(tearSheet, { series: { values: [] } })).toBe('series.short');
    expect(codeOf(tearSheet, { series: { values: [100, -1] } })).toBe('series.value');
    const two = { series: { values: [1, 2, 3] }, benchmark: { values: [1, 2] } };
    expect(codeOf(tearSheet, two)).toBe('series.lengths');
    const apart = { days: days.map((day) => addDays(day, 5000)), values: series.values };
    expect(codeOf(tearSheet, { series, benchmark: apart })).toBe('series.short');
    expect(codeOf(tearSheet, { series, match: 'pyfolio' })).toMatch(/./);
    expect(codeOf(tearSheet, { series, match: 'pyfolio' })).not.toBe('answered');
  });

  it('takes risk-free returns period by period', () => {
    const free = { days: days.slice(1), values: days.slice(1).map(() => 0.0001) };
    const by = reportOf(metrics, { series, riskFreeSeries: free, metrics: ['sharpe'] });
    const rate = 1.0001 ** 252 - 1;
    const flat = reportOf(metrics, { series, riskFree: rate, metrics: ['sharpe'] });
    expect(figure(by, 'sharpe')).toBeCloseTo(figure(flat, 'sharpe') ?? Number.NaN, 10);
  });
});

describe('analyses of a series', () => {
  it('give chosen metrics, and refuse those that there are not', () => {
    expect(figure(reportOf(metrics, { series, metrics: ['omega'] }), 'omega')).toBeGreaterThan(1);
    expect(codeOf(metrics, { series, metrics: ['sharp'] })).toBe('metrics.unknown');
    expect(codeOf(metrics, { series, metrics: [] })).toBe('metrics.none');
  });

  it('roll any metric, and refuse windows that do not fit', () => {
    const report = reportOf(rollingMetrics, {
      series,
      benchmark,
      metrics: ['beta', 'omega'],
      window: 60,
    });
    expect(report.tables[0]?.rows.length).toBe(n - 60);
    const last = report.tables[0]?.rows.at(-1);
    expect(last?.[1]).toBe(figure(report, 'beta-last'));
    expect(codeOf(rollingMetrics, { series, window: 600 })).toBe('rolling.window');
    const without = reportOf(rollingMetrics, { series, metrics: ['beta'], window: 60 });
    expect(figure(without, 'beta-mean')).toBeNull();
  });

  it('roll the betas of a panel', () => {
    const values = days.map((_, t) => [benchmark.values[t], series.values[t]]);
    const panel = { days, names: ['index', 'fund'], values };
    const report = reportOf(rollingBeta, { panel, benchmark: 'index', window: 60 });
    const one = reportOf(rollingMetrics, { series, benchmark, metrics: ['beta'], window: 60 });
    expect(figure(report, 'fund')).toBeCloseTo(figure(one, 'beta-last') ?? Number.NaN, 10);
    expect(codeOf(rollingBeta, { panel, benchmark: 'none', window: 60 })).toBe('rolling.benchmark');
    expect(codeOf(rollingBeta, { panel, benchmark: 'index', window: 9999 })).toBe('rolling.window');
  });

  it('link months to years, and need days', () => {
    const report = reportOf(calendarReturns, { series });
    const months = report.tables[0]?.rows ?? [];
    for (const row of months) {
      const product = row
        .slice(1, 13)
        .reduce<number>((all, cell) => all * (1 + Number(cell ?? 0)), 1);
      expect(product - 1).toBeCloseTo(Number(row[13]), 12);
    }
    expect(months.map(([year]) => year)).toEqual(['2021', '2022']);
    expect(codeOf(calendarReturns, { series: { values: [1, 2] } })).toBe('calendar.days');
  });

  it('list drawdowns with their days', () => {
    const report = reportOf(drawdowns, { series, most: 3 });
    const rows = report.tables[0]?.rows ?? [];
    expect(rows.length).toBe(3);
    expect(rows[0]?.[0]).toBe(figure(report, 'max-drawdown'));
    expect(String(rows[0]?.[1]) < String(rows[0]?.[2])).toBe(true);
  });

  it('bound metrics by drawing blocks', () => {
    const report = reportOf(bootstrap, { series, metrics: ['sharpe'], draws: 100 });
    const [low, high] = [figure(report, 'sharpe-low'), figure(report, 'sharpe-high')];
    expect(Number(low)).toBeLessThan(Number(high));
    expect(codeOf(bootstrap, { series, block: 1000 })).toBe('bootstrap.block');
  });

  it('judge a Sharpe ratio from a series or from what is said of it', () => {
    const stated = reportOf(sharpeSignificance, {
      sharpe: 2.5,
      observations: 1250,
      periodsPerYear: 250,
      skewness: -3,
      kurtosis: 10,
      trials: 100,
      trialVariance: 0.5,
    });
    expect(figure(stated, 'deflated-sharpe')).toBeCloseTo(0.9004, 4);
    const measured = reportOf(sharpeSignificance, { series });
    expect(figure(measured, 'probabilistic-sharpe')).toBeGreaterThan(0.5);
    expect(codeOf(sharpeSignificance, {})).toBe('sharpe.input');
    const flat = { values: [1, 1, 1, 1, 1, 1] };
    expect(codeOf(sharpeSignificance, { series: flat })).toBe('sharpe.undefined');
  });

  it('stand tools side by side', () => {
    const report = reportOf(toolConventions, { series, benchmark });
    expect(report.tables[0]?.rows.length).toBeGreaterThan(150);
  });
});
