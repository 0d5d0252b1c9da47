import { absolute, ok } from '@plimsoll/kernel';
import type { ImportedTransaction } from '@plimsoll/ports';
import type { Outcome, Read } from '../../importer-kit/index.ts';
import type { RowKind } from './describe.ts';
import { instrumentHint, instrumentMissing } from './instrument-hint.ts';
import { sourceOf } from './settle-order.ts';
import type { StatementRow } from './statement-row.ts';

/** Rows that are one transaction each, by what they are. */
export type CashKind = Exclude<
  RowKind,
  'sweep' | 'reservation' | 'fx' | 'dividend' | 'dividend-tax'
>;

/** The day and time of a row, as a transaction has them. */
export const whenOf = (of: StatementRow) => ({
  effectiveAt: of.day,
  ...(of.time === undefined ? {} : { time: of.time }),
});

function incomeOf(of: StatementRow, type: 'interest' | 'other-income'): ImportedTransaction {
  return {
    type,
    ...whenOf(of),
    instrument: instrumentHint(of),
    amount: of.change,
    currency: of.currency,
    fee: 0n,
    tax: 0n,
    note: of.description,
  };
}

function expenseOf(of: StatementRow, type: 'fee' | 'tax' | 'margin-interest'): ImportedTransaction {
  return {
    type,
    ...whenOf(of),
    instrument: instrumentHint(of),
    amount: -of.change,
    currency: of.currency,
    note: of.description,
  };
}

const flowOf = (of: StatementRow): ImportedTransaction => ({
  type: of.change > 0n ? 'deposit' : 'withdrawal',
  ...whenOf(of),
  amount: absolute(of.change),
  currency: of.currency,
  note: of.description,
});

function transactionOf(of: StatementRow, kind: CashKind): Read<ImportedTransaction> {
  switch (kind) {
    case 'deposit':
    case 'withdrawal':
      return ok(flowOf(of));
    case 'interest':
      return ok(of.change > 0n ? incomeOf(of, 'interest') : expenseOf(of, 'margin-interest'));
    case 'money-market':
    case 'other-income':
      return ok(incomeOf(of, 'other-income'));
    case 'return-of-capital': {
      const instrument = instrumentHint(of);
      if (!instrument) return instrumentMissing(of);
      return ok({
        type: 'return-of-capital',
        ...whenOf(of),
        instrument,
        amount: of.change,
        currency: of.currency,
      });
    }
    case 'fee':
    case 'tax':
      return ok(expenseOf(of, kind));
  }
}

const whyNothing: Partial<Record<CashKind, string>> = {
  'money-market': 'Cash that DEGIRO keeps in a money market fund counts as cash.',
};

/** What a row that stands for itself comes to. */
export function cashRow(of: StatementRow, kind: CashKind): Read<Outcome> {
  if (of.change === 0n) return ok({ ignored: whyNothing[kind] ?? 'The row moves no cash.' });
  const transaction = transactionOf(of, kind);
  if (!transaction.ok) return transaction;
  return ok({ row: { ...sourceOf([of]), transaction: transaction.value } });
}
