import type { SignalRule } from './signal-strategy.ts';

/** Whether the newest values ask for something; false where one is NaN. */
type Asks = (...row: Parameters<SignalRule>) => boolean;

/** When a side is taken, and when it is given up. */
export interface SideWhen {
  readonly enter: Asks;
  readonly leave: Asks;
}

const never: SideWhen = { enter: () => false, leave: () => false };

/**
 * The rule of sides that are entered and left by conditions of their own. A side is taken from flat
 * only, so that turning takes two bars.
 */
export function sidesRule(long: SideWhen, short: SideWhen = never): SignalRule {
  let side = 0;
  return (first, second, third, fourth, fifth) => {
    if (side === 0) {
      if (long.enter(first, second, third, fourth, fifth)) side = 1;
      else if (short.enter(first, second, third, fourth, fifth)) side = -1;
      return side === 0 ? Number.NaN : side;
    }
    const { leave } = side === 1 ? long : short;
    if (!leave(first, second, third, fourth, fifth)) return Number.NaN;
    side = 0;
    return 0;
  };
}

/** The parameter of rules that have a short side. */
export const shortParameter = {
  kind: 'flag',
  title: 'Sell short on the other side',
  help: 'Needs an account with margin.',
  default: false,
} as const;

/** Bars of something that is looked back over. */
export const barsParameter = <const D extends number>(title: string, standard: D, min = 2) =>
  ({ kind: 'integer', title, min, max: 2000, unit: 'bars', default: standard }) as const;
