import { applyExchange, applyReturnOfCapital, applySpinOff, applySplit } from './apply-actions.ts';
import { applyCashFlow, applyConversion, applyExpense, applyIncome } from './apply-cash.ts';
import {
  applyAdjustment,
  applyDelisting,
  applyDelivery,
  applyOpeningBalance,
  applyOptionEvent,
  applyPurchase,
  applySale,
} from './apply-trades.ts';
import { applyTransfer } from './apply-transfer.ts';
import type { Book } from './book.ts';
import type { LedgerFault } from './faults.ts';
import type { Transaction } from './transaction.ts';

/**
 * Applies one transaction to the book, or answers why it cannot be; then the book is as it was.
 * Transactions come in the order of `orderLedger`.
 */
export function applyTransaction(book: Book, transaction: Transaction): LedgerFault | null {
  book.begin(transaction);
  switch (transaction.type) {
    case 'buy':
    case 'cover':
      return applyPurchase(book, transaction);
    case 'sell':
    case 'short':
    case 'redemption':
    case 'amortisation':
      return applySale(book, transaction);
    case 'deposit':
    case 'withdrawal':
      return applyCashFlow(book, transaction);
    case 'transfer':
      return applyTransfer(book, transaction);
    case 'delivery-in':
    case 'delivery-out':
      return applyDelivery(book, transaction);
    case 'opening-balance':
      return applyOpeningBalance(book, transaction);
    case 'dividend':
    case 'interest':
    case 'coupon':
    case 'staking':
    case 'rent':
    case 'other-income':
      return applyIncome(book, transaction);
    case 'fee':
    case 'tax':
    case 'margin-interest':
      return applyExpense(book, transaction);
    case 'fx':
      return applyConversion(book, transaction);
    case 'split':
    case 'stock-dividend':
      return applySplit(book, transaction);
    case 'spin-off':
      return applySpinOff(book, transaction);
    case 'merger':
    case 'symbol-change':
      return applyExchange(book, transaction);
    case 'return-of-capital':
      return applyReturnOfCapital(book, transaction);
    case 'option-exercise':
    case 'option-assignment':
    case 'option-expiry':
      return applyOptionEvent(book, transaction);
    case 'delisting':
      return applyDelisting(book, transaction);
    case 'adjustment':
      return applyAdjustment(book, transaction);
  }
}
