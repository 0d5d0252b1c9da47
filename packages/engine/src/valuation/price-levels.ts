import {
  adjustedSeries,
  fillDaily,
  type Instrument,
  type PriceSplit,
  RateBook,
} from '@plimsoll/domain';
import { type DayNumber, dayFromNumber } from '@plimsoll/kernel';
import type { DailyBars, MarketAction, UnitOfWork } from '@plimsoll/ports';
import { actionsKnown, actionsShown } from '../actions/actions-shown.ts';
import type { LedgerView } from '../ledger/ledger-view.ts';
import { type GuessedSplit, undoGuessedSplits, withoutSplits } from './without-splits.ts';

/** What a level counts: dividends by known actions, by the provider's adjusted close, or prices alone. */
export type LevelCounts = 'actions' | 'adjusted-close' | 'price';

/** What a unit of an instrument was worth in one currency, day by day. */
export interface PriceLevels {
  /** Of the days asked for, carried forward; NaN before the first price or rate. Shape [days]. */
  readonly level: Float64Array;
  /** Days with a price of their own. */
  readonly priced: Int32Array;
  readonly counts: LevelCounts;
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
 * The daily level of an instrument: its close with dividends reinvested and splits undone by the
 * corporate actions that are known of it; else the provider's adjusted close where the whole range
 * has one; else its close with the recorded splits undone.
 */
export async function priceLevels(
  unit: UnitOfWork,
  view: LedgerView,
  instrument: Instrument,
  { first, last, currency, splits }: LevelsQuery,
): Promise<PriceLevels> {
  const bars = await unit.prices.bars(instrument.id, '1900-01-01', dayFromNumber(last + 1));
  const actions = await actionsKnown(unit, instrument);
  const { close, counts, guessed } = comparable(instrument, bars, actions, splits);
  const level = new Float64Array(last - first + 1);
  fillDaily({ days: bars.days, close }, first, last, level);
  const rate = new Float64Array(level.length);
  new RateBook(currency, view.rates).fill(instrument.currency, first, rate);
  for (let t = 0; t < level.length; t++)
    level[t] = (level[t] ?? Number.NaN) * (rate[t] ?? Number.NaN);
  return { level, priced: bars.days, counts, guessed };
}

function comparable(
  instrument: Instrument,
  bars: DailyBars,
  actions: readonly MarketAction[],
  recorded: readonly PriceSplit[],
): Pick<PriceLevels, 'counts' | 'guessed'> & { readonly close: Float64Array } {
  const hasAdjusted =
    bars.adjustedClose.length > 0 && bars.adjustedClose.every((close) => close > 0);
  // What a person entered may be one of many; a provider tells all of them.
  const isWhole = actions.some(({ source }) => source !== 'by hand');
  if (actions.length > 0 && (isWhole || !hasAdjusted)) {
    const told = actionsShown(instrument, bars, actions, recorded);
    const close = adjustedSeries(bars, told, 'total-return');
    const pays = told.some(({ kind }) => kind === 'dividend');
    return { close, counts: pays || isWhole ? 'actions' : 'price', guessed: [] };
  }
  if (hasAdjusted) return { close: bars.adjustedClose, counts: 'adjusted-close', guessed: [] };
  const close = withoutSplits(bars, recorded);
  return { close, counts: 'price', guessed: undoGuessedSplits(instrument, bars, close) };
}
