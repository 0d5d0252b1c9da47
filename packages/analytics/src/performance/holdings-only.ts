import { type Decimal, toFloat } from '@plimsoll/kernel';

/** What is known of a record that states holdings with their cost but no transactions. */
export interface HoldingsOnlyReturn {
  /** (value − cost) ÷ cost, a fraction; null where cost is not above 0. */
  readonly simple: number | null;
  readonly twr: null;
  readonly moneyWeighted: null;
  /** Why the other two are unknown. */
  readonly reason: string;
}

/** Return of holdings whose flows are not recorded: only the unrealised gain on cost is known. */
export function holdingsOnlyReturn(value: Decimal, cost: Decimal): HoldingsOnlyReturn {
  return {
    simple: cost > 0n ? toFloat(value - cost) / toFloat(cost) : null,
    twr: null,
    moneyWeighted: null,
    reason:
      'The record states holdings without the transactions that led to them, so no flows are known.',
  };
}
