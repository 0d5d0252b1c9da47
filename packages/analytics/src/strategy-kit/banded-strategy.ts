import type { ParameterTable, ValuesOf } from '@plimsoll/kernel';
import { defineStrategy, type Strategy } from '../strategy/define-strategy.ts';
import type { InstrumentView } from '../strategy/strategy-context.ts';
import { type Every, everyParameter, newPeriod } from './schedule.ts';
import { tradable } from './tradable.ts';
import { bandParameter, investedParameter, largestDrift, type Weights } from './weights.ts';

interface BandedStrategy<T extends ParameterTable>
  extends Pick<
    Strategy<T>,
    'id' | 'title' | 'summary' | 'source' | 'params' | 'check' | 'instruments'
  > {
  /** Shares by instrument, which sum to 1 or less; a mistake is thrown. */
  readonly shares: (
    params: ValuesOf<T>,
    instruments: readonly InstrumentView[],
  ) => ReadonlyMap<InstrumentView, number>;
}

/** Parameters that all strategies of fixed weights share. */
const bandedParameters = {
  every: {
    ...everyParameter('Brought back to its weights', 'year'),
    of: ['day', 'week', 'month', 'quarter', 'year', 'never'],
  },
  band: bandParameter(0.05),
  invested: investedParameter,
} as const satisfies ParameterTable;

/**
 * A strategy that holds fixed weights: brought back to them at the first close of each period, and
 * between whenever one has drifted beyond the band. The share of what is not traded yet waits in cash.
 */
export function bandedStrategy<const T extends ParameterTable>({
  shares,
  params: own,
  check,
  ...words
}: BandedStrategy<T>): Strategy {
  // The values checked against both tables have those of each.
  const valuesOf = (params: ValuesOf<typeof bandedParameters>) => params as ValuesOf<T>;
  return defineStrategy<typeof bandedParameters, BandedState>({
    ...words,
    group: 'allocation',
    params: { ...own, ...bandedParameters },
    ...(check ? { check: (params) => check(valuesOf(params)) } : {}),
    onStart: ({ params, instruments }) => ({
      shares: shares(valuesOf(params), instruments),
      due: newPeriod(params.every),
    }),
    onBar(context, state) {
      const { params, orders, portfolio } = context;
      if (!(portfolio.equity > 0)) return;
      const targets = new Map<InstrumentView, number>();
      for (const view of tradable([...state.shares.keys()])) {
        targets.set(view, (state.shares.get(view) ?? 0) * params.invested);
      }
      if (targets.size === 0) return;
      if (state.due(context.now)) orders.rebalance(targets, whyDue(params.every));
      else if (largestDrift(context, targets) > params.band) {
        orders.rebalance(targets, `a weight drifted by more than ${params.band}`);
      }
    },
  });
}

interface BandedState {
  readonly shares: Weights;
  readonly due: (now: number) => boolean;
}

const whyDue = (every: Every): string => (every === 'never' ? 'begin' : `begin of the ${every}`);
