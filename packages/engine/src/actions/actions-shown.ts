import type { Instrument, PriceAction, PriceSplit } from '@plimsoll/domain';
import { type DayNumber, dayNumber, toFloat } from '@plimsoll/kernel';
import type { DailyBars, MarketAction, UnitOfWork } from '@plimsoll/ports';
import type { LedgerView } from '../ledger/ledger-view.ts';
import { isUndone } from '../valuation/is-undone.ts';
import { priceActionsOf } from './price-actions.ts';

/** Actions that are known of an instrument and of the listing that it is. */
export async function actionsKnown(
  unit: UnitOfWork,
  { id }: Instrument,
): Promise<readonly MarketAction[]> {
  const listing = await unit.links.listingOf(id);
  return unit.actions.actions(listing === null ? [id] : [id, listing]);
}

/** Days that two tellings of one split may lie apart. */
const sameSplitDays = 5;

/**
 * Actions on the basis of closes: those that are known, and splits that only the ledger tells of.
 * Splits that the closes have undone already fall away, and cash before them is counted in units of
 * after. Without closes nothing tells what is undone, and all count.
 */
export function actionsShown(
  instrument: Instrument,
  closes: Pick<DailyBars, 'days' | 'close'>,
  known: readonly MarketAction[],
  recorded: readonly PriceSplit[],
): readonly PriceAction[] {
  const told = priceActionsOf(instrument, known);
  const all = [...told, ...recorded.filter(({ day }) => !isTold(day, told)).map(splitAction)];
  if (closes.days.length === 0) return all;
  const undone = all.flatMap((one) =>
    one.kind === 'split' && isUndone(closes, one.day, one.ratio) ? [one] : [],
  );
  return all.flatMap((action): PriceAction[] => {
    if (action.kind === 'split') return undone.includes(action) ? [] : [action];
    const later = undone.filter(({ day }) => day > action.day);
    const units = later.reduce((product, { ratio }) => product * ratio, 1);
    return [{ ...action, amount: action.amount / units }];
  });
}

/** Splits of an instrument that the ledger states as a ratio, each day once. */
export function recordedSplits(
  { transactions }: Pick<LedgerView, 'transactions'>,
  { id }: Instrument,
): readonly PriceSplit[] {
  const found = new Map<DayNumber, PriceSplit>();
  for (const transaction of transactions) {
    if (transaction.type !== 'split' || transaction.instrumentId !== id) continue;
    const { ratio } = transaction;
    if (ratio === undefined) continue;
    const day = dayNumber(transaction.effectiveAt);
    found.set(day, { day, numerator: ratio.new, denominator: ratio.old });
  }
  return [...found.values()];
}

const isTold = (day: DayNumber, told: readonly PriceAction[]): boolean =>
  told.some((one) => one.kind === 'split' && Math.abs(one.day - day) <= sameSplitDays);

const splitAction = ({ day, numerator, denominator }: PriceSplit): PriceAction => ({
  kind: 'split',
  day,
  ratio: toFloat(numerator) / toFloat(denominator),
});
