import type { DayNumber } from '@plimsoll/kernel';

/** How often something pays, by the middle of the gaps between its payments. */
export type Periodicity =
  | 'monthly'
  | 'quarterly'
  | 'semiannual'
  | 'annual'
  | 'irregular'
  | 'unknown';

/** A payment and the cost of the units that it was paid on, both in one currency. */
export interface Payment {
  readonly day: DayNumber;
  readonly amount: number;
  readonly cost: number;
}

const rhythms: readonly {
  readonly name: Periodicity;
  readonly days: number;
  readonly perYear: number;
}[] = [
  { name: 'monthly', days: 30.4, perYear: 12 },
  { name: 'quarterly', days: 91.3, perYear: 4 },
  { name: 'semiannual', days: 182.6, perYear: 2 },
  { name: 'annual', days: 365.25, perYear: 1 },
];

/**
 * Income as a yearly rate on cost: mean of amount ÷ cost over the payments × payments a year, where
 * the rhythm is the one within 30 % of the median gap between payment days.
 *
 * @returns the rhythm, and a fraction a year; the rate is null without two payments or a rhythm.
 */
export function incomeRate(payments: readonly Payment[]): {
  readonly periodicity: Periodicity;
  readonly ratePerYear: number | null;
} {
  const days = [...new Set(payments.map(({ day }) => day))].sort((a, b) => a - b);
  const gaps = days.slice(1).map((day, i) => day - (days[i] ?? day));
  const median = gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)];
  if (median === undefined) return { periodicity: 'unknown', ratePerYear: null };
  const rhythm = rhythms.find((each) => Math.abs(median - each.days) <= 0.3 * each.days);
  const paid = payments.filter(({ cost }) => cost > 0);
  if (!rhythm || paid.length === 0) return { periodicity: 'irregular', ratePerYear: null };
  const mean = paid.reduce((sum, { amount, cost }) => sum + amount / cost, 0) / days.length;
  return { periodicity: rhythm.name, ratePerYear: mean * rhythm.perYear };
}
