import { defineStrategy } from '../../strategy/define-strategy.ts';
import type { FillView } from '../../strategy/strategy-context.ts';
import { everyParameter, newPeriod } from '../../strategy-kit/schedule.ts';
import { tradable } from '../../strategy-kit/tradable.ts';

/** Base currency for one of the instrument's, where something is held of it. */
const rateOf = ({ value, position, close, multiplier }: FillView['instrument']): number =>
  value / (position * close * multiplier);

export default defineStrategy({
  id: 'dollar-cost-averaging',
  group: 'allocation',
  title: 'The same amount each month',
  summary:
    'Buys for a fixed amount at fixed times, out of the cash at hand, whatever the price is: nobody must guess when. Two times in three all at once would have done better, as markets mostly rise; it costs less when they fall first.',
  source:
    'Constantinides, A Note on the Suboptimality of Dollar-Cost Averaging, Journal of Financial and Quantitative Analysis, 1979',
  params: {
    amount: {
      kind: 'number',
      title: 'Amount each time, in base currency',
      help: 'Split evenly over the instruments. What is too little for one unit is added to the next.',
      above: 0,
      default: 1000,
    },
    every: everyParameter('Bought', 'month'),
  },
  onStart: ({ params }) => ({
    due: newPeriod(params.every),
    /** By id, what is meant for an instrument and not spent. */
    unspent: new Map<string, number>(),
  }),
  onFill({ portfolio }, { unspent }, fill) {
    const { id, currency, multiplier } = fill.instrument;
    const rate = currency === portfolio.base ? 1 : rateOf(fill.instrument);
    const paid = fill.quantity * fill.price * multiplier * rate;
    unspent.set(id, (unspent.get(id) ?? 0) - paid);
  },
  onBar({ now, orders, instruments, params, portfolio }, { due, unspent }) {
    if (!due(now)) return;
    const bought = tradable(instruments);
    for (const view of bought) {
      // Cash that is not there is not promised: an amount that could not be spent does not pile up.
      const most = Math.max(0, portfolio.cash) / bought.length;
      const meant = Math.max(0, unspent.get(view.id) ?? 0) + params.amount / bought.length;
      unspent.set(view.id, Math.min(meant, most));
      const target = view.value + Math.min(meant, most);
      orders.toWeight(view, target / portfolio.equity, `amount of the ${params.every}`);
    }
  },
});
