import {
  foldLedger,
  type LedgerFault,
  PriceBook,
  RateBook,
  type Transaction,
} from '@plimsoll/domain';
import type { LedgerView } from '../ledger/ledger-view.ts';

/**
 * What would be wrong with the ledger if it held these transactions: everything that leaves without
 * being held, on whatever day. Looks at units only, so no price or rate is needed.
 */
export function ledgerFaults(
  view: Pick<LedgerView, 'accounts' | 'instruments' | 'cashTracked'>,
  transactions: readonly Transaction[],
): readonly LedgerFault[] {
  const { faults } = foldLedger(transactions, {
    currency: view.accounts[0]?.currency ?? 'EUR',
    accounts: view.accounts,
    instruments: view.instruments,
    scope: new Set(),
    cashTracked: view.cashTracked,
    rates: new RateBook(view.accounts[0]?.currency ?? 'EUR', []),
    prices: new PriceBook(new Map()),
  });
  return faults;
}

/** Faults that a change brings, beside those that were there before. */
export function newFaults(
  view: LedgerView,
  changed: readonly Transaction[],
): readonly LedgerFault[] {
  const after = ledgerFaults(view, changed);
  if (after.length === 0) return after;
  const before = new Set(ledgerFaults(view, view.transactions).map((one) => one.transactionId));
  return after.filter((one) => !before.has(one.transactionId));
}
