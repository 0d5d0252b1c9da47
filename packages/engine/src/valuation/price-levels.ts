import { fillDaily, type Instrument, type PriceSplit, RateBook } from '@plimsoll/domain';
import { type DayNumber, dayFromNumber } from '@plimsoll/kernel';
import type { UnitOfWork } from '@plimsoll/ports';
import type { LedgerView } from '../ledger/ledger-view.ts';
import { type GuessedSplit, undoGuessedSplits, withoutSplits } from './without-splits.ts';

/** What a unit of an instrument was worth in one currency, day by day. */
export interface PriceLevels {
  /** Of the days asked for, carried forward; NaN before the first price or rate. Shape [days]. */
  readonly level: Float64Array;
  /** Days with a price of their own. */
  readonly priced: Int32Array;
  /** Whether the provider's adjusted close was taken, which counts dividends as reinvested. */
  readonly adjusted: boolean;
  /** Splits that the record does not tell of, undone as well. */
  readonly guessed: readonly GuessedSplit[];
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
  const guessed = adjusted ? [] : undoGuessedSplits(instrument, bars, close);
  const level = new Float64Array(last - first + 1);
  fillDaily({ days: bars.days, close }, first, last, level);
  const rate = new Float64Array(level.length);
  new RateBook(currency, view.rates).fill(instrument.currency, first, rate);
  for (let t = 0; t < level.length; t++)
    level[t] = (level[t] ?? Number.NaN) * (rate[t] ?? Number.NaN);
  return { level, priced: bars.days, adjusted, guessed };
}
