import type { Transaction } from '@plimsoll/domain';
import type { ImportedTransaction, InstrumentHint } from '@plimsoll/ports';

/** What names in a file stand for. */
export interface Names {
  readonly instrument: (hint: InstrumentHint, currency: string) => string;
  readonly account: (name: string) => string;
}

/** Puts ids where the file had names. */
export function toTransaction(
  imported: ImportedTransaction,
  head: Pick<Transaction, 'id' | 'accountId' | 'position' | 'source'>,
  names: Names,
): Transaction {
  const { instrument, child, into, toAccount, reinvested, ...rest } =
    imported as ImportedTransaction & {
      instrument?: InstrumentHint;
      child?: InstrumentHint;
      into?: InstrumentHint;
      toAccount?: string;
      reinvested?: { instrument: InstrumentHint; quantity: bigint };
    };
  const currency = currencyOf(imported);
  const id = (hint: InstrumentHint) => names.instrument(hint, hint.currency ?? currency);
  const members = {
    ...rest,
    ...head,
    ...(instrument ? { instrumentId: id(instrument) } : {}),
    ...(child ? { childId: id(child) } : {}),
    ...(into ? { intoId: id(into) } : {}),
    ...(toAccount === undefined ? {} : { toAccountId: names.account(toAccount) }),
    ...(reinvested
      ? { reinvested: { instrumentId: id(reinvested.instrument), quantity: reinvested.quantity } }
      : {}),
  };
  return withoutUndefined(members) as unknown as Transaction;
}

function withoutUndefined(record: object): object {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(record)) {
    if (value !== undefined) kept[key] = value;
  }
  return kept;
}

/** The currency the transaction's amounts are in; actions without money say that of their cash in lieu. */
export function currencyOf(imported: ImportedTransaction): string {
  const members = imported as {
    currency?: string;
    boot?: { currency: string };
    cashInLieu?: { currency: string };
  };
  return members.currency ?? members.boot?.currency ?? members.cashInLieu?.currency ?? '';
}
