import { type Fault, type Refused, refuse } from '@plimsoll/kernel';

/** Value at risk and the expected loss beyond it: positive losses, as a share of value. */
export interface TailRisk {
  /** The loss that is exceeded with a probability of 1 − level. Negative where even that is a gain. */
  readonly valueAtRisk: number;
  /** The mean of the losses in the worst share 1 − level; never less than `valueAtRisk`. */
  readonly cvar: number;
}

/** 1 − level without the rounding of the subtraction, so that 0.95 means exactly one in twenty. */
export const tailOf = (level: number): number => Math.round((1 - level) * 1e12) / 1e12;

/** Why a sample of that size or a level of that kind says nothing about a tail; undefined if it does. */
export function whyNoTail(n: number, level: number, atLeast: number): Refused<Fault> | undefined {
  if (!(level > 0 && level < 1)) {
    return refuse({
      code: 'risk.level',
      detail: `The level ${level} is not between 0 and 1; give 0.95 for 95 %.`,
    });
  }
  if (n < atLeast) {
    return refuse({
      code: 'risk.too-few',
      detail: `${n} returns are too few for this measure; give ${atLeast} or more.`,
    });
  }
  return undefined;
}
