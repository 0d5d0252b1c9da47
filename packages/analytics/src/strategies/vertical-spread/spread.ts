import type { OptionView } from '../../strategy-kit/option-desk.ts';

/** Two options of one right and expiry. */
export interface Spread {
  /** That whose strike was asked for. */
  readonly near: OptionView;
  /** Further out of the money, on the other side. */
  readonly far: OptionView;
  /** 1 where `near` is bought, −1 where it is sold. */
  readonly side: 1 | -1;
}

/** What a spread can lose at its newest prices, and what share of the most it could gain it has. */
export function spreadValue({ near, far, side }: Spread): {
  /** For one unit, in the options’ currency. */
  readonly mostLost: number;
  /** NaN while it is not held. */
  readonly gained: number;
} {
  const width = Math.abs(near.option.strike - far.option.strike);
  const price = near.close - far.close;
  const paid = near.averagePrice - far.averagePrice;
  const mostGained = side === 1 ? width - paid : paid;
  return {
    mostLost: side === 1 ? price : width - price,
    gained: (side * (price - paid)) / mostGained,
  };
}

export const isHeld = ({ near, far }: Spread): boolean => near.position !== 0 || far.position !== 0;

/** Whether as much is held of one side as of the other. */
export const isWhole = ({ near, far }: Spread): boolean => near.position === -far.position;
