import { type Decimal, dayNumber, decimal, multiply, toFloat } from '@plimsoll/kernel';
import type {
  Income,
  ReturnOfCapital,
  Transaction,
  TransactionType,
} from '../ledger/transaction.ts';
import type { UnitsHeld } from './action-effect.ts';
import type { CorporateActionKind } from './corporate-action.ts';

/** How the ledger may already tell of an action. */
interface Signs {
  readonly types: readonly TransactionType[];
  /** Days before and after the expected day within which an entry can be it. */
  readonly before: number;
  readonly after: number;
  /** Days from the ex-day to the expected one, where no pay day is known. */
  readonly lag: number;
}

const cash: Signs = {
  types: ['dividend', 'other-income', 'return-of-capital', 'interest'],
  before: 25,
  after: 35,
  lag: 20,
};
const units: Signs = { types: ['split', 'stock-dividend'], before: 10, after: 15, lag: 0 };
const exchange = (types: readonly TransactionType[]): Signs => ({
  types,
  before: 30,
  after: 45,
  lag: 0,
});

const signs: Readonly<Record<CorporateActionKind, Signs>> = {
  split: units,
  'stock-dividend': { ...units, types: ['split', 'stock-dividend', 'dividend'] },
  dividend: cash,
  'special-dividend': cash,
  'return-of-capital': cash,
  'spin-off': exchange(['spin-off']),
  merger: exchange(['merger', 'delisting', 'symbol-change']),
  'symbol-change': exchange(['symbol-change', 'merger']),
  delisting: exchange(['delisting', 'merger']),
};

interface Candidate {
  readonly held: number;
  readonly transaction: Transaction;
  readonly distance: number;
}

/**
 * Which transactions of the ledger are the actions themselves, entered by hand or read from a
 * broker's file. Pairs are made nearest first, in days from the expected one and, for cash, by how
 * far the amounts differ; each transaction settles one action. An amount of less than half or more
 * than one and a half times the reckoned one in the same currency is another payment.
 *
 * @returns By index into `held`: the transaction that settles it.
 */
export function matchRecorded(
  held: readonly UnitsHeld[],
  transactions: readonly Transaction[],
): ReadonlyMap<number, Transaction> {
  const byHolding = Map.groupBy(
    transactions.filter((one) => 'instrumentId' in one && one.instrumentId !== undefined),
    (one) => `${one.accountId}\n${(one as { instrumentId: string }).instrumentId}`,
  );
  const candidates: Candidate[] = [];
  for (const [index, one] of held.entries()) {
    const key = `${one.accountId}\n${one.instrument.id}`;
    for (const transaction of byHolding.get(key) ?? []) {
      const distance = distanceOf(one, transaction);
      if (distance !== null) candidates.push({ held: index, transaction, distance });
    }
  }
  candidates.sort((a, b) => a.distance - b.distance || a.held - b.held);
  const settled = new Map<number, Transaction>();
  const used = new Set<string>();
  for (const { held: index, transaction } of candidates) {
    if (settled.has(index) || used.has(transaction.id)) continue;
    settled.set(index, transaction);
    used.add(transaction.id);
  }
  return settled;
}

/** Null where the transaction cannot be the action. */
function distanceOf({ action, units: held }: UnitsHeld, transaction: Transaction): number | null {
  const { types, before, after, lag } = signs[action.kind];
  if (!types.includes(transaction.type)) return null;
  const expected = dayNumber(action.payDay ?? action.day) + (action.payDay === null ? lag : 0);
  const days = dayNumber(transaction.effectiveAt) - expected;
  if (days < -before || days > after) return null;
  if (!isPayment(transaction)) return Math.abs(days);
  const ratio = amountRatio(held, action.value, action.currency, transaction);
  if (ratio === null) return Math.abs(days);
  if (ratio < 0.5 || ratio > 1.5) return null;
  return Math.abs(days) + 20 * Math.abs(ratio - 1);
}

const isPayment = (transaction: Transaction): transaction is Income | ReturnOfCapital =>
  cash.types.includes(transaction.type);

/** Booked gross ÷ reckoned; null where the two are in different currencies. */
function amountRatio(
  held: Decimal,
  perUnit: string,
  currency: string | null,
  transaction: Income | ReturnOfCapital,
): number | null {
  if (currency === null || currency !== transaction.currency) return null;
  const reckoned = toFloat(multiply(held, decimal(perUnit)));
  return reckoned === 0 ? null : toFloat(transaction.amount) / reckoned;
}
