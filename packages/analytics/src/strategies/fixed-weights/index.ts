import { bandedStrategy } from '../../strategy-kit/banded-strategy.ts';
import { sharesByName, wrongShares } from '../../strategy-kit/shares-by-name.ts';

export default bandedStrategy({
  id: 'fixed-weights',
  title: 'Fixed weights with bands',
  summary:
    'Holds given weights, brought back by the calendar and whenever one has drifted too far. Keeps the risk that was chosen, and buys what has fallen with what has risen; in a long trend that costs return.',
  source:
    'Perold, Sharpe, Dynamic Strategies for Asset Allocation, Financial Analysts Journal, 1988',
  params: {
    weights: {
      kind: 'by-name',
      title: 'Share of each instrument',
      help: 'What they lack of 1 stays in cash.',
    },
  },
  check: ({ weights }) => wrongShares(weights),
  shares: ({ weights }, instruments) => sharesByName(weights, instruments),
});
