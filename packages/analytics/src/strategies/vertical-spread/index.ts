import { defineStrategy } from '../../strategy/define-strategy.ts';
import { OptionDesk, optionParameters, sayOnce } from '../../strategy-kit/option-desk.ts';
import { isHeld, isWhole, type Spread, spreadValue } from './spread.ts';

/** Which right, and whether the option whose strike is asked for is sold or bought. */
const kinds = {
  'bull-put': { right: 'put', side: -1 },
  'bear-call': { right: 'call', side: -1 },
  'bull-call': { right: 'call', side: 1 },
  'bear-put': { right: 'put', side: 1 },
} as const;

/** The spread that is asked for at the newest prices, or why there is none. */
function quotedSpread(
  desk: OptionDesk,
  { kind, width }: { readonly kind: keyof typeof kinds; readonly width: number },
  now: number,
): Spread | string {
  const { right, side } = kinds[kind];
  const near = desk.choose(right, now);
  const far = near && desk.further(near, width * desk.underlying.close);
  if (!(near && far)) return `No two ${right}s are quoted that make a spread.`;
  const spread: Spread = { near, far, side };
  if (spreadValue(spread).mostLost > 0) return spread;
  return 'The spread that is quoted could not lose: not believed.';
}

export default defineStrategy({
  id: 'vertical-spread',
  group: 'options',
  title: 'Vertical spreads',
  summary:
    'Sells (bull put, bear call) or buys (bull call, bear put) one option and takes the other side of one further out of the money: gain and loss are both bounded from the start. Many small gains against a few larger losses when sold, the reverse when bought; two spreads are paid on the way in and two on the way out.',
  source: 'Natenberg, Option Volatility and Pricing, 2nd ed., 2014, chapter 12',
  params: {
    kind: {
      kind: 'choice',
      title: 'Kind',
      help: 'Needs an account with margin: for a moment what is sold is not covered yet.',
      of: ['bull-put', 'bear-call', 'bull-call', 'bear-put'],
      default: 'bull-put',
    },
    ...optionParameters(45, 21),
    width: {
      kind: 'number',
      title: 'Distance of the strikes, as a share of the price',
      help: 'The nearest strike that is listed.',
      above: 0,
      max: 1,
      default: 0.05,
    },
    risk: {
      kind: 'number',
      title: 'Most that a spread can lose, as a share of equity',
      above: 0,
      max: 1,
      default: 0.02,
    },
  },
  onStart: (context) => ({
    desk: new OptionDesk(context),
    held: null as Spread | null,
    say: sayOnce(context.log),
  }),
  onBar({ now, orders, params, portfolio }, state) {
    const { desk, held } = state;
    const { underlying } = desk;
    if (!(portfolio.equity > 0) || !(underlying.close > 0)) return;
    if (held !== null && isHeld(held)) {
      const why = isWhole(held)
        ? desk.whyLeave(held.near, now, spreadValue(held).gained)
        : 'one side was not filled';
      if (why === null || orders.open.length > 0) return;
      orders.toQuantity(held.near, 0, why);
      orders.toQuantity(held.far, 0, why);
      return;
    }
    if (orders.open.length > 0) return;
    state.held = null;
    if (underlying.position !== 0) {
      orders.toQuantity(underlying, 0, 'delivered');
      return;
    }
    const spread = quotedSpread(desk, params, now);
    if (typeof spread === 'string') return state.say(spread);
    const { near, far, side } = spread;
    const scale = (side * params.risk) / spreadValue(spread).mostLost;
    state.held = spread;
    orders.toWeight(near, scale * near.close, `${params.kind} spread`);
    orders.toWeight(far, -scale * far.close, `${params.kind} spread`);
    if (orders.open.length === 0)
      state.say('No spread could be ordered: too little money, or a limit.');
  },
});
