import type { RateColumn } from '@plimsoll/analytics/backtest';
import { RateBook, type RateSeries } from '@plimsoll/domain';
import { type DayNumber, ok, type Result, refuse } from '@plimsoll/kernel';

const dayMs = 86_400_000;

/**
 * Rates of foreign currencies, each day's known when the day has ended in UTC, so that no bar is valued
 * at a rate that was set after it. Days on which a rate stayed as it was are left out.
 */
export function ratesOf(
  series: readonly RateSeries[],
  base: string,
  currencies: readonly string[],
  { first, last }: { readonly first: DayNumber; readonly last: DayNumber },
): Result<readonly RateColumn[]> {
  const book = new RateBook(base, series);
  const columns: RateColumn[] = [];
  for (const currency of currencies) {
    if (currency === base) continue;
    const daily = new Float64Array(Math.max(0, last - first + 1));
    book.fill(currency, first, daily);
    const known: number[] = [];
    const rate: number[] = [];
    for (const [i, value] of daily.entries()) {
      if (Number.isNaN(value) || value === rate.at(-1)) continue;
      known.push((first + i + 1) * dayMs);
      rate.push(value);
    }
    if (rate.length === 0) {
      return refuse({
        code: 'run.rates',
        detail: `No rate from ${currency} to ${base} is known in the period. Import prices of ${currency}${base}, or choose another base.`,
      });
    }
    columns.push({ currency, known: Float64Array.from(known), rate: Float64Array.from(rate) });
  }
  return ok(columns);
}
