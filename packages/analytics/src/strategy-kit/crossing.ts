import type { Crossing } from '../strategy/define-strategy.ts';
import type { SignalRule } from './signal-strategy.ts';

/** 1 where the first row is above the second, −1 where it is below, 0 where that is not known. */
const sideOf = (fast: number, slow: number): number => (fast > slow ? 1 : fast < slow ? -1 : 0);

/**
 * Follows the side that the first row is on: the signal where it has changed, NaN otherwise. The side
 * of the first bars counts as a change only where it starts as soon as it is known.
 */
export function crossingRule({ below, starts }: Pick<Crossing, 'below' | 'starts'>): SignalRule {
  let side = 0;
  return (fast, slow) => {
    const now = sideOf(fast, slow);
    if (now === 0 || now === side) return Number.NaN;
    const counts = side !== 0 || starts === 'known';
    side = now;
    if (!counts) return Number.NaN;
    return now === 1 ? 1 : below;
  };
}

/** Parameters that all crossings share. */
export const crossingParameters = {
  short: { kind: 'flag', title: 'Sell short while it is below', default: false },
  join: {
    kind: 'flag',
    title: 'Take the side of the lines at the start',
    help: 'Otherwise the first crossing is waited for.',
    default: false,
  },
} as const;

/** What the shared parameters say of a crossing. */
export const crossingManner = ({
  short,
  join,
}: {
  readonly short: boolean;
  readonly join: boolean;
}): Pick<Crossing, 'below' | 'starts'> => ({
  below: short ? -1 : 0,
  starts: join ? 'known' : 'crossed',
});
