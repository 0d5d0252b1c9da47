import { defineStrategy } from '../../strategy/define-strategy.ts';
import {
  OptionDesk,
  type OptionView,
  optionParameters,
  sayOnce,
} from '../../strategy-kit/option-desk.ts';
import { investedParameter } from '../../strategy-kit/weights.ts';

export default defineStrategy({
  id: 'covered-call',
  group: 'options',
  title: 'Covered calls',
  summary:
    'Holds an instrument and sells calls on all of it, month after month: the premium is kept for giving up what rises beyond the strike. Smoother than holding it alone; all of the fall stays, and the best months are sold.',
  source: 'Whaley, Return and Risk of CBOE Buy Write Monthly Index, Journal of Derivatives, 2002',
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
    const call = desk.choose('call', now);
    if (call === undefined) return state.say('No call is quoted that could be sold.');
    const contracts = Math.floor(
      (underlying.position * underlying.multiplier) / call.multiplier + 1e-9,
    );
    if (contracts >= 1) {
      state.sold = call;
      orders.toQuantity(call, -contracts, 'covered by what is held');
      return;
    }
    orders.toWeight(underlying, params.invested, 'to be covered with');
    if (orders.open.length === 0)
      state.say(
        `Nothing could be ordered: too little money for ${call.multiplier} units, or a limit.`,
      );
  },
});
