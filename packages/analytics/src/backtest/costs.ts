import type { BacktestSettings } from './settings.ts';

/** What an order was charged for already. */
export interface Charged {
  readonly value: number;
  readonly filled: number;
  readonly commission: number;
}

/**
 * Commission of one fill of so many units and so much value, in base currency: minima count once an
 * order. `monthValue` was traded before in the calendar month. Takes no object of its own, for it is
 * asked for every fill.
 */
export type CommissionOf = (
  quantity: number,
  value: number,
  charged: Charged,
  monthValue: number,
) => number;

/** The commission of an order's fills so far, less what was charged for earlier ones. */
export function commissionModel(commission: BacktestSettings['commission']): CommissionOf {
  switch (commission.kind) {
    case 'none':
      return () => 0;
    case 'bps': {
      const share = commission.bps / 10_000;
      const { minimum } = commission;
      if (minimum === 0) return (_, value) => share * value;
      return (_, value, charged) =>
        Math.max(minimum, share * (charged.value + value)) - charged.commission;
    }
    case 'per-share': {
      const { amount, minimum, mostShare } = commission;
      return (quantity, value, charged) => {
        const most = mostShare * (charged.value + value);
        const due = Math.max(minimum, amount * (charged.filled + quantity));
        return Math.max(0, Math.min(most, due) - charged.commission);
      };
    }
    case 'per-trade':
      return (_, __, charged) => (charged.filled === 0 ? commission.amount : 0);
    case 'tiered': {
      const tiers = [...commission.tiers].sort((a, b) => a.from - b.from);
      const { minimum } = commission;
      return (_, value, charged, monthValue) => {
        const tier = tiers.findLast(({ from }) => from <= monthValue) ?? tiers[0];
        const rate = (tier?.bps ?? 0) / 10_000;
        // Earlier fills keep their rates; only what the minimum has added to them is given back.
        const topped = minimum > 0 && charged.commission <= minimum;
        const before = topped ? rate * charged.value : charged.commission;
        return Math.max(minimum, before + rate * value) - charged.commission;
      };
    }
  }
}
