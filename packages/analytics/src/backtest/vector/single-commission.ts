import type { BacktestSettings } from '../settings.ts';

/** Commission of an order that fills at once, in base currency: the bits of `commissionModel`. */
export function singleCommission(
  commission: BacktestSettings['commission'],
): (quantity: number, value: number) => number {
  switch (commission.kind) {
    case 'bps': {
      const share = commission.bps / 10_000;
      const { minimum } = commission;
      return (_, value) => Math.max(minimum, share * value);
    }
    case 'per-share': {
      const { amount, minimum, mostShare } = commission;
      return (quantity, value) =>
        Math.max(0, Math.min(mostShare * value, Math.max(minimum, amount * quantity)));
    }
    case 'per-trade':
      return () => commission.amount;
    default:
      return () => 0;
  }
}
