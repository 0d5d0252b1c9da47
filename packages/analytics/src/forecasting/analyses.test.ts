import type { Day } from '@plimsoll/kernel';
import { addDays, seededRandom } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import arima from '../analyses/arima/index.ts';
import autocorrelation from '../analyses/autocorrelation/index.ts';
import cointegration from '../analyses/cointegration/index.ts';
import ewma from '../analyses/ewma-volatility/index.ts';
import smoothing from '../analyses/exponential-smoothing/index.ts';
import garch from '../analyses/garch/index.ts';
import hurst from '../analyses/hurst/index.ts';
import level from '../analyses/local-level/index.ts';
import range from '../analyses/range-volatility/index.ts';
import regimes from '../analyses/regimes/index.ts';
import decomposition from '../analyses/seasonal-decomposition/index.ts';
import stationarity from '../analyses/stationarity/index.ts';
import type { Analysis } from '../analysis/define-analysis.ts';
import type { Report } from '../analysis/report.ts';
import { noTools } from '../analysis/testing/ask-analysis.ts';

const days = (n: number): Day[] =>
  Array.from({ length: n }, (_, i) => addDays('2020-01-01' as Day, i));

/** Prices of an instrument with a yearly season and a drift, oldest first. */
function prices(seed: number, n: number): number[] {
  const random = seededRandom(seed);
  let log = 4;
  return Array.from({ length: n }, (_, t) => {
    log += 0.0005 + 0.01 * random.normal() * (t % 100 < 40 ? 2 : 1);
    return Math.exp(log + 0.02 * Math.sin((2 * Math.PI * t) / 12));
  });
}

const first = prices(1, 300);
const series = { days: days(300), values: first, name: 'AAA', are: 'prices' as const };
const bars = {
  names: ['Open', 'High', 'Low', 'Close'],
  values: first.slice(1).map((close, t) => {
    const open = first[t] * 1.001;
    return [open, 1.01 * Math.max(open, close), 0.99 * Math.min(open, close), close];
  }),
};
const pair = {
  days: days(300),
  names: ['AAA', 'BBB'],
  values: first.map((each, t) => [each, 2 * each ** 0.7 * Math.exp(0.01 * Math.sin(t))]),
};

/** Every analysis of this area with values that it can answer. */
const answered: readonly (readonly [Analysis, Record<string, unknown>])[] = [
  [
    garch,
    {
      series,
      model: 'gjr',
      density: 'student-t',
      mean: 'constant',
      start: 'backcast',
      steps: 10,
      periodsPerYear: 252,
      level: 0.95,
    },
  ],
  [
    garch,
    {
      series,
      model: 'garch',
      density: 'normal',
      mean: 'zero',
      start: 'mean-square',
      steps: 10,
      periodsPerYear: 252,
      level: 0.99,
    },
  ],
  [ewma, { series, decay: 0.94, start: 'mean-square', periodsPerYear: 252 }],
  [range, { bars, periodsPerYear: 252 }],
  [
    arima,
    {
      series,
      form: 'logarithms',
      order: 'chosen',
      ar: 1,
      ma: 0,
      constant: 'automatic',
      most: 1,
      steps: 5,
      level: 0.95,
    },
  ],
  [
    arima,
    {
      series,
      form: 'log-returns',
      order: 'given',
      ar: 1,
      ma: 1,
      constant: 'automatic',
      most: 3,
      steps: 5,
      level: 0.9,
    },
  ],
  [
    smoothing,
    {
      series,
      form: 'values',
      method: 'given',
      trend: 'damped',
      season: 'multiplicative',
      error: 'multiplicative',
      period: 12,
      steps: 14,
      level: 0.95,
      paths: 300,
      seed: 4,
    },
  ],
  [
    smoothing,
    {
      series,
      form: 'values',
      method: 'chosen',
      trend: 'none',
      season: 'none',
      error: 'additive',
      steps: 4,
      level: 0.8,
      paths: 200,
      seed: 4,
    },
  ],
  [decomposition, { series, form: 'logarithms', period: 12, seasonal: 7, robust: true }],
  [
    stationarity,
    {
      series,
      form: 'logarithms',
      deterministic: 'constant',
      chooseLags: 'aic',
      ratioSteps: 5,
      autocorrelationLags: 10,
    },
  ],
  [
    cointegration,
    { prices: pair, method: 'engle-granger', on: 'logarithms', deterministic: 'constant' },
  ],
  [
    cointegration,
    { prices: pair, method: 'johansen', on: 'logarithms', deterministic: 'constant', lags: 1 },
  ],
  [hurst, { series, form: 'log-returns' }],
  [regimes, { series, regimes: 3, starts: 2, seed: 1, periodsPerYear: 252 }],
  [level, { series, form: 'values', level: 0.95 }],
  [level, { series, form: 'values', levelVariance: 1, noiseVariance: 2, level: 0.95 }],
  [autocorrelation, { series, form: 'returns', lags: 10, order: 2 }],
];

const run = (analysis: Analysis, values: Record<string, unknown>) =>
  analysis.compute(values as Parameters<Analysis['compute']>[0], noTools);

/** Data without variation, with little, with too much, or hardly there. */
const oddities: readonly (readonly number[])[] = [
  new Array<number>(120).fill(100),
  Array.from({ length: 120 }, (_, i) => (i === 50 ? 200 : 100)),
  Array.from({ length: 120 }, (_, i) => 100 + (i % 2)),
  Array.from({ length: 120 }, (_, i) => 100 * 1.01 ** i),
  Array.from({ length: 120 }, (_, i) => 1e300 * (1 + (i % 7))),
  Array.from({ length: 120 }, (_, i) => 1e-300 * (1 + (i % 7))),
  [100, 101],
  [],
];

/** The same values with other data. */
const flatData = (values: Record<string, unknown>, flat: readonly number[]) => ({
  ...('series' in values && { series: { values: flat, name: 'FLAT', are: 'prices' } }),
  ...('prices' in values && {
    prices: { names: ['A', 'B'], values: flat.map((each) => [each, each]) },
  }),
  ...('bars' in values && {
    bars: { ...bars, values: flat.map((each) => [each, each, each, each]) },
  }),
});

/** A refusal by name in a sentence, or a report of numbers and of nulls with why. */
function expectSound(answer: ReturnType<typeof run>): void {
  if (!answer.ok) {
    expect(answer.fault.code).toMatch(/^[a-z-]+\.[a-z-]+$/);
    expect(answer.fault.detail).toMatch(/\.$/);
    return;
  }
  expect(JSON.parse(JSON.stringify(answer.value))).toEqual(answer.value);
  for (const figure of answer.value.figures) {
    if (figure.value === null) expect(figure.why, figure.id).toBeTruthy();
  }
}

function reportOf(analysis: Analysis, values: Record<string, unknown>): Report {
  const answer = run(analysis, values);
  if (!answer.ok) throw new Error(answer.fault.detail);
  return answer.value;
}

describe('every analysis of forecasting', () => {
  it.each(answered.map(([analysis, values]) => [analysis.id, analysis, values] as const))(
    '%s answers a report that JSON can carry and that explains itself',
    (id, analysis, values) => {
      const report = reportOf(analysis, values);
      expect(analysis.id).toBe(id);
      // What is not finite would come back as null.
      expect(JSON.parse(JSON.stringify(report))).toEqual(report);
      expect(report.figures.length).toBeGreaterThan(2);
      for (const figure of report.figures) {
        expect(figure.formula, figure.id).toBeTruthy();
        expect(figure.source, figure.id).toBeTruthy();
        if (figure.value === null) expect(figure.why, figure.id).toBeTruthy();
      }
      expect(new Set(report.figures.map((figure) => figure.id)).size).toBe(report.figures.length);
      for (const table of report.tables) {
        for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
      }
      for (const chart of report.charts) {
        for (const line of chart.lines) expect(line.values).toHaveLength(chart.x.length);
      }
    },
  );

  it.each(answered.map(([analysis, values]) => [analysis.id, analysis, values] as const))(
    '%s says no number that is none of odd data, or refuses them by name',
    (_, analysis, values) => {
      for (const flat of oddities) {
        expectSound(run(analysis, { ...values, ...flatData(values, flat) }));
      }
    },
  );

  it('refuse days out of order, prices of 0, logarithms of returns and impossible bars', () => {
    const base = { form: 'logarithms', lags: 5, order: 1 };
    const codeOf = (given: unknown, form = 'logarithms'): string => {
      const answer = run(autocorrelation, { ...base, form, series: given });
      return answer.ok ? 'answered' : answer.fault.code;
    };
    expect(codeOf({ days: days(3).toReversed(), values: [1, 2, 3] })).toBe('series.days');
    expect(codeOf({ values: [1, 0, 3] })).toBe('series.value');
    expect(codeOf({ values: [0.1, -0.1, 0.2], are: 'returns' })).toBe('series.form');
    expect(codeOf({ values: [0.1, -1, 0.2], are: 'returns' }, 'log-returns')).toBe('series.value');
    const swapped = { ...bars, values: bars.values.map(([o, h, l, c]) => [o, l, h, c]) };
    const answer = run(range, { bars: swapped, periodsPerYear: 252 });
    expect(answer.ok ? 'answered' : answer.fault.code).toBe('bars.impossible');
    const unnamed = run(range, {
      bars: { ...bars, names: ['a', 'b', 'c', 'd'] },
      periodsPerYear: 252,
    });
    expect(unnamed.ok ? 'answered' : unnamed.fault.code).toBe('bars.columns');
  });

  it('take the same of prices as of their returns', () => {
    const returns = first.slice(1).map((each, t) => each / first[t] - 1);
    for (const form of ['returns', 'log-returns']) {
      const given = { form, lags: 5, order: 1 };
      const one = reportOf(autocorrelation, { ...given, series: { values: first, are: 'prices' } });
      const other = reportOf(autocorrelation, {
        ...given,
        series: { values: returns, are: 'returns' },
      });
      expect(other.figures[0]?.value).toBeCloseTo(one.figures[0]?.value ?? Number.NaN, 10);
    }
  });

  it('count gaps, and answer the same bits for the same seed', () => {
    const values: Record<string, unknown> = {
      series: { values: [...first.slice(0, 50), null, ...first.slice(50)], are: 'prices' },
      regimes: 2,
      starts: 3,
      seed: 7,
      periodsPerYear: 252,
    };
    const one = reportOf(regimes, values);
    expect(one.sample?.missing).toBe(1);
    expect(reportOf(regimes, values)).toEqual(one);
  });
});
