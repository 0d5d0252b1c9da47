import { absolute, type Decimal, ok, one } from '@plimsoll/kernel';
import type { ImportedTransaction, InstrumentHint, ParsedFile } from '@plimsoll/ports';
import {
  all,
  type CsvTable,
  type Outcome,
  type Read,
  Reading,
  type Row,
  rowsOf,
  whenFields,
} from '../../importer-kit/index.ts';
import { grossAmount } from '../../importer-kit/native/trade-amount.ts';

/** Reads a whole list, which is in euros. */
export function readCentraalBeheer(table: CsvTable): ParsedFile {
  const { rows, refused } = rowsOf(table, { decimal: ',', days: 'dmy' });
  const reading = new Reading(refused);
  for (const row of rows) reading.settle([row.line], readRow(row));
  return reading.finish({ currency: 'EUR' });
}

interface Facts {
  readonly head: {
    readonly effectiveAt: string;
    readonly time?: string;
    readonly currency: string;
  };
  /** With costs in it where it was paid; always positive. */
  readonly gross: Decimal;
  readonly fee: Decimal;
  readonly tax: Decimal;
}

function readRow(row: Row): Read<Outcome> {
  const read = readers.get(row.text('Soort').toLowerCase());
  if (!read) return row.unknown('Soort');
  const facts = factsOf(row);
  if (!facts.ok) return facts;
  const made = read(row, facts.value);
  return made.ok ? ok({ row: { line: row.line, transaction: made.value } }) : made;
}

const readers: ReadonlyMap<string, (row: Row, facts: Facts) => Read<ImportedTransaction>> = new Map(
  [
    ['aankoop', (row: Row, facts: Facts) => trade(row, facts, 'buy')],
    ['verkoop', (row: Row, facts: Facts) => trade(row, facts, 'sell')],
    ['overboeking', (row: Row, facts: Facts) => transfer(row, facts)],
    ['dividend uitkering', (row: Row, facts: Facts) => dividend(row, facts)],
  ],
);

function factsOf(row: Row): Read<Facts> {
  const dayColumn = row.has('Transactiedatum') ? 'Transactiedatum' : 'Boekdatum';
  const read = all({
    when: row.when(dayColumn),
    gross: row.decimal('Bruto bedrag (EUR)'),
    fee: row.decimalOrZero('Aankoopkosten'),
    tax: row.decimalOrZero('Dividendbelasting'),
  });
  if (!read.ok) return read;
  const { when, gross, fee, tax } = read.value;
  const head = { ...whenFields(when), currency: 'EUR' };
  return ok({ head, gross: absolute(gross), fee: absolute(fee), tax: absolute(tax) });
}

function fundOf(row: Row): Read<InstrumentHint> {
  const name = row.required('Fondsnaam');
  return name.ok
    ? ok({ name: `Centraal Beheer ${name.value}`, kind: 'fund', currency: 'EUR' })
    : name;
}

/** The gross amount of a buy has the costs in it; units × price tells which of the two it is. */
function trade(row: Row, facts: Facts, type: 'buy' | 'sell'): Read<ImportedTransaction> {
  const read = all({
    instrument: fundOf(row),
    quantity: row.positive('Aantal stukken'),
    price: row.price('Koers'),
  });
  if (!read.ok) return read;
  const { instrument, quantity, price } = read.value;
  const { head, gross, fee, tax } = facts;
  const amount = grossAmount({
    side: type === 'buy' ? 1n : -1n,
    quantity,
    price,
    amount: gross,
    fee,
    tax,
    accrued: 0n,
    multiplier: one,
    amountIs: undefined,
  });
  if (typeof amount !== 'bigint' || amount < 0n) {
    return row.refuseCell('Bruto bedrag (EUR)', {
      code: 'import.amounts-disagree',
      reason: `The amount is more than 1 % away from units × price, ${row.text('Aantal stukken')} × ${row.text('Koers')}.`,
      fix: 'Export the list again, or correct the figures.',
    });
  }
  return ok({ ...head, type, instrument, quantity, price, amount, fee, tax });
}

function transfer(row: Row, { head, gross }: Facts): Read<ImportedTransaction> {
  const way = row.text('Af Bij').toLowerCase();
  if ((way !== 'af' && way !== 'bij') || gross === 0n) {
    const column = gross === 0n ? 'Bruto bedrag (EUR)' : 'Af Bij';
    return row.refuseCell(column, {
      code: 'import.unclear-transfer',
      reason: 'A transfer has an amount and says Af or Bij.',
      fix: `Correct ${column}.`,
    });
  }
  return ok({ ...head, type: way === 'bij' ? 'deposit' : 'withdrawal', amount: gross });
}

function dividend(row: Row, { head, gross, fee, tax }: Facts): Read<ImportedTransaction> {
  const fund = fundOf(row);
  if (!fund.ok) return fund;
  return ok({ ...head, type: 'dividend', instrument: fund.value, amount: gross, fee, tax });
}
