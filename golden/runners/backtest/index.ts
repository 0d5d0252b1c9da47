import { runBacktest } from '@plimsoll/analytics/backtest';
import { factsOf, granted } from '../../case-facts.ts';
import { caseName, type GoldenCase } from '../../golden-case.ts';
import { type GoldenData, NoGoldenData } from '../../golden-data.ts';
import type { Outcome, Runner } from '../../runner.ts';
import { marketOf } from './case-market.ts';
import { fractionsIn, settingsOf, towardsOf } from './case-settings.ts';
import { strategyOf } from './case-strategy.ts';
import { equityAgrees, figuresAgree } from './expected-figures.ts';
import { fillsAgree, positionsAgree, rejectionsAgree, tradesAgree } from './expected-trades.ts';

/** The equity curve of a case, where there is a file of it. */
function curveOf(golden: GoldenCase, data: GoldenData): string | undefined {
  try {
    return data.text(`engines/equity/${caseName(golden)}.csv`);
  } catch (error) {
    if (error instanceof NoGoldenData) return undefined;
    throw error;
  }
}

/** Strategies on real bars, trade by trade as an established engine made them. */
export const runners: readonly Runner[] = [
  {
    category: 'backtest_trades',
    handles: (golden) => golden['category'] === 'backtest_trades',
    run(golden, { data }): Outcome {
      const strategy = strategyOf(golden, towardsOf(golden));
      if (!strategy) {
        return { checks: [], listed: [`no strategy "${String(golden['strategy'])}" is known`] };
      }
      const market = marketOf(golden, data, fractionsIn(golden));
      const result = granted(runBacktest(strategy, {}, market, settingsOf(golden)));
      const engine = factsOf(golden['backtrader']);
      const curve = curveOf(golden, data);
      const figures = figuresAgree(result, golden);
      return {
        checks: [
          ...tradesAgree(result, engine),
          ...fillsAgree(result, engine),
          ...positionsAgree(result, engine),
          ...rejectionsAgree(result, engine),
          ...(curve === undefined ? [] : equityAgrees(result, curve)),
          ...figures.checks,
        ],
        listed: figures.listed,
      };
    },
  },
];
