import type { Currency } from '@plimsoll/domain';
import { absolute, type Decimal, ok } from '@plimsoll/kernel';
import type { ImportedTransaction, InstrumentHint } from '@plimsoll/ports';
import {
  all,
  type Outcome,
  type Read,
  type Row,
  readNumber,
  whenFields,
} from '../../importer-kit/index.ts';
import { assetOf } from './asset.ts';

type Meaning = 'buy' | 'sell' | 'dividend' | 'interest' | 'fee' | 'tax' | 'cash' | 'within';

const meanings: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['open position', 'buy'],
  ['position closed', 'sell'],
  ['dividend', 'dividend'],
  ['interest payment', 'interest'],
  ['interest', 'interest'],
  ['deposit', 'cash'],
  ['withdraw request', 'cash'],
  ['withdraw fee', 'fee'],
  ['withdrawal fee', 'fee'],
  ['withdrawal conversion fee', 'fee'],
  ['deposit conversion fee', 'fee'],
  ['conversion fee', 'fee'],
  ['overnight fee', 'fee'],
  ['overnight refund', 'fee'],
  ['weekend fee', 'fee'],
  ['rollover fee', 'fee'],
  ['inactivity fee', 'fee'],
  ['commission', 'fee'],
  ['sdrt', 'tax'],
  ['stamp duty', 'tax'],
  ['start copy', 'within'],
  ['stop copy', 'within'],
  ['account balance to mirror', 'within'],
  ['mirror balance to account', 'within'],
]);

/** Reads a row of any type but a split. */
export function readActivity(row: Row, currency: Currency): Read<Outcome> {
  const meaning = meanings.get(row.text('Type').toLowerCase());
  if (!meaning) return row.unknown('Type');
  if (meaning === 'within') {
    return ok({
      ignored: 'Money moved between the balance and a copied trader, within the account.',
    });
  }
  const read = all({ when: row.when('Date'), amount: row.decimal('Amount') });
  if (!read.ok) return read;
  const { when, amount } = read.value;
  if (meaning === 'buy' || meaning === 'sell') return readPosition(row, currency, meaning);
  if (amount === 0n) return ok({ ignored: 'The row moves nothing: its amount is 0.' });
  const head = { ...whenFields(when), currency };
  if (meaning === 'cash') return taken(row, cashFlow(head, amount));
  if (meaning === 'dividend') return readDividend(row, head, amount);
  if (meaning === 'interest') return taken(row, interest(head, amount));
  return taken(row, {
    ...head,
    type: meaning,
    instrument: instrumentIfAny(row),
    amount: -amount,
  });
}

interface Head {
  readonly effectiveAt: string;
  readonly time?: string;
  readonly currency: Currency;
}

const taken = (row: Row, transaction: ImportedTransaction): Read<Outcome> =>
  ok({ row: { line: row.line, transaction } });

const cashFlow = (head: Head, amount: Decimal): ImportedTransaction => ({
  ...head,
  type: amount > 0n ? 'deposit' : 'withdrawal',
  amount: absolute(amount),
});

const interest = (head: Head, amount: Decimal): ImportedTransaction =>
  amount < 0n
    ? { ...head, type: 'margin-interest', instrument: undefined, amount: -amount }
    : { ...head, type: 'interest', instrument: undefined, amount, fee: 0n, tax: 0n };

/** Fees name an instrument only where they were charged for one. */
function instrumentIfAny(row: Row): InstrumentHint | undefined {
  const asset = assetOf(row);
  return asset.ok ? asset.value : undefined;
}

/** The amount is what was paid out, after the tax withheld, which the sheet does not state. */
function readDividend(row: Row, head: Head, amount: Decimal): Read<Outcome> {
  const asset = assetOf(row);
  if (!asset.ok) return asset;
  return taken(row, {
    ...head,
    type: 'dividend',
    instrument: asset.value,
    amount,
    fee: 0n,
    tax: 0n,
  });
}

function readPosition(row: Row, currency: Currency, type: 'buy' | 'sell'): Read<Outcome> {
  const read = all({
    when: row.when('Date'),
    instrument: assetOf(row),
    amount: row.decimal('Amount'),
    quantity: unitsOf(row),
  });
  if (!read.ok) return read;
  const { when, instrument, amount, quantity } = read.value;
  const position = row.text('Position ID');
  return taken(row, {
    ...whenFields(when),
    type,
    instrument,
    quantity,
    amount: absolute(amount),
    currency,
    fee: 0n,
    tax: 0n,
    ...(position === '' || position === '-' ? {} : { note: `Position ${position}` }),
  });
}

/** Units have up to six decimals and no grouping, so a mark in them is the decimal one. */
function unitsOf(row: Row): Read<Decimal> {
  const column = row.has('Units') ? 'Units' : 'Units / Contracts';
  const text = row.text(column);
  const units = readNumber(text, { decimal: text.includes(',') ? ',' : '.' });
  if (units.ok && units.value > 0n) return units;
  return row.refuseCell(column, {
    code: 'import.not-a-number',
    reason: `"${text.slice(0, 80)}" is not a number of units.`,
    fix: 'Correct the units; a position has some.',
  });
}
