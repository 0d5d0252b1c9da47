import { estimate } from '@plimsoll/analytics/analysis';
import { metricById } from '@plimsoll/analytics/statistics';
import { expectedOf, inputOf, toleranceOf } from '../../case-facts.ts';
import { type Check, same } from '../../check.ts';
import { isRecord } from '../../golden-case.ts';
import type { Outcome, Runner } from '../../runner.ts';
import { sampleOf } from './case-sample.ts';
import { checkFigure } from './check-figure.ts';

const figures: Readonly<Record<string, string>> = {
  best: 'best-month',
  worst: 'worst-month',
  positive: 'win-rate-month',
  monthly_vol_ann: 'volatility-monthly',
  monthly_sharpe: 'sharpe-monthly',
  best_year: 'best-year',
  worst_year: 'worst-year',
  positive_years: 'win-rate-year',
};

/** Calendar months and years. */
export const calendarStats: Runner = {
  category: 'calendar_returns',
  handles: (golden) => golden['category'] === 'calendar_returns',
  run(golden, surroundings): Outcome {
    const sample = sampleOf(inputOf(golden, surroundings), surroundings);
    const tolerance = toleranceOf(golden);
    const checks: Check[] = [];
    const listed: string[] = [];
    const periods = new Map(
      [...sample.months, ...sample.years].map(({ period, value }) => [period, value]),
    );
    for (const [key, wanted] of Object.entries(expectedOf(golden))) {
      const metric = metricById(figures[key] ?? '');
      if (metric) checks.push(checkFigure(key, metric.compute(sample), wanted, tolerance));
      else if (key === 'months' && !isRecord(wanted)) {
        checks.push(same(key, sample.months.length, wanted));
      } else if (isRecord(wanted)) {
        for (const [period, value] of Object.entries(wanted)) {
          // A year is named by its last day.
          const name = period.length === 10 && key === 'years' ? period.slice(0, 4) : period;
          const found = periods.get(name) ?? periods.get(name.slice(0, 7)) ?? Number.NaN;
          const what = `${key} ${period}`;
          checks.push(checkFigure(what, estimate(found, 'no such period'), value, tolerance));
        }
      } else listed.push(`${key}: no figure of that name is known`);
    }
    return { checks, listed };
  },
};
