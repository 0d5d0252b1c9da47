import { type ParameterTable, present, type Random, type ValuesOf } from '@plimsoll/kernel';
import type { InstrumentView, OrderDesk, StrategyContext } from '../strategy/strategy-context.ts';
import type { Account } from './account.ts';
import { IndicatorsOfRun } from './indicators-of-run.ts';
import type { BacktestMarket } from './market.ts';
import { PredictionsOfRun } from './predictions-of-run.ts';
import type { RunLog } from './run-log.ts';
import type { Clock } from './views.ts';

/** What a context shows of a run. */
interface Shown {
  readonly params: ValuesOf<ParameterTable>;
  readonly random: Random;
  readonly base: string;
  readonly clock: Clock;
  readonly log: RunLog;
  readonly account: Account;
  readonly desk: OrderDesk;
  readonly market: BacktestMarket;
}

/** What a strategy is given: nothing in it leads to a column, or to what is not known yet. */
export function contextOf(
  views: readonly InstrumentView[],
  { params, random, base, clock, log, account, desk, market }: Shown,
): StrategyContext<never> {
  const only = present(views[0], 'an instrument');
  const byId = new Map(views.map((view) => [view.id, view]));
  const indicators = new IndicatorsOfRun(only);
  const predictions = new PredictionsOfRun(market, only);
  const context: StrategyContext<unknown> = {
    params,
    get now() {
      return clock.now;
    },
    get count() {
      return clock.moment + 1;
    },
    instruments: Object.freeze([...views]),
    instrument: only,
    find: (id) => byId.get(id),
    portfolio: Object.freeze({
      get cash() {
        return account.cash;
      },
      get equity() {
        return account.equity();
      },
      base,
    }),
    orders: desk,
    indicator: (id, given, options) => indicators.view(id, given, options),
    prediction: (of) => predictions.view(of),
    random,
    log: (message) => log.add(clock.now, 'strategy', String(message)),
  };
  return Object.freeze(context) as StrategyContext<never>;
}
