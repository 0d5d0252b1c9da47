import { dayNumber, decimal, toFloat } from '@plimsoll/kernel';
import type {
  Income,
  ReturnOfCapital,
  Transaction,
  TransactionType,
} from '../ledger/transaction.ts';
import { cashFor, type UnitsHeld } from './action-effect.ts';
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

/** What may be the same event, and how far the two lie apart; null where they cannot be. */
interface Pair {
  readonly index: number;
  readonly transaction: Transaction;
  readonly distance: number | null;
}

/** Pairs up nearest first, each index and each transaction once. */
function nearestFirst(pairs: readonly Pair[]): Map<number, Transaction> {
  const near = pairs.filter(({ distance }) => distance !== null);
  near.sort((a, b) => Number(a.distance) - Number(b.distance) || a.index - b.index);
  const matched = new Map<number, Transaction>();
  const used = new Set<string>();
  for (const { index, transaction } of near) {
    if (matched.has(index) || used.has(transaction.id)) continue;
    matched.set(index, transaction);
    used.add(transaction.id);
  }
  return matched;
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
  const pairs = held.flatMap((one, index) => {
    const key = `${one.accountId}\n${one.instrument.id}`;
    return (byHolding.get(key) ?? []).map((transaction) => ({
      index,
      transaction,
      distance: distanceOf(one, transaction),
    }));
  });
  return settleTogether(held, nearestFirst(pairs));
}

/** Null where the transaction cannot be the action. */
function distanceOf(held: UnitsHeld, transaction: Transaction): number | null {
  const { action } = held;
  const { types, before, after, lag } = signs[action.kind];
  if (!types.includes(transaction.type)) return null;
  const expected = dayNumber(action.payDay ?? action.day) + (action.payDay === null ? lag : 0);
  const days = dayNumber(transaction.effectiveAt) - expected;
  if (days < -before || days > after) return null;
  if (!isPayment(transaction)) return Math.abs(days);
  const ratio = amountRatio([held], transaction);
  if (ratio === null) return Math.abs(days);
  if (ratio < 0.5 || ratio > 1.5) return null;
  return Math.abs(days) + 20 * Math.abs(ratio - 1);
}

const isPayment = (transaction: Transaction): transaction is Income | ReturnOfCapital =>
  cash.types.includes(transaction.type);

/** Booked gross ÷ reckoned for all of them; null where they are in different currencies. */
function amountRatio(
  held: readonly UnitsHeld[],
  transaction: Income | ReturnOfCapital,
): number | null {
  const reckoned = held.map((one) => cashFor(one, decimal(one.action.value)));
  if (reckoned.some(({ currency }) => currency !== transaction.currency)) return null;
  const sum = reckoned.reduce((total, { amount }) => total + toFloat(amount), 0);
  return sum === 0 ? null : toFloat(transaction.amount) / sum;
}

/**
 * Payments of one day that were booked as one, an ordinary and a special dividend: where their sum is
 * nearer to what was booked than the one that it was taken for, it is all of them.
 */
function settleTogether(
  held: readonly UnitsHeld[],
  settled: Map<number, Transaction>,
): ReadonlyMap<number, Transaction> {
  const byDay = Map.groupBy([...held.keys()], (index) => {
    const { action, accountId, instrument } = held[index] as UnitsHeld;
    return [accountId, instrument.id, action.day, signs[action.kind] === cash].join('\n');
  });
  for (const indices of byDay.values()) {
    const [first] = indices.flatMap((index) => settled.get(index) ?? []);
    const open = indices.filter((index) => !settled.has(index));
    if (first === undefined || open.length === 0 || open.length + 1 !== indices.length) continue;
    if (!isPayment(first)) continue;
    const of = (some: readonly number[]) =>
      Math.abs(
        (amountRatio(
          some.map((index) => held[index] as UnitsHeld),
          first,
        ) ?? 9) - 1,
      );
    const alone = of(indices.filter((index) => settled.has(index)));
    if (of(indices) < alone) for (const index of open) settled.set(index, first);
  }
  return settled;
}

/** Days within which a broker's booking may be what was recorded for a corporate action. */
const nearby = { before: 45, after: 60 };

/**
 * Which bookings tell of the same event as transactions that corporate actions recorded: same account
 * and instrument, the same kind of event, days near, and cash of half to one and a half times as much.
 * Each is matched once, nearest first.
 *
 * @returns By index into `booked`: the one that it tells better.
 */
export function matchBooked(
  booked: readonly Transaction[],
  recorded: readonly Transaction[],
): ReadonlyMap<number, Transaction> {
  return nearestFirst(
    booked.flatMap((one, index) =>
      recorded.map((transaction) => ({
        index,
        transaction,
        distance: distanceBetween(one, transaction),
      })),
    ),
  );
}

function distanceBetween(booked: Transaction, recorded: Transaction): number | null {
  const isSame =
    booked.accountId === recorded.accountId &&
    instrumentOf(booked) !== undefined &&
    instrumentOf(booked) === instrumentOf(recorded) &&
    familyOf(booked.type) !== undefined &&
    familyOf(booked.type) === familyOf(recorded.type);
  if (!isSame) return null;
  const days = dayNumber(booked.effectiveAt) - dayNumber(recorded.effectiveAt);
  if (days < -nearby.before || days > nearby.after) return null;
  if (!isPayment(booked) || !isPayment(recorded) || booked.currency !== recorded.currency) {
    return Math.abs(days);
  }
  const ratio = toFloat(booked.amount) / toFloat(recorded.amount);
  return ratio >= 0.5 && ratio <= 1.5 ? Math.abs(days) + 20 * Math.abs(ratio - 1) : null;
}

const instrumentOf = (transaction: Transaction): string | undefined =>
  (transaction as { readonly instrumentId?: string }).instrumentId;

const families: readonly (readonly TransactionType[])[] = [
  cash.types,
  units.types,
  ['spin-off'],
  ['merger', 'symbol-change', 'delisting'],
];

const familyOf = (type: TransactionType): readonly TransactionType[] | undefined =>
  families.find((types) => types.includes(type));
