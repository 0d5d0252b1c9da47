import { absolute, zero } from '@plimsoll/kernel';
import type { ImportedTransaction } from '@plimsoll/ports';
import { whenFields } from '../../importer-kit/index.ts';
import type { OfxFields } from './ofx-fields.ts';

/** What a row of a bank statement comes to: a transaction, or why it is none. */
export type BankOutcome =
  | { readonly transaction: ImportedTransaction }
  | { readonly ignored: string };

/** Types that say only which way money went, so that the name may say more. */
const plainTypes = new Set(['CREDIT', 'DEBIT', 'DEP', 'OTHER', '']);

const knownTypes = new Set([
  ...plainTypes,
  ...['INT', 'DIV', 'FEE', 'SRVCHG', 'ATM', 'POS', 'XFER', 'CHECK', 'PAYMENT', 'CASH'],
  ...['DIRECTDEP', 'DIRECTDEBIT', 'REPEATPMT', 'HOLD'],
]);

const interestNames = /^interest (?:earned|paid|payment|credit)\b/i;
const feeNames = /(?:\bfee|\bservice charge)$/i;

/** The row's type, told by its name where its own type says only which way money went. */
function typeOf(fields: OfxFields, isIn: boolean): string {
  const type = fields.text('TRNTYPE').toUpperCase();
  if (!knownTypes.has(type)) {
    fields.refuse({
      column: 'TRNTYPE',
      value: type,
      code: 'import.unknown-kind',
      reason: `"${type.slice(0, 40)}" is not a type of transaction that OFX has.`,
      fix: 'Record this transaction by hand, or import the others with "accept valid".',
    });
  }
  const name = fields.text('NAME') || fields.text('PAYEE', 'NAME');
  if (!plainTypes.has(type)) return type;
  if (isIn && interestNames.test(name)) return 'INT';
  return !isIn && type !== 'CREDIT' && feeNames.test(name) ? 'FEE' : type;
}

function noteOf(fields: OfxFields): string {
  const name = fields.text('NAME') || fields.text('PAYEE', 'NAME');
  const memo = fields.text('MEMO');
  return [name, memo.startsWith(name) ? '' : memo].filter((part) => part !== '').join(', ') || memo;
}

/** One row of a bank or credit-card statement, or of the cash side of a broker's. */
export function readBankRow(fields: OfxFields): BankOutcome {
  const amount = fields.required('TRNAMT');
  const when = whenFields(fields.when(['DTPOSTED'], ['DTUSER']));
  const note = noteOf(fields);
  const base = { ...when, currency: fields.currency(), ...(note === '' ? {} : { note }) };
  const type = typeOf(fields, amount > zero);
  if (type === 'HOLD') return { ignored: 'Money that is held back, but not booked yet.' };
  if (amount === zero && !fields.refusal) return { ignored: 'The row moves no money.' };
  const charges = { fee: zero, tax: zero };
  const instrument = undefined;
  switch (type) {
    case 'INT':
      return amount > zero
        ? { transaction: { type: 'interest', ...base, instrument, amount, ...charges } }
        : { transaction: { type: 'margin-interest', ...base, instrument, amount: -amount } };
    case 'DIV':
      return { transaction: { type: 'dividend', ...base, instrument, amount, ...charges } };
    case 'FEE':
    case 'SRVCHG':
      return { transaction: { type: 'fee', ...base, instrument, amount: -amount } };
    default: {
      const direction = amount < zero ? 'withdrawal' : 'deposit';
      return { transaction: { type: direction, ...base, amount: absolute(amount) } };
    }
  }
}
