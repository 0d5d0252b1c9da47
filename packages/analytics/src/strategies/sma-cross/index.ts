import { defineStrategy } from '../../strategy/define-strategy.ts';

/** 1 where the fast average is above the slow one, −1 where it is below, 0 where that is not known. */
const sideOf = (fast: number, slow: number): number =>
  Number.isNaN(fast - slow) ? 0 : Math.sign(fast - slow);

/**
 * Follows the side that the averages are on: the signal where it has changed, NaN otherwise. The side
 * of the first bars counts as a change only if asked for.
 */
function follow(short: boolean, joins: boolean): (fast: number, slow: number) => number {
  let side = 0;
  return (fast, slow) => {
    const now = sideOf(fast, slow);
    if (now === 0 || now === side) return Number.NaN;
    const crossed = side !== 0 || joins;
    side = now;
    if (!crossed) return Number.NaN;
    return now === 1 ? 1 : short ? -1 : 0;
  };
}

export default defineStrategy({
  id: 'sma-cross',
  group: 'trend',
  title: 'Crossing of two averages',
  summary:
    'Long while the average of the last closes is above that of a longer past: trends go on longer than one would think. Flat, or short, while it is below.',
  source: 'Brock, Lakonishok, LeBaron, Simple Technical Trading Rules, Journal of Finance 1992',
  params: {
    fast: { kind: 'integer', title: 'Fast average', min: 1, max: 1000, unit: 'bars', default: 50 },
    slow: { kind: 'integer', title: 'Slow average', min: 2, max: 2000, unit: 'bars', default: 200 },
    short: { kind: 'flag', title: 'Sell short while it is below', default: false },
    join: {
      kind: 'flag',
      title: 'Take the side of the averages at the start',
      help: 'Otherwise the first crossing is waited for.',
      default: false,
    },
  },
  instruments: { min: 1, max: 1 },
  check: ({ fast, slow }) =>
    fast < slow ? null : `the fast average (${fast}) must be shorter than the slow one (${slow})`,
  warmUp: ({ slow }) => slow - 1,
  onStart: ({ indicator, params }) => ({
    fast: indicator('sma', { period: params.fast }),
    slow: indicator('sma', { period: params.slow }),
    next: follow(params.short, params.join),
  }),
  onBar({ orders, instrument }, { fast, slow, next }) {
    orders.signal(instrument, next(fast.value, slow.value));
  },
  signals({ indicator }, params) {
    const slow = indicator('sma', { period: params.slow });
    const next = follow(params.short, params.join);
    return indicator('sma', { period: params.fast }).map((fast, i) =>
      next(fast, slow[i] as number),
    );
  },
});
