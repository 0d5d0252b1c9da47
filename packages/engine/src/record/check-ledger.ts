import {
  type Folded,
  foldLedger,
  type LedgerFault,
  PriceBook,
  RateBook,
  type Transaction,
} from '@plimsoll/domain';
import type { LedgerView } from '../ledger/ledger-view.ts';

type Units = Pick<LedgerView, 'accounts' | 'instruments' | 'cashTracked'>;

/** Folds transactions for their units alone, so that no price or rate is needed. */
export function foldUnits(view: Units, transactions: readonly Transaction[]): Folded {
  const currency = view.accounts[0]?.currency ?? 'EUR';
  return foldLedger(transactions, {
    currency,
    accounts: view.accounts,
    instruments: view.instruments,
    scope: new Set(),
    cashTracked: view.cashTracked,
    rates: new RateBook(currency, []),
    prices: new PriceBook(new Map()),
  });
}

/**
 * What a change would make wrong with the ledger, beside what was before: everything that leaves
 * without being held, on whatever day.
 */
export function newFaults(
  view: LedgerView,
  changed: readonly Transaction[],
): readonly LedgerFault[] {
  const after = foldUnits(view, changed).faults;
  if (after.length === 0) return after;
  const before = new Set(foldUnits(view, view.transactions).faults.map((one) => one.transactionId));
  return after.filter((one) => !before.has(one.transactionId));
}
