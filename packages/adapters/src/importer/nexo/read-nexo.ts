import { ok } from '@plimsoll/kernel';
import type { ImportedRow, ImportedTransaction, ParsedFile } from '@plimsoll/ports';
import { type CsvTable, type Read, Reading, type Row, rowsOf } from '../../importer-kit/index.ts';
import { readExchange } from './read-exchange.ts';
import { type Facts, factsOf } from './row-facts.ts';
import { cashFlow, delivery, earned } from './single-transactions.ts';

/** Reads a whole export. */
export function readNexo(table: CsvTable): ParsedFile {
  const { rows, refused } = rowsOf(table, { decimal: '.', days: 'ymd' });
  const reading = new Reading(refused);
  for (const row of rows) {
    const read = readRow(row);
    if (!read.ok) reading.refuse(read.fault);
    else if ('ignored' in read.value) reading.ignore(row.line, read.value.ignored);
    else for (const one of imported(row, read.value.transactions)) reading.take(one);
  }
  return reading.finish();
}

type RowReading =
  | { readonly transactions: readonly ImportedTransaction[] }
  | { readonly ignored: string };

function imported(row: Row, transactions: readonly ImportedTransaction[]): readonly ImportedRow[] {
  const id = row.text('Transaction');
  return transactions.map((transaction, at) => ({
    line: row.line,
    ...(id === '' ? {} : { externalId: at === 0 ? id : `${id}/${at + 1}` }),
    transaction,
  }));
}

const within: ReadonlySet<string> = new Set([
  'Deposit To Exchange',
  'Exchange To Withdraw',
  'Locking Term Deposit',
  'Unlocking Term Deposit',
  'Dual Investment Lock',
  'Dual Investment Unlock',
]);

type Maker = (row: Row, facts: Facts) => Read<readonly ImportedTransaction[]>;

const one =
  (make: (facts: Facts) => ImportedTransaction): Maker =>
  (_, facts) =>
    ok([make(facts)]);

const makers: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['Exchange', readExchange],
  ['Deposit', one((facts) => cashFlow(facts, 'deposit'))],
  ['Exchange Deposited On', one((facts) => cashFlow(facts, 'deposit'))],
  ['Withdraw Exchanged', one((facts) => cashFlow(facts, 'withdrawal'))],
  ['Top up Crypto', one((facts) => delivery(facts, 'delivery-in'))],
  ['Withdrawal', one((facts) => delivery(facts, 'delivery-out'))],
  ['Interest', one((facts) => earned(facts, 'interest'))],
  ['Fixed Term Interest', one((facts) => earned(facts, 'interest'))],
  ['Dual Investment Interest', one((facts) => earned(facts, 'interest'))],
  ['Exchange Cashback', one((facts) => earned(facts, 'other-income'))],
  ['Referral Bonus', one((facts) => earned(facts, 'other-income'))],
]);

function readRow(row: Row): Read<RowReading> {
  const type = row.text('Type');
  const details = row.text('Details');
  const make = makers.get(type);
  if (!make && !within.has(type)) return row.unknown('Type');
  if (!details.startsWith('approved')) {
    return ok({ ignored: `Not carried out: ${details.slice(0, 60) || 'no details'}.` });
  }
  if (!make) return ok({ ignored: 'Moved between wallets of the same account.' });
  const facts = factsOf(row);
  if (!facts.ok) return facts;
  const made = make(row, facts.value);
  return made.ok ? ok({ transactions: made.value }) : made;
}
