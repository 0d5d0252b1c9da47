import { fillDaily, type Instrument, type PriceSplit, RateBook } from '@plimsoll/domain';
import { type DayNumber, dayFromNumber, toFloat } from '@plimsoll/kernel';
import type { DailyBars, UnitOfWork } from '@plimsoll/ports';
import type { LedgerView } from '../ledger/ledger-view.ts';

/** What a unit of an instrument was worth in one currency, day by day. */
export interface PriceLevels {
  /** Of the days asked for, carried forward; NaN before the first price or rate. Shape [days]. */
  readonly level: Float64Array;
  /** Days with a price of their own. */
  readonly priced: Int32Array;
  /** Whether the provider's adjusted close was taken, which counts dividends as reinvested. */
  readonly adjusted: boolean;
}

export interface LevelsQuery {
  readonly first: DayNumber;
  readonly last: DayNumber;
  readonly currency: string;
  /** Splits to undo, so that the level before one compares with that after it. */
  readonly splits: readonly PriceSplit[];
}

/**
 * The daily level of an instrument. A provider's adjusted close is taken where the whole range has
 * one, as corporate actions of what is not held are not recorded; else its close, with the recorded
 * splits undone.
 */
export async function priceLevels(
  unit: UnitOfWork,
  view: LedgerView,
  instrument: Instrument,
  { first, last, currency, splits }: LevelsQuery,
): Promise<PriceLevels> {
  const bars = await unit.prices.bars(instrument.id, '1900-01-01', dayFromNumber(last + 1));
  const adjusted = bars.adjustedClose.length > 0 && bars.adjustedClose.every((close) => close > 0);
  const close = adjusted ? bars.adjustedClose : withoutSplits(bars, splits);
  const level = new Float64Array(last - first + 1);
  fillDaily({ days: bars.days, close }, first, last, level);
  const rate = new Float64Array(level.length);
  new RateBook(currency, view.rates).fill(instrument.currency, first, rate);
  for (let t = 0; t < level.length; t++)
    level[t] = (level[t] ?? Number.NaN) * (rate[t] ?? Number.NaN);
  return { level, priced: bars.days, adjusted };
}

/**
 * Closes as if every split had been there from the start. Some providers have undone a split in
 * their closes already: where the close of its day is nearer to the one before than to its share of
 * it, nothing is left to undo.
 */
function withoutSplits({ days, close }: DailyBars, splits: readonly PriceSplit[]): Float64Array {
  const level = Float64Array.from(close);
  for (const { day, numerator, denominator } of splits) {
    const at = days.findIndex((one) => one >= day);
    const share = toFloat(denominator) / toFloat(numerator);
    if (at <= 0 || !(share > 0)) continue;
    const step = Math.log((close[at] ?? Number.NaN) / (close[at - 1] ?? Number.NaN));
    if (Math.abs(step) < Math.abs(step - Math.log(share))) continue;
    for (let i = 0; i < at; i++) level[i] = (level[i] ?? Number.NaN) * share;
  }
  return level;
}
