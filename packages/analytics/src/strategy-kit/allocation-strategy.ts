import type { ParameterTable, ValuesOf } from '@plimsoll/kernel';
import { defineStrategy, type Strategy, type StrategyGroup } from '../strategy/define-strategy.ts';
import type { StrategyContext } from '../strategy/strategy-context.ts';
import { everyParameter, newPeriod } from './schedule.ts';
import { investedParameter, type Weights } from './weights.ts';

interface AllocationStrategy<T extends ParameterTable, Memory>
  extends Pick<
    Strategy<T>,
    'id' | 'title' | 'summary' | 'source' | 'params' | 'check' | 'instruments' | 'warmUp'
  > {
  readonly group: StrategyGroup;
  /** Asks for indicators and finds instruments, before the first bar. */
  readonly prepare: (context: StrategyContext<ValuesOf<T>>) => Memory;
  /**
   * Shares of what is invested, at the newest closes; what is not named is sold. `wait` where they are
   * not known yet: they are asked for again at the next moment. `keep` where nothing is to be traded.
   */
  readonly weights: (
    context: StrategyContext<ValuesOf<T>>,
    memory: Memory,
  ) => Weights | 'wait' | 'keep';
}

/** Parameters that all strategies of weights by the calendar share. */
const allocationParameters = {
  every: everyParameter('Weights are set anew', 'month'),
  invested: investedParameter,
} as const satisfies ParameterTable;

interface AllocationState<Memory> {
  readonly memory: Memory;
  readonly due: (now: number) => boolean;
  waiting: boolean;
}

/** A strategy that sets the weights of everything anew at the first close of each period. */
export function allocationStrategy<const T extends ParameterTable, Memory>({
  prepare,
  weights,
  params: own,
  check,
  warmUp,
  ...words
}: AllocationStrategy<T, Memory>): Strategy {
  // The values checked against both tables have those of each.
  const valuesOf = (params: ValuesOf<typeof allocationParameters>) => params as ValuesOf<T>;
  type Context = StrategyContext<ValuesOf<typeof allocationParameters>>;
  const contextOf = (context: Context) => context as unknown as StrategyContext<ValuesOf<T>>;
  return defineStrategy<typeof allocationParameters, AllocationState<Memory>>({
    ...words,
    params: { ...own, ...allocationParameters },
    ...(check ? { check: (params) => check(valuesOf(params)) } : {}),
    ...(warmUp ? { warmUp: (params) => warmUp(valuesOf(params)) } : {}),
    onStart: (context) => ({
      memory: prepare(contextOf(context)),
      due: newPeriod(context.params.every),
      waiting: false,
    }),
    onBar(context, state) {
      const { orders, portfolio, params } = context;
      if (state.due(context.now)) state.waiting = true;
      if (!state.waiting || !(portfolio.equity > 0)) return;
      const shares = weights(contextOf(context), state.memory);
      if (shares === 'wait') return;
      state.waiting = false;
      if (shares === 'keep') return;
      const scaled = new Map([...shares].map(([view, share]) => [view, share * params.invested]));
      orders.rebalance(scaled, `begin of the ${params.every}`);
    },
  });
}
