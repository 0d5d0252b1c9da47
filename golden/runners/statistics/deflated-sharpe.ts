import { estimate } from '@plimsoll/analytics/analysis';
import {
  deflatedSharpe,
  expectedMaximumSharpe,
  minimumTrackRecord,
  probabilisticSharpe,
} from '@plimsoll/analytics/statistics';
import { expectedOf, inputOf, toleranceOf } from '../../case-facts.ts';
import type { Outcome, Runner } from '../../runner.ts';
import { checkFigure } from './check-figure.ts';

/** Sharpe ratios a year and their variance among trials, as the paper states them. */
export const deflated: Runner = {
  category: 'deflated_sharpe',
  handles: (golden) => golden['category'] === 'deflated_sharpe',
  run(golden, surroundings): Outcome {
    const input = inputOf(golden, surroundings);
    const number = (name: string, otherwise = Number.NaN): number =>
      Number(input[name] ?? otherwise);
    const periods = number('periods', 252);
    const of = {
      sharpe: number('sr_annual', number('sr_periodic') * Math.sqrt(periods)) / Math.sqrt(periods),
      n: number('T'),
      skewness: number('skew', 0),
      kurtosis: number('kurtosis', 3),
    };
    const variance = number('var_trials_annual', number('var_trials_periodic') * periods) / periods;
    const hurdle = expectedMaximumSharpe(number('trials'), variance);
    const found: Readonly<Record<string, number>> = {
      sr0_periodic: hurdle,
      sr0_annual: hurdle * Math.sqrt(periods),
      dsr: deflatedSharpe(of, number('trials'), variance),
      psr_vs_0: probabilisticSharpe(of),
      minTRL_95: minimumTrackRecord(of),
    };
    const entries = Object.entries(expectedOf(golden));
    return {
      checks: entries.flatMap(([key, wanted]) => {
        const value = found[key];
        return value === undefined
          ? []
          : [checkFigure(key, estimate(value, 'not defined'), wanted, toleranceOf(golden))];
      }),
      listed: entries
        .filter(([key]) => found[key] === undefined)
        .map(([key]) => `${key}: no figure of that name is known`),
    };
  },
};
