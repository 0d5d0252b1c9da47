import type { InstrumentView } from '../../strategy/strategy-context.ts';
import { allocationStrategy } from '../../strategy-kit/allocation-strategy.ts';
import { priceHistory } from '../../strategy-kit/price-history.ts';
import { tradable } from '../../strategy-kit/tradable.ts';
import {
  trailingParameters,
  trailingReturns,
  trailingWarmUp,
  wrongTrailing,
} from '../../strategy-kit/trailing-return.ts';
import { inverseVolatilities } from '../../strategy-kit/volatility.ts';

export default allocationStrategy({
  id: 'cross-sectional-momentum',
  group: 'momentum',
  title: 'The winners of the last year',
  summary:
    'Holds those that rose most over the last year, the last month left out, and if asked sells those that rose least: news is taken up slowly, and buyers follow buyers. Crashes when a market turns up after a long fall and the losers lead.',
  source:
    'Jegadeesh, Titman, Returns to Buying Winners and Selling Losers, Journal of Finance, 1993',
  params: {
    ...trailingParameters(21),
    top: { kind: 'integer', title: 'Instruments held', min: 1, max: 500, default: 3 },
    weighting: {
      kind: 'choice',
      title: 'Weights among those held',
      of: ['equal', 'inverse-volatility'],
      default: 'equal',
    },
    rising: {
      kind: 'flag',
      title: 'Hold only those that rose',
      help: 'The share of the others stays in cash.',
      default: false,
    },
    short: {
      kind: 'flag',
      title: 'Sell as many of the worst short',
      help: 'Needs an account with margin.',
      default: false,
    },
  },
  check: wrongTrailing,
  warmUp: trailingWarmUp,
  prepare: (context) => ({ past: trailingReturns(context), history: priceHistory(context) }),
  weights({ instruments, params }, { past, history }) {
    const { top, rising, short, weighting, lookback } = params;
    const ranked = tradable(instruments)
      .map((view) => ({ view, gain: past(view) }))
      .filter(({ gain }) => Number.isFinite(gain))
      .sort((a, b) => b.gain - a.gain);
    if (ranked.length === 0) return 'wait';
    const weights = new Map<InstrumentView, number>();
    const add = (some: typeof ranked, sign: 1 | -1): void => {
      const held = some.filter(({ gain }) => !rising || sign * gain > 0).map(({ view }) => view);
      const shares = weighting === 'equal' ? null : inverseVolatilities(history, held, lookback);
      for (const [i, view] of held.entries()) {
        weights.set(view, sign * (shares?.[i] ?? 1 / held.length) * (held.length / top));
      }
    };
    const half = short ? Math.floor(ranked.length / 2) : ranked.length;
    add(ranked.slice(0, Math.min(top, half)), 1);
    if (short) add(ranked.slice(ranked.length - Math.min(top, half)), -1);
    return weights;
  },
});
