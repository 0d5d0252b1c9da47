import { absolute, ok } from '@plimsoll/kernel';
import type { ParsedFile } from '@plimsoll/ports';
import {
  all,
  type CsvTable,
  defineImporter,
  headerMissing,
  headHasHeader,
  type Outcome,
  type Read,
  Reading,
  type Row,
  readCsv,
  rowsOf,
  whenFields,
} from '../../importer-kit/index.ts';

const shape = {
  delimiter: ';',
  headerHas: ['Date', 'Interest Date', 'Amount', 'Account', 'Counterparty', 'Name', 'Description'],
} as const;

/** Bunq's statement of a bank account. */
export default defineImporter({
  id: 'bunq',
  title: 'bunq statement (CSV)',
  detect: (file) => (headHasHeader(file.text, shape) ? 1 : 0),
  parse: (file, options) => {
    const table = readCsv(file.text, shape);
    if (!table) return headerMissing(file.text, shape.headerHas);
    return readStatement(table, options.currency ?? 'EUR');
  },
});

function readStatement(table: CsvTable, currency: string): ParsedFile {
  const { rows, refused } = rowsOf(table, { decimal: ',', days: 'ymd' });
  const reading = new Reading(refused);
  const accounts = new Set(rows.map((row) => row.text('Account')));
  for (const row of rows) {
    reading.settle([row.line], readMovement(row, currency, accounts.size > 1));
  }
  return reading.finish({ currency });
}

/** bunq pays interest itself, under the name "bunq Payday". */
const isInterest = (row: Row): boolean =>
  row.text('Name').toLowerCase() === 'bunq' && /^bunq payday\b/i.test(row.text('Description'));

function readMovement(row: Row, currency: string, severalAccounts: boolean): Read<Outcome> {
  const read = all({ when: row.when('Date'), amount: row.decimal('Amount') });
  if (!read.ok) return read;
  const { when, amount } = read.value;
  if (amount === 0n) return ok({ ignored: 'The row moves nothing: its amount is 0.' });
  const note = row.text('Description');
  const head = { ...whenFields(when), ...(note === '' ? {} : { note }), currency };
  const account = severalAccounts ? row.text('Account') : '';
  const origin = { line: row.line, ...(account === '' ? {} : { account }) };
  if (isInterest(row) && amount > 0n) {
    const charges = { fee: 0n, tax: 0n };
    const transaction = {
      ...head,
      type: 'interest',
      instrument: undefined,
      amount,
      ...charges,
    } as const;
    return ok({ row: { ...origin, transaction } });
  }
  const type = amount > 0n ? 'deposit' : 'withdrawal';
  return ok({ row: { ...origin, transaction: { ...head, type, amount: absolute(amount) } } });
}
