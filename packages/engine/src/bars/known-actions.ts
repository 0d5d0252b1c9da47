import type { Instrument, PriceAction } from '@plimsoll/domain';
import { dayNumber, toFloat } from '@plimsoll/kernel';
import type { UnitOfWork } from '@plimsoll/ports';
import { priceActionsOf } from '../actions/price-actions.ts';
import type { LedgerView } from '../ledger/ledger-view.ts';
import { isUndone } from '../valuation/is-undone.ts';
import type { DailyCloses } from './adjust-bars.ts';

/** Days that two tellings of one split may lie apart. */
const sameSplitDays = 5;

/**
 * Actions that prices of an instrument show: those known of it and of its listing, and splits that
 * only the ledger tells of. Splits that its closes have undone already are left out, and what was
 * paid before them is counted in units of after.
 */
export async function actionsShown(
  unit: UnitOfWork,
  view: LedgerView,
  instrument: Instrument,
  closes: DailyCloses,
): Promise<readonly PriceAction[]> {
  const link = (await unit.links.links()).find((one) => one.instrumentId === instrument.id);
  const ids = link?.listingId ? [instrument.id, link.listingId] : [instrument.id];
  const told = priceActionsOf(instrument, await unit.actions.actions(ids));
  const all = [...told, ...recordedSplits(view, instrument).filter((one) => !isTold(one, told))];
  const undone = all.flatMap((one) =>
    one.kind === 'split' && closes.days.length > 0 && isUndone(closes, one.day, one.ratio)
      ? [one]
      : [],
  );
  return all.flatMap((action): PriceAction[] => {
    if (action.kind === 'split') return undone.includes(action) ? [] : [action];
    const later = undone.filter(({ day }) => day > action.day);
    const units = later.reduce((product, { ratio }) => product * ratio, 1);
    return [{ ...action, amount: action.amount / units }];
  });
}

type SplitAction = Extract<PriceAction, { kind: 'split' }>;

function recordedSplits(view: LedgerView, { id }: Instrument): SplitAction[] {
  const found = new Map<number, SplitAction>();
  for (const transaction of view.transactions) {
    if (transaction.type !== 'split' || transaction.instrumentId !== id) continue;
    const { ratio } = transaction;
    if (ratio === undefined) continue;
    const day = dayNumber(transaction.effectiveAt);
    found.set(day, { kind: 'split', day, ratio: toFloat(ratio.new) / toFloat(ratio.old) });
  }
  return [...found.values()];
}

const isTold = ({ day }: SplitAction, told: readonly PriceAction[]): boolean =>
  told.some((one) => one.kind === 'split' && Math.abs(one.day - day) <= sameSplitDays);
