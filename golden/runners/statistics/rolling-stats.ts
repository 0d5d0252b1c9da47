import { estimate } from '@plimsoll/analytics/analysis';
import { metricById, rollingMetric } from '@plimsoll/analytics/statistics';
import { expectedOf, inputOf, toleranceOf } from '../../case-facts.ts';
import type { Check } from '../../check.ts';
import { isRecord } from '../../golden-case.ts';
import type { Outcome, Runner } from '../../runner.ts';
import { sampleOf } from './case-sample.ts';
import { checkFigure } from './check-figure.ts';

/** What `vol60` and the like are of; drawdowns of the case are negative. */
const kinds: Readonly<Record<string, readonly [id: string, sign: 1 | -1]>> = {
  vol: ['volatility', 1],
  sharpe: ['sharpe', 1],
  beta: ['beta', 1],
  corr: ['correlation', 1],
  maxdd: ['max-drawdown', -1],
  ret: ['total-return', 1],
  sortino: ['sortino', 1],
  skew: ['skewness', 1],
  kurt: ['kurtosis', 1],
  mean: ['mean-return', 1],
};

/** Of windows: what a case sums them up by. */
const summaries: Readonly<Record<string, (values: readonly number[]) => number>> = {
  count: (values) => values.length,
  sum: (values) => values.reduce((total, value) => total + value, 0),
  mean: (values) => values.reduce((total, value) => total + value, 0) / values.length,
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
};

/** Metrics of windows, on single days and summed up. */
export const rollingStats: Runner = {
  category: 'rolling',
  handles: (golden) => golden['category'] === 'rolling',
  run(golden, surroundings): Outcome {
    const input = inputOf(golden, surroundings);
    const sample = sampleOf(input, surroundings);
    const tolerance = toleranceOf(golden);
    const checks: Check[] = [];
    const listed: string[] = [];
    const windowsOf = (name: string): ReadonlyMap<string, number> | undefined => {
      const [, kind = '', size] = /^([a-z]+)(\d*)$/.exec(name) ?? [];
      const [id = '', sign = 1] = kinds[kind] ?? [];
      const metric = metricById(id);
      if (!metric) return undefined;
      const window = Number(size || input['window']);
      const values = rollingMetric(metric, sample, window);
      return new Map(
        values.flatMap((value, i): [string, number][] =>
          value === null ? [] : [[sample.days[i + window - 1] ?? '', sign * value]],
        ),
      );
    };
    const figuresOf = (part: string): [string, Readonly<Record<string, unknown>>][] => {
      const found = expectedOf(golden)[part];
      return isRecord(found)
        ? Object.entries(found).flatMap(([name, each]) => (isRecord(each) ? [[name, each]] : []))
        : [];
    };
    for (const [name, wanted] of figuresOf('at')) {
      const values = windowsOf(name);
      if (!values) listed.push(`${name}: no metric of that name is known`);
      else {
        for (const [day, number] of Object.entries(wanted)) {
          const found = estimate(values.get(day) ?? Number.NaN, 'the window is not full');
          checks.push(checkFigure(`${name} ${day}`, found, number, tolerance));
        }
      }
    }
    for (const [name, wanted] of figuresOf('aggregate')) {
      const values = [...(windowsOf(name)?.values() ?? [])];
      for (const [how, number] of Object.entries(wanted)) {
        const summary = summaries[how];
        if (!summary) listed.push(`${name} ${how}: no such summary is known`);
        else {
          const found = estimate(summary(values), 'no window is full');
          checks.push(checkFigure(`${name} ${how}`, found, number, tolerance));
        }
      }
    }
    return { checks, listed };
  },
};
