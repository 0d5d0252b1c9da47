import { standardDeviation } from '@plimsoll/quant/statistics';
import { defineStrategy } from '../../strategy/define-strategy.ts';
import {
  alignedReturns,
  windowParameter,
  withHistory,
} from '../../strategy-kit/aligned-returns.ts';
import { priceHistory } from '../../strategy-kit/price-history.ts';
import { everyParameter, newPeriod } from '../../strategy-kit/schedule.ts';
import { tradable } from '../../strategy-kit/tradable.ts';
import { equalWeights, largestDrift } from '../../strategy-kit/weights.ts';

export default defineStrategy({
  id: 'volatility-target',
  group: 'allocation',
  title: 'Constant volatility',
  summary:
    'Holds more while prices are calm and less while they are not, so that the volatility of the whole stays about the same: volatility lasts, and returns do not rise with it. Sells after the fall has begun and is late when prices turn up.',
  source: 'Moreira, Muir, Volatility-Managed Portfolios, Journal of Finance, 2017',
  params: {
    target: {
      kind: 'number',
      title: 'Volatility aimed at',
      above: 0,
      max: 2,
      unit: 'a year',
      default: 0.1,
    },
    window: windowParameter('Returns that volatility is measured of', 21),
    most: {
      kind: 'number',
      title: 'Largest share of equity invested',
      help: 'Above 1 needs an account with margin.',
      above: 0,
      max: 5,
      default: 1,
    },
    every: everyParameter('Measured anew', 'month'),
    band: {
      kind: 'number',
      title: 'Drift of a weight below which nothing is traded',
      min: 0,
      max: 1,
      default: 0,
    },
  },
  warmUp: ({ window }) => window,
  onStart: (context) => ({
    history: priceHistory(context),
    due: newPeriod(context.params.every),
    waiting: false,
  }),
  onBar(context, state) {
    const { instruments, orders, params, portfolio } = context;
    if (state.due(context.now)) state.waiting = true;
    if (!state.waiting || !(portfolio.equity > 0)) return;
    const held = withHistory(tradable(instruments), params.window);
    const found = alignedReturns(state.history, held, params.window);
    if (found === null) return;
    state.waiting = false;
    const { data, rows, columns } = found.returns;
    const together = Float64Array.from({ length: rows }, (_, t) => {
      let sum = 0;
      for (let i = 0; i < columns; i++) sum += data[t * columns + i] as number;
      return sum / columns;
    });
    const volatility = standardDeviation(together) * Math.sqrt(found.perYear);
    const targets = equalWeights(held, Math.min(params.most, params.target / volatility));
    if (largestDrift(context, targets) < params.band) return;
    orders.rebalance(targets, `volatility of ${(100 * volatility).toFixed(1)} % a year`);
  },
});
