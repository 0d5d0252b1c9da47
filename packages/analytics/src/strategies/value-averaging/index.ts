import { defineStrategy } from '../../strategy/define-strategy.ts';
import { everyParameter, newPeriod } from '../../strategy-kit/schedule.ts';
import { tradable } from '../../strategy-kit/tradable.ts';

export default defineStrategy({
  id: 'value-averaging',
  group: 'allocation',
  title: 'A value that grows by the same each month',
  summary:
    'Buys as much as brings the value held to a path that rises by a fixed amount, and sells, if asked, what is above it: more is bought when prices are low. Its average price looks better than its return is, as the cash that waits earns little.',
  source: 'Edleson, Value Averaging, 1993',
  params: {
    amount: {
      kind: 'number',
      title: 'Growth of the value each time, in base currency',
      above: 0,
      default: 1000,
    },
    growth: {
      kind: 'number',
      title: 'Growth expected of what is held, each time',
      min: 0,
      max: 1,
      default: 0,
    },
    every: everyParameter('Looked at', 'month'),
    sell: { kind: 'flag', title: 'Sell what is above the path', default: true },
  },
  onStart: ({ params }) => ({ due: newPeriod(params.every), path: 0 }),
  onBar({ now, orders, instruments, params, portfolio }, state) {
    if (!state.due(now)) return;
    const held = tradable(instruments);
    if (held.length === 0) return;
    state.path = state.path * (1 + params.growth) + params.amount;
    const each = state.path / held.length;
    for (const view of held) {
      if (view.value > each && !params.sell) continue;
      orders.toWeight(view, each / portfolio.equity, `path at ${state.path.toFixed(0)}`);
    }
  },
});
