import { ok, type PanelInput, type Result, refuse } from '@plimsoll/kernel';
import { areFarApart, type Spacing, spacingOf } from '../analysis/infer-periods.ts';

/** How periods of prices and of factors are brought together. */
export interface Matching {
  readonly byMonth: boolean;
  readonly notes: readonly string[];
}

/**
 * Whether periods go together by the day or by the month on which they end: as asked; by month where
 * nobody asked and one side is monthly, unless both have the same days.
 *
 * Refused: by day, a return over a short time beside one over a long time; by month, several returns
 * in one month. Prices on both sides are no such case, since their returns are taken between the days
 * that both have.
 */
export function matchingOf(
  prices: PanelInput,
  factors: PanelInput,
  asked: 'day' | 'month' | undefined,
): Result<Matching> {
  const own = spacingOf(prices.days ?? []);
  const other = spacingOf(factors.days ?? []);
  if (asked === 'month') return byMonth(prices, factors, []);
  if (!own || !other) return byDay;
  const spaced = `Prices are of ${own.of} and factors of ${other.of}`;
  if (asked === undefined && areOfMonths(prices, factors, [own, other])) {
    return byMonth(prices, factors, [`${spaced}, so they are matched by month.`]);
  }
  const bothPrices = prices.are !== 'returns' && factors.are === 'prices';
  if (bothPrices || !areFarApart(own.perYear, other.perYear)) return byDay;
  return refuse({
    code: 'factors.spacing',
    detail: `${spaced}, whose returns are over different times; match them by month where one side is monthly, or give both at the same spacing.`,
  });
}

const byDay = ok({ byMonth: false, notes: [] });

function byMonth(
  prices: PanelInput,
  factors: PanelInput,
  notes: readonly string[],
): Result<Matching> {
  const twice =
    twiceInAMonth(prices, prices.are ?? 'prices') ??
    twiceInAMonth(factors, factors.are ?? 'returns');
  return twice ? refuse({ code: 'factors.spacing', detail: twice }) : ok({ byMonth: true, notes });
}

const monthly = 12;

/** Whether one side is monthly and the other not rarer, and days do not match as they are. */
function areOfMonths(
  prices: PanelInput,
  factors: PanelInput,
  spacings: readonly [Spacing, Spacing],
): boolean {
  const least = Math.min(...spacings.map(({ perYear }) => perYear));
  if (least !== monthly) return false;
  if (spacings.some(({ perYear }) => perYear !== monthly)) return true;
  const { days = [] } = factors;
  const known = new Set(prices.days);
  const common = days.filter((day) => known.has(day)).length;
  // The first price has no return, so that one day fewer than there are is all.
  return common < Math.min(known.size, days.length) - 1;
}

/** Why returns cannot be those of months, in a sentence. Prices can always be read at month ends. */
function twiceInAMonth({ days = [] }: PanelInput, are: string): string | undefined {
  if (are !== 'returns') return undefined;
  const at = days.findIndex((day, i) => day.slice(0, 7) === days[i + 1]?.slice(0, 7));
  if (at < 0) return undefined;
  return `There are returns at ${days[at]} and ${days[at + 1]}, two in one month, so they cannot be matched by month; give prices, or one return a month.`;
}
