import { absolute, atPrice, type Decimal, ok, one, type Price } from '@plimsoll/kernel';
import type { ImportedTransaction, InstrumentHint, ParsedFile } from '@plimsoll/ports';
import {
  all,
  type CsvTable,
  inPounds,
  type Outcome,
  priceInPounds,
  quotedIn,
  type Read,
  Reading,
  type Row,
  rowsOf,
  whenFields,
  wholeCurrency,
} from '../../importer-kit/index.ts';
import { instrumentOf } from './instrument-of.ts';

/** Reads the file of activities. */
export function readActivities(table: CsvTable): ParsedFile {
  const { rows, refused } = rowsOf(table, { decimal: '.', days: 'ymd' });
  const reading = new Reading(refused);
  for (const row of rows) reading.settle([row.line], readActivity(row));
  return reading.finish();
}

interface Facts {
  readonly head: {
    readonly effectiveAt: string;
    readonly time?: string;
    readonly currency: string;
  };
  /** What the row's figures count in, as it is written. */
  readonly unit: string;
  readonly quantity: Decimal;
  readonly price: Price;
  /** Quantity × price, with the price's sign. */
  readonly amount: Decimal;
  readonly fee: Decimal;
  readonly tax: Decimal;
}

function readActivity(row: Row): Read<Outcome> {
  const make = readers.get(row.text('ActivityType').toLowerCase());
  if (!make) return row.unknown('ActivityType');
  const facts = factsOf(row);
  if (!facts.ok) return facts;
  const made = make(row, facts.value);
  if (!made.ok) return made;
  const id = row.text('Id');
  return ok({
    row: { line: row.line, ...(id === '' ? {} : { externalId: id }), transaction: made.value },
  });
}

function factsOf(row: Row): Read<Facts> {
  const read = all({
    when: row.when('Date'),
    currency: row.currency('Currency'),
    quantity: row.decimal('Quantity'),
    price: row.price('UnitPrice'),
    fee: row.decimalOrZero('Fee'),
    tax: row.decimalOrZero('Tax'),
  });
  if (!read.ok) return read;
  const { when, currency, quantity, fee, tax } = read.value;
  const price = priceInPounds(read.value.price, currency);
  return ok({
    head: { ...whenFields(when), currency: wholeCurrency(currency) },
    unit: currency,
    quantity: absolute(quantity),
    price,
    amount: atPrice(absolute(quantity), price),
    fee: inPounds(fee, currency),
    tax: inPounds(tax, currency),
  });
}

type Reader = (row: Row, facts: Facts) => Read<ImportedTransaction>;

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['buy', (row, facts) => trade(row, facts, 'buy')],
  ['sell', (row, facts) => trade(row, facts, 'sell')],
  ['receive', (row, facts) => delivery(row, facts, 'delivery-in')],
  ['send', (row, facts) => delivery(row, facts, 'delivery-out')],
  ['dividend', (row, facts) => dividend(row, facts)],
  ['interest', (_, facts) => ok(cashIncome(facts, 'interest'))],
  ['giftfiat', (_, facts) => ok(cashIncome(facts, 'other-income'))],
  ['giftasset', (row, facts) => unitsEarned(row, facts, 'other-income')],
  ['learningreward', (row, facts) => unitsEarned(row, facts, 'other-income')],
  ['stakingreward', (row, facts) => unitsEarned(row, facts, 'staking')],
  ['cashdeposit', (row, facts) => cashFlow(row, facts, 'deposit')],
  ['cashwithdrawal', (row, facts) => cashFlow(row, facts, 'withdrawal')],
  ['fee', (row, facts) => expense(row, facts, 'fee')],
  ['tax', (row, facts) => expense(row, facts, 'tax')],
]);

const nothing = (row: Row, column: string, what: string) =>
  row.refuseCell(column, {
    code: 'import.zero',
    reason: `The row ${what} 0.`,
    fix: `Correct ${column}, or leave the row out.`,
  });

/** The instrument of a row that states its price. */
function pricedInstrument(row: Row, { unit }: Facts): Read<InstrumentHint> {
  const instrument = instrumentOf(row);
  return instrument.ok ? ok({ ...instrument.value, ...quotedIn(unit) }) : instrument;
}

function trade(row: Row, facts: Facts, type: 'buy' | 'sell'): Read<ImportedTransaction> {
  const instrument = pricedInstrument(row, facts);
  if (!instrument.ok) return instrument;
  const { head, quantity, price, amount, fee, tax } = facts;
  if (quantity === 0n) return nothing(row, 'Quantity', 'trades a quantity of');
  if (amount < 0n) return row.refuseCell('UnitPrice', negative);
  return ok({ ...head, type, instrument: instrument.value, quantity, price, amount, fee, tax });
}

const negative = {
  code: 'import.wrong-sign',
  reason: 'A price cannot be negative.',
  fix: 'Write it without the minus sign.',
};

function delivery(
  row: Row,
  facts: Facts,
  type: 'delivery-in' | 'delivery-out',
): Read<ImportedTransaction> {
  const instrument = pricedInstrument(row, facts);
  if (!instrument.ok) return instrument;
  const { head, quantity, amount, fee, tax } = facts;
  if (quantity === 0n) return nothing(row, 'Quantity', 'moves a quantity of');
  const worth = amount > 0n ? { amount } : {};
  return ok({ ...head, type, instrument: instrument.value, quantity, ...worth, fee, tax });
}

function dividend(row: Row, { head, amount, fee, tax }: Facts): Read<ImportedTransaction> {
  const instrument = instrumentOf(row);
  if (!instrument.ok) return instrument;
  return ok({ ...head, type: 'dividend', instrument: instrument.value, amount, fee, tax });
}

function unitsEarned(
  row: Row,
  facts: Facts,
  type: 'staking' | 'other-income',
): Read<ImportedTransaction> {
  const found = pricedInstrument(row, facts);
  if (!found.ok) return found;
  const { head, quantity, amount, fee, tax } = facts;
  if (quantity === 0n) return nothing(row, 'Quantity', 'earns a quantity of');
  const instrument = found.value;
  return ok({ ...head, type, instrument, amount, fee, tax, reinvested: { instrument, quantity } });
}

/** Cash is written as one unit at a price; some write no units at all. */
const cashOf = ({ quantity, price, amount }: Facts): Decimal =>
  quantity === 0n ? atPrice(one, price) : amount;

const cashIncome = (facts: Facts, type: 'interest' | 'other-income'): ImportedTransaction => ({
  ...facts.head,
  type,
  instrument: undefined,
  amount: cashOf(facts),
  fee: facts.fee,
  tax: facts.tax,
});

function cashFlow(
  row: Row,
  facts: Facts,
  type: 'deposit' | 'withdrawal',
): Read<ImportedTransaction> {
  const amount = absolute(cashOf(facts));
  if (amount === 0n) return nothing(row, 'UnitPrice', 'moves cash of');
  const beside = facts.fee === 0n ? 'Tax' : 'Fee';
  if (facts.fee === 0n && facts.tax === 0n) return ok({ ...facts.head, type, amount });
  return row.refuseCell(beside, {
    code: 'import.unused-value',
    reason: 'A movement of cash has no fee or tax of its own.',
    fix: `Give the ${beside.toLowerCase()} a row of its own.`,
  });
}

/** A fee's sum may stand in the price, in the column of its name, or in both, which add up. */
function expense(row: Row, facts: Facts, type: 'fee' | 'tax'): Read<ImportedTransaction> {
  const other = type === 'fee' ? facts.tax : facts.fee;
  const column = type === 'fee' ? 'Tax' : 'Fee';
  if (other !== 0n) {
    return row.refuseCell(column, {
      code: 'import.unused-value',
      reason: `A row of type ${type} has no other charge beside it.`,
      fix: `Give the ${column.toLowerCase()} a row of its own.`,
    });
  }
  const amount = cashOf(facts) + (type === 'fee' ? facts.fee : facts.tax);
  if (amount === 0n) return nothing(row, 'UnitPrice', 'charges');
  return ok({ ...facts.head, type, instrument: undefined, amount });
}
