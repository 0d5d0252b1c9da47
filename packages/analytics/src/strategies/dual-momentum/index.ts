import { allocationStrategy } from '../../strategy-kit/allocation-strategy.ts';
import { instrumentNamed, tradable } from '../../strategy-kit/tradable.ts';
import {
  trailingParameters,
  trailingReturns,
  trailingWarmUp,
  wrongTrailing,
} from '../../strategy-kit/trailing-return.ts';
import { equalWeights } from '../../strategy-kit/weights.ts';

export default allocationStrategy({
  id: 'dual-momentum',
  group: 'momentum',
  title: 'Dual momentum',
  summary:
    'Holds the best of some markets over the last year as long as it rose more than money in the bank did, and bonds otherwise: relative strength picks, absolute strength leaves in time. Late at sharp turns, and sold out at the bottom in some.',
  source: 'Antonacci, Dual Momentum Investing, 2014',
  params: {
    safe: { kind: 'text', title: 'Id of what is held when nothing rises' },
    hurdle: {
      kind: 'text',
      title: 'Id of what must be beaten',
      help: 'Treasury bills in the source. A return of 0 where it is left out. It is not held itself.',
      optional: true,
    },
    top: { kind: 'integer', title: 'Best instruments held', min: 1, max: 50, default: 1 },
    ...trailingParameters(0),
  },
  instruments: { min: 2 },
  check: ({ safe, hurdle, ...trailing }) =>
    safe === hurdle ? `safe and hurdle are both ${safe}` : wrongTrailing(trailing),
  warmUp: trailingWarmUp,
  prepare: (context) => {
    const { instruments, params } = context;
    const { hurdle } = params;
    return {
      past: trailingReturns(context),
      safe: instrumentNamed(instruments, params.safe, 'safe'),
      hurdle: hurdle === undefined ? null : instrumentNamed(instruments, hurdle, 'hurdle'),
    };
  },
  weights({ instruments, params: { top } }, { past, safe, hurdle }) {
    const least = hurdle === null ? 0 : past(hurdle);
    const ranked = tradable(instruments)
      .filter((view) => view !== safe && view !== hurdle)
      .map((view) => ({ view, gain: past(view) }))
      .filter(({ gain }) => Number.isFinite(gain))
      .sort((a, b) => b.gain - a.gain)
      .slice(0, top);
    if (ranked.length === 0 || Number.isNaN(least)) return 'wait';
    const rising = ranked.filter(({ gain }) => gain > least).map(({ view }) => view);
    const weights = new Map(equalWeights(rising, rising.length / ranked.length));
    // What is safe and not traded yet is cash.
    if (rising.length < ranked.length && tradable([safe]).length > 0) {
      weights.set(safe, 1 - rising.length / ranked.length);
    }
    return weights;
  },
});
