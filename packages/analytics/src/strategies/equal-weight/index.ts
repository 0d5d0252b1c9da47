import { allocationStrategy } from '../../strategy-kit/allocation-strategy.ts';
import { tradable } from '../../strategy-kit/tradable.ts';
import { equalWeights } from '../../strategy-kit/weights.ts';

export default allocationStrategy({
  id: 'equal-weight',
  group: 'allocation',
  title: 'The same of each',
  summary:
    'Holds everything at the same weight, set anew by the calendar. Needs no estimate and so makes no mistake in one: out of sample it is hard to beat. Sells what rose to buy what fell, which costs where one of them only ever falls.',
  source:
    'DeMiguel, Garlappi, Uppal, Optimal Versus Naive Diversification, Review of Financial Studies, 2009',
  params: {},
  prepare: () => null,
  weights({ instruments }) {
    const held = tradable(instruments);
    return held.length === 0 ? 'wait' : equalWeights(held, 1);
  },
});
