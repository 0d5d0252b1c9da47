import { absolute, zero } from '@plimsoll/kernel';
import type { ImportedTransaction } from '@plimsoll/ports';
import type { QifFields } from './qif-fields.ts';

/** What a record comes to: a transaction, or why it is none. */
export type QifOutcome =
  | { readonly transaction: ImportedTransaction }
  | { readonly ignored: string };

/** The account in square brackets that money comes from or goes to; empty where there is none. */
export const otherAccount = (fields: QifFields): string =>
  /^\[(.+)\]/.exec(fields.text('L'))?.[1] ?? '';

const interest = /^_?int(?:erest)? ?inc/i;
const dividends = /^_?div(?:idend)? ?inc/i;
const charges = /^bank ch/i;

function byCategory(fields: QifFields, amount: bigint): ImportedTransaction {
  const category = fields.text('L');
  const base = { ...fields.head(), currency: fields.currency };
  const earned = { ...base, instrument: undefined, amount, fee: zero, tax: zero };
  if (interest.test(category)) return { type: 'interest', ...earned };
  if (dividends.test(category)) return { type: 'dividend', ...earned };
  if (charges.test(category))
    return { type: 'fee', ...base, instrument: undefined, amount: -amount };
  return { type: amount < zero ? 'withdrawal' : 'deposit', ...base, amount: absolute(amount) };
}

/** One record of a bank, cash or card account; `accounts` are those that the file has. */
export function readCashRecord(fields: QifFields, accounts: ReadonlySet<string>): QifOutcome {
  const amount = fields.amount();
  const other = otherAccount(fields);
  if (amount === zero && !fields.refusal) return { ignored: 'The record moves no money.' };
  if (
    other !== '' &&
    (other === fields.record.account || /^opening balance$/i.test(fields.text('P')))
  ) {
    const base = { ...fields.head(), instrument: undefined, currency: fields.currency };
    return { transaction: { type: 'opening-balance', ...base, quantity: amount, cost: amount } };
  }
  if (!accounts.has(other)) return { transaction: byCategory(fields, amount) };
  if (amount > zero) return { ignored: `The receiving side of a transfer that "${other}" has.` };
  const base = { ...fields.head(), instrument: undefined, currency: fields.currency };
  return { transaction: { type: 'transfer', ...base, toAccount: other, quantity: -amount } };
}
