import type { BacktestSettings } from './settings.ts';

/**
 * Commission of one fill in base currency. `charged` is what the order was charged for already: minima
 * count once an order. `monthValue` was traded before in the calendar month.
 */
export type CommissionOf = (
  fill: {
    readonly quantity: number;
    readonly value: number;
    readonly monthValue: number;
  },
  charged: { readonly value: number; readonly quantity: number; readonly commission: number },
) => number;

/** The commission of an order's fills so far, less what was charged for earlier ones. */
export function commissionModel(commission: BacktestSettings['commission']): CommissionOf {
  switch (commission.kind) {
    case 'none':
      return () => 0;
    case 'bps': {
      const share = commission.bps / 10_000;
      const { minimum } = commission;
      if (minimum === 0) return ({ value }) => share * value;
      return ({ value }, charged) =>
        Math.max(minimum, share * (charged.value + value)) - charged.commission;
    }
    case 'per-share': {
      const { amount, minimum, mostShare } = commission;
      return ({ quantity, value }, charged) => {
        const most = mostShare * (charged.value + value);
        const due = Math.max(minimum, amount * (charged.quantity + quantity));
        return Math.max(0, Math.min(most, due) - charged.commission);
      };
    }
    case 'per-trade':
      return (_, charged) => (charged.quantity === 0 ? commission.amount : 0);
    case 'tiered': {
      const tiers = [...commission.tiers].sort((a, b) => a.from - b.from);
      const { minimum } = commission;
      return ({ value, monthValue }, charged) => {
        const tier = tiers.findLast(({ from }) => from <= monthValue) ?? tiers[0];
        const due = ((tier?.bps ?? 0) / 10_000) * (charged.value + value);
        return Math.max(0, Math.max(minimum, due) - charged.commission);
      };
    }
  }
}
