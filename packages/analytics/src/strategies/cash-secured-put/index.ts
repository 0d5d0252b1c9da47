import { defineStrategy } from '../../strategy/define-strategy.ts';
import {
  OptionDesk,
  type OptionView,
  optionParameters,
  sayOnce,
} from '../../strategy-kit/option-desk.ts';
import { investedParameter } from '../../strategy-kit/weights.ts';

export default defineStrategy({
  id: 'cash-secured-put',
  group: 'options',
  title: 'Puts secured by cash',
  summary:
    'Sells puts for which the money to take delivery is at hand, month after month: an insurer’s premium, as options have mostly cost more than they paid. Small gains often, and the whole fall below the strike now and then. What is delivered is sold at once.',
  source:
    'Ungar, Moran, The Cash-Secured PutWrite Strategy and Performance of Related Benchmark Indexes, Journal of Alternative Investments, 2009',
  params: { ...optionParameters(30, 0), invested: investedParameter },
  onStart: (context) => ({
    desk: new OptionDesk(context),
    sold: null as OptionView | null,
    say: sayOnce(context.log),
  }),
  onBar({ now, orders, params, portfolio }, state) {
    const { desk, sold } = state;
    const { underlying } = desk;
    if (!(portfolio.equity > 0) || !(underlying.close > 0)) return;
    if (sold !== null && sold.position !== 0) {
      const why = desk.whyLeave(sold, now, 1 - sold.close / sold.averagePrice);
      if (why !== null && orders.open.length === 0) orders.toQuantity(sold, 0, why);
      return;
    }
    if (orders.open.length > 0) return;
    if (underlying.position !== 0) {
      orders.toQuantity(underlying, 0, 'delivered');
      return;
    }
    const put = desk.choose('put', now);
    if (put === undefined) return state.say('No put is quoted that could be sold.');
    state.sold = put;
    // So many that taking delivery of all at the strike costs the share of equity.
    orders.toWeight(put, (-params.invested * put.close) / put.option.strike, 'secured by cash');
    if (orders.open.length === 0)
      state.say(
        `Nothing could be ordered: too little money for ${put.multiplier} units, or a limit.`,
      );
  },
});
