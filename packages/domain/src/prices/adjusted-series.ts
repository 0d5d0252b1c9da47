import type { BarColumns } from './bar-columns.ts';
import { laterSplits } from './later-splits.ts';
import type { PriceAction } from './repair/price-action.ts';

/** `split`: splits undone. `total-return`: what is paid reinvested too. */
export type AdjustedKind = 'split' | 'total-return';

/** At which price what is paid buys new units. */
export type Reinvestment = 'ex-close' | 'close-before';

/**
 * Closes made comparable over time, derived from closes as traded and the actions; the latest
 * close is unchanged.
 *
 * `split`: close × 1 ÷ Π later ratios (a stock dividend of 5 % is a split of 1.05 for 1).
 *
 * `total-return`: that, times Π over later ex-days of
 * - `ex-close`: C ÷ (C + D), so that the return of the ex-day is (C + D) ÷ C before − 1. C is the
 *   close of the ex-day, D what is paid per unit of that day: dividends, ordinary and special,
 *   capital gains, returns of capital, and the stated value of what is spun off.
 * - `close-before`: 1 − r·D ÷ C before, with r the ratio of a split of the same day, as Yahoo has it.
 * Where nothing would be left (D ≥ C before), the days before are NaN.
 *
 * NaN where the close is NaN; an action of a day without a close counts on the next with one;
 * actions before the first or after the last close change nothing. Cost: n + m·log₂ m.
 *
 * Source: CRSP, Data Descriptions Guide: total returns (`ex-close`; Quandl WIKI adjusts so too);
 * Yahoo Finance help, What is the adjusted close (`close-before`).
 *
 * @param bars Days rising, closes as traded.
 */
export function adjustedSeries(
  bars: Pick<BarColumns, 'days' | 'close'>,
  actions: readonly PriceAction[],
  kind: AdjustedKind,
  reinvested: Reinvestment = 'ex-close',
): Float64Array {
  const { days, close } = bars;
  const splits = actions.flatMap((action) => (action.kind === 'split' ? [action] : []));
  const products = laterSplits(days, splits);
  const paid = kind === 'split' ? new Map<number, number>() : payments(bars, actions);
  const adjusted = new Float64Array(days.length).fill(Number.NaN);
  let factor = 1;
  let later = -1;
  for (let i = days.length - 1; i >= 0; i--) {
    const price = close[i] as number;
    if (Number.isNaN(price)) continue;
    const amount = paid.get(later);
    if (amount !== undefined) {
      const ratio = (products[i] as number) / (products[later] as number);
      const ex = close[later] as number;
      factor *= reinvested === 'ex-close' ? ex / (ex + amount) : 1 - (ratio * amount) / price;
      if (!(factor > 0)) factor = Number.NaN;
    }
    adjusted[i] = (price * factor) / (products[i] as number);
    later = i;
  }
  return adjusted;
}

/**
 * What is paid, by the place of the first bar with a close on or after the ex-day.
 */
function payments(
  { days, close }: Pick<BarColumns, 'days' | 'close'>,
  actions: readonly PriceAction[],
): Map<number, number> {
  const cash = actions
    .flatMap((action) =>
      action.kind !== 'split' && action.amount > 0 && action.amount < Number.POSITIVE_INFINITY
        ? [{ day: action.day, amount: action.amount }]
        : [],
    )
    .sort((a, b) => a.day - b.day);
  const paid = new Map<number, number>();
  let next = 0;
  for (let place = 0; place < days.length && next < cash.length; place++) {
    if (Number.isNaN(close[place] as number)) continue;
    for (; (cash[next]?.day ?? Number.POSITIVE_INFINITY) <= (days[place] as number); next++) {
      paid.set(place, (paid.get(place) ?? 0) + (cash[next]?.amount ?? 0));
    }
  }
  return paid;
}
