import { defineStrategy } from '../../strategy/define-strategy.ts';
import { sharesByName, wrongShares } from '../../strategy-kit/shares-by-name.ts';
import { tradable } from '../../strategy-kit/tradable.ts';
import { investedParameter } from '../../strategy-kit/weights.ts';

export default defineStrategy({
  id: 'buy-and-hold',
  group: 'allocation',
  title: 'Buy and hold',
  summary:
    'Buys each instrument once, as soon as it is traded, and never sells. What every other strategy must beat after its costs.',
  source: 'Sharpe, The Arithmetic of Active Management, Financial Analysts Journal, 1991',
  params: {
    weights: {
      kind: 'by-name',
      title: 'Share of each instrument',
      help: 'The same for each where it is left out.',
      optional: true,
    },
    invested: investedParameter,
  },
  check: ({ weights }) => (weights === undefined ? null : wrongShares(weights)),
  onStart({ params: { weights }, instruments }) {
    if (weights !== undefined) return new Map(sharesByName(weights, instruments));
    const all = instruments.filter(({ option }) => option === null);
    return new Map(all.map((view) => [view, 1 / all.length]));
  },
  onBar({ orders, params }, waiting) {
    if (waiting.size === 0) return;
    for (const view of tradable([...waiting.keys()])) {
      orders.toWeight(view, (waiting.get(view) ?? 0) * params.invested, 'bought once');
      waiting.delete(view);
    }
  },
});
