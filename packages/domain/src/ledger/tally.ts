import type { Decimal } from '@plimsoll/kernel';

/** What a holding or cash line has earned and cost since measuring began, in the base currency. */
export interface Tally {
  realised: Decimal;
  /** FX part of `realised`; the rest is the price part. */
  realisedFx: Decimal;
  /** Realised against the original cost, whatever the period. */
  realisedByCost: Decimal;
  income: Decimal;
  fees: Decimal;
  taxes: Decimal;
  /** Fees and taxes inside cost or proceeds, not in `fees` and `taxes`. */
  feesInCost: Decimal;
  taxesInCost: Decimal;
}

export const emptyTally = (): Tally => ({
  realised: 0n,
  realisedFx: 0n,
  realisedByCost: 0n,
  income: 0n,
  fees: 0n,
  taxes: 0n,
  feesInCost: 0n,
  taxesInCost: 0n,
});

/** Adds `other` into `tally`. */
export function addTally(tally: Tally, other: Tally): void {
  tally.realised += other.realised;
  tally.realisedFx += other.realisedFx;
  tally.realisedByCost += other.realisedByCost;
  tally.income += other.income;
  tally.fees += other.fees;
  tally.taxes += other.taxes;
  tally.feesInCost += other.feesInCost;
  tally.taxesInCost += other.taxesInCost;
}
