import { type DayNumber, dayNumber } from '@plimsoll/kernel';
import { applyTransaction } from './apply.ts';
import { Book, type BookOptions } from './book.ts';
import { orderDay, orderLedger } from './day-order.ts';
import type { LedgerFault } from './faults.ts';
import type { Transaction } from './transaction.ts';

export interface Folded {
  readonly book: Book;
  /** Transactions that could not be applied; the book is as if they were not there. */
  readonly faults: readonly LedgerFault[];
}

/**
 * Builds the state of a ledger at the end of `until` from its transactions, measured from the start
 * of `from` where given.
 */
export function foldLedger(
  transactions: readonly Transaction[],
  options: BookOptions,
  range: { readonly from?: DayNumber; readonly until?: DayNumber } = {},
): Folded {
  const fold = new LedgerFold(options, range.from);
  for (const transaction of orderLedger(transactions)) {
    if (range.until !== undefined && dayNumber(transaction.effectiveAt) > range.until) break;
    fold.apply(transaction);
  }
  return fold.finish();
}

/** The same for transactions that arrive a day at a time, oldest first, and need not be kept. */
export class LedgerFold {
  readonly book: Book;
  readonly faults: LedgerFault[] = [];
  #startsOn: DayNumber | null;

  constructor(options: BookOptions, from?: DayNumber) {
    this.book = new Book(options);
    this.#startsOn = from ?? null;
  }

  /** Applies all transactions of one day, in any order. */
  applyDay(transactions: readonly Transaction[]): void {
    for (const transaction of orderDay(transactions)) this.apply(transaction);
  }

  /** Applies the next transaction in ledger order. */
  apply(transaction: Transaction): void {
    const startsOn = this.#startsOn;
    if (startsOn !== null && dayNumber(transaction.effectiveAt) >= startsOn) this.#start(startsOn);
    const fault = applyTransaction(this.book, transaction);
    if (fault) this.faults.push(fault);
  }

  #start(day: DayNumber): void {
    this.book.startMeasuring(day - 1);
    this.#startsOn = null;
  }

  finish(): Folded {
    if (this.#startsOn !== null) this.#start(this.#startsOn);
    return { book: this.book, faults: this.faults };
  }
}
