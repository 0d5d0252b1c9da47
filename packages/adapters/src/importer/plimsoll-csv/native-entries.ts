import type { Instrument, Transaction } from '@plimsoll/domain';
import { atPrice, one } from '@plimsoll/kernel';
import type { ImportedTransaction, InstrumentHint } from '@plimsoll/ports';
import { withoutGaps } from '../../importer-kit/native/read-instrument.ts';
import { penceFactor } from '../../importer-kit/pence.ts';
import type { NativeEntry } from './write-native-csv.ts';

/** What the ids in recorded transactions stand for. */
export interface NativeNames {
  /** An account's name. */
  account(id: string): string;
  instrument(id: string): Instrument;
}

/**
 * Recorded transactions as the writer takes them. A row gets an id only where a closing names it as
 * the lot it takes; other rows are told apart by what they say.
 */
export function nativeEntries(
  transactions: readonly Transaction[],
  names: NativeNames,
): readonly NativeEntry[] {
  const chosen = new Set(
    transactions.flatMap((transaction) =>
      'lots' in transaction ? (transaction.lots ?? []).map((lot) => lot.openedBy) : [],
    ),
  );
  return transactions.map((transaction) =>
    withoutGaps({
      account: names.account(transaction.accountId),
      externalId: chosen.has(transaction.id) ? transaction.id : undefined,
      transaction: asImported(transaction, names),
    }),
  );
}

const idMembers: ReadonlySet<string> = new Set([
  'id',
  'accountId',
  'toAccountId',
  'position',
  'source',
  'instrumentId',
  'childId',
  'intoId',
  'reinvested',
]);

function asImported(transaction: Transaction, names: NativeNames): ImportedTransaction {
  const plain = Object.entries(transaction).filter(([member]) => !idMembers.has(member));
  const hintOf = (id: string | undefined) =>
    id === undefined ? undefined : instrumentHint(names.instrument(id), names);
  // The members left and those added make up the imported form of the same type.
  return withoutGaps({
    ...Object.fromEntries(plain),
    toAccount: 'toAccountId' in transaction ? names.account(transaction.toAccountId) : undefined,
    instrument: 'instrumentId' in transaction ? hintOf(transaction.instrumentId) : undefined,
    child: 'childId' in transaction ? hintOf(transaction.childId) : undefined,
    into: 'intoId' in transaction ? hintOf(transaction.intoId) : undefined,
    reinvested:
      'reinvested' in transaction ? reinvestedAs(transaction.reinvested, hintOf) : undefined,
  }) as unknown as ImportedTransaction;
}

function reinvestedAs<Quantity>(
  reinvested: { readonly instrumentId: string; readonly quantity: Quantity } | undefined,
  hintOf: (id: string) => InstrumentHint | undefined,
) {
  return reinvested
    ? { instrument: hintOf(reinvested.instrumentId), quantity: reinvested.quantity }
    : undefined;
}

function instrumentHint(instrument: Instrument, names: NativeNames): InstrumentHint {
  const { symbol, isin, figi, cusip, mic, name, kind, currency, multiplier, option } = instrument;
  const inPence = currency === 'GBP' && instrument.priceFactor === penceFactor;
  return withoutGaps({
    symbol,
    isin,
    figi,
    cusip,
    mic,
    name,
    kind,
    currency,
    multiplier: multiplier === one ? undefined : multiplier,
    priceFactor: inPence ? penceFactor : undefined,
    option: option
      ? {
          underlying: instrumentHint(names.instrument(option.underlyingId), names),
          right: option.right,
          strike: atPrice(one, option.strike),
          expiresOn: option.expiresOn,
        }
      : undefined,
  });
}
