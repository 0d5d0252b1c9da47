import { type Instrument, orderLedger, type Transaction } from '@plimsoll/domain';
import type { ImportedRow, ImportedTransaction, InstrumentHint } from '@plimsoll/ports';
import type { EngineContext } from '../engine-context.ts';
import type { LedgerView } from './ledger-view.ts';

/** What the file says of an instrument so that reading it back finds the same. */
function hintOf(instrument: Instrument): InstrumentHint {
  const { isin, figi, cusip, symbol, mic, name, kind, currency, multiplier } = instrument;
  return {
    name,
    kind,
    currency,
    multiplier,
    ...(isin ? { isin } : {}),
    ...(figi ? { figi } : {}),
    ...(cusip ? { cusip } : {}),
    ...(symbol ? { symbol } : {}),
    ...(mic ? { mic } : {}),
  };
}

/** The record in force as native CSV, in ledger order. */
export function exportCsv(context: EngineContext, view: LedgerView): string {
  const accounts = new Map(view.accounts.map(({ id, name }) => [id, name]));
  const hint = (id: string): InstrumentHint => {
    const instrument = view.instruments.get(id);
    return instrument ? hintOf(instrument) : { symbol: id };
  };
  const rows = orderLedger(view.transactions).map((transaction) => ({
    account: accounts.get(transaction.accountId) ?? transaction.accountId,
    transaction: toImported(transaction, hint, (id) => accounts.get(id) ?? id),
  }));
  return context.writeNativeCsv(
    rows satisfies readonly Pick<ImportedRow, 'transaction' | 'account'>[],
  );
}

/** Puts names where the record has ids. */
function toImported(
  transaction: Transaction,
  hint: (id: string) => InstrumentHint,
  account: (id: string) => string,
): ImportedTransaction {
  const { id, accountId, position, source, ...rest } = transaction;
  const { instrumentId, childId, intoId, toAccountId, reinvested, ...members } =
    rest as typeof rest & {
      instrumentId?: string;
      childId?: string;
      intoId?: string;
      toAccountId?: string;
      reinvested?: { instrumentId: string; quantity: bigint };
    };
  return {
    ...members,
    ...(instrumentId === undefined ? {} : { instrument: hint(instrumentId) }),
    ...(childId === undefined ? {} : { child: hint(childId) }),
    ...(intoId === undefined ? {} : { into: hint(intoId) }),
    ...(toAccountId === undefined ? {} : { toAccount: account(toAccountId) }),
    ...(reinvested
      ? { reinvested: { instrument: hint(reinvested.instrumentId), quantity: reinvested.quantity } }
      : {}),
  } as ImportedTransaction;
}
