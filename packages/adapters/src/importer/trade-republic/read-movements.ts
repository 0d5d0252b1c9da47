import { absolute, type Decimal, ok, type Result } from '@plimsoll/kernel';
import type { ImportedTransaction, InstrumentHint, ParsedFile } from '@plimsoll/ports';
import {
  all,
  type CsvTable,
  type Outcome,
  type Read,
  Reading,
  type Row,
  readCsv,
  readNumber,
  rowsOf,
  whenFields,
} from '../../importer-kit/index.ts';
import { instrumentOf } from './instrument-of.ts';

/** Column titles by what they mean. */
export interface MovementTitles {
  readonly date: string;
  readonly type: string;
  readonly value: string;
  readonly note: string;
  readonly isin: string;
  readonly shares: string;
  readonly fees: string;
  readonly taxes: string;
}

const languages: readonly MovementTitles[] = [
  {
    date: 'Datum',
    type: 'Transactietype',
    value: 'Waarde (netto)',
    note: 'Opmerking',
    isin: 'ISIN',
    shares: 'Aantal',
    fees: 'Kosten',
    taxes: 'Belasting',
  },
  {
    date: 'Datum',
    type: 'Typ',
    value: 'Wert',
    note: 'Notiz',
    isin: 'ISIN',
    shares: 'Stück',
    fees: 'Gebühren',
    taxes: 'Steuern',
  },
  {
    date: 'Date',
    type: 'Type',
    value: 'Value',
    note: 'Note',
    isin: 'ISIN',
    shares: 'Shares',
    fees: 'Fees',
    taxes: 'Taxes',
  },
];

/** A table of movements and the language of its titles. */
export interface Movements {
  readonly table: CsvTable;
  readonly titles: MovementTitles;
}

/** The list of movements in any of its languages; undefined where the text is none. */
export function movementHeaderOf(text: string): Movements | undefined {
  for (const titles of languages) {
    const table = readCsv(text, { delimiter: ';', headerHas: Object.values(titles) });
    if (table) return { table, titles };
  }
  return undefined;
}

type Meaning = 'buy' | 'sell' | 'dividend' | 'interest' | 'cash' | 'fee' | 'tax';

const meanings: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['aankoop', 'buy'],
  ['kauf', 'buy'],
  ['buy', 'buy'],
  ['verkoop', 'sell'],
  ['verkauf', 'sell'],
  ['sell', 'sell'],
  ['dividend', 'dividend'],
  ['dividende', 'dividend'],
  ['rente', 'interest'],
  ['zinsen', 'interest'],
  ['interest', 'interest'],
  ['storting', 'cash'],
  ['einlage', 'cash'],
  ['deposit', 'cash'],
  ['onttrekking', 'cash'],
  ['opname', 'cash'],
  ['entnahme', 'cash'],
  ['removal', 'cash'],
  ['gebühren', 'fee'],
  ['gebührenerstattung', 'fee'],
  ['fees', 'fee'],
  ['fees refund', 'fee'],
  ['steuern', 'tax'],
  ['steuerrückerstattung', 'tax'],
  ['taxes', 'tax'],
  ['tax refund', 'tax'],
]);

/** Reads the list of movements: values are net, in euros, negative where cash went out. */
export function readMovements({ table, titles }: Movements): ParsedFile {
  const { rows, refused } = rowsOf(table, { decimal: '.', days: 'ymd' });
  const reading = new Reading(refused);
  const figureColumns = [titles.value, titles.shares, titles.fees, titles.taxes];
  const someCommas = rows.some((row) => figureColumns.some((one) => row.text(one).includes(',')));
  for (const row of rows) {
    const unclear = someCommas ? unclearFigure(row, figureColumns) : undefined;
    reading.settle([row.line], unclear ?? readMovement(row, titles));
  }
  return reading.finish({ currency: 'EUR' });
}

const groupsOfThree = /^[-+]?[1-9]\d{0,2}(?:\.\d{3})+$/;

/** Where some rows have decimal commas, `1.234` in a row without one may be 1234 or 1 and a bit. */
function unclearFigure(row: Row, columns: readonly string[]) {
  if (columns.some((column) => row.text(column).includes(','))) return undefined;
  const column = columns.find((one) => groupsOfThree.test(row.text(one)));
  if (column === undefined) return undefined;
  return row.refuseCell(column, {
    code: 'import.ambiguous-number',
    reason: `"${row.text(column)}" may have a decimal point or group thousands: other rows of the file have decimal commas.`,
    fix: 'Write it with two decimals more, such as 1.23400 or 1234.00.',
  });
}

function readMovement(row: Row, titles: MovementTitles): Read<Outcome> {
  const meaning = meanings.get(row.text(titles.type).toLowerCase());
  if (!meaning) return row.unknown(titles.type);
  const read = all({ when: row.when(titles.date), figures: figuresOf(row, titles) });
  if (!read.ok) return read;
  const { when, figures } = read.value;
  const head = { ...whenFields(when), currency: 'EUR' };
  const instrument = instrumentOf(row.text(titles.isin), row.text(titles.note));
  const made =
    meaning === 'buy' || meaning === 'sell'
      ? trade(row, titles, { head, figures, instrument, type: meaning })
      : ok(cashMovement(meaning, { head, figures, instrument }));
  return made.ok ? ok({ row: { line: row.line, transaction: made.value } }) : made;
}

interface Figures {
  readonly value: Decimal;
  readonly shares: Decimal;
  /** Positive is paid. */
  readonly fee: Decimal;
  readonly tax: Decimal;
}

interface Facts {
  readonly head: {
    readonly effectiveAt: string;
    readonly time?: string;
    readonly currency: string;
  };
  readonly figures: Figures;
  readonly instrument: InstrumentHint | undefined;
}

function figuresOf(row: Row, titles: MovementTitles): Read<Figures> {
  const columns = [titles.value, titles.shares, titles.fees, titles.taxes];
  const decimal = columns.some((column) => row.text(column).includes(',')) ? ',' : '.';
  const read = (column: string) => figure(row, column, decimal);
  const figures = all({
    value: read(titles.value),
    shares: read(titles.shares),
    fee: read(titles.fees),
    tax: read(titles.taxes),
  });
  if (!figures.ok) return figures;
  const { value, shares, fee, tax } = figures.value;
  if (value !== 0n) return ok({ value, shares: absolute(shares), fee: -fee, tax: -tax });
  return row.refuseCell(titles.value, {
    code: 'import.zero',
    reason: 'The movement has no value.',
    fix: 'Correct the value, or leave the row out.',
  });
}

/** The list is written with decimal points or, in some languages, commas: a row holds one of them. */
function figure(row: Row, column: string, decimal: '.' | ','): Read<Decimal> {
  const text = row.text(column);
  if (text === '') return ok(0n);
  const number: Result<Decimal> = readNumber(text, { decimal });
  if (number.ok) return number;
  return row.refuseCell(column, {
    code: 'import.not-a-number',
    reason: `${number.fault.detail.replace(/\.$/, '')}.`,
    fix: 'Correct the number.',
  });
}

/** The value is net: what was paid with the fee in it, or received without it. */
function trade(
  row: Row,
  titles: MovementTitles,
  facts: Facts & { readonly type: 'buy' | 'sell' },
): Read<ImportedTransaction> {
  const { head, figures, instrument, type } = facts;
  const charges = figures.fee + figures.tax;
  const amount = type === 'buy' ? -figures.value - charges : figures.value + charges;
  if (!instrument) {
    const missing = row.required(titles.isin);
    if (!missing.ok) return missing;
  }
  if (figures.shares === 0n || amount < 0n || !instrument) {
    const column = figures.shares === 0n ? titles.shares : titles.value;
    return row.refuseCell(column, {
      code: 'import.wrong-sign',
      reason: `A row of type ${row.text(titles.type)} with ${row.text(titles.shares) || 'no'} shares and a value of ${row.text(titles.value)} makes no sense.`,
      fix: 'Correct the shares or the sign of the value: negative where cash was paid.',
    });
  }
  return ok({
    ...head,
    type,
    instrument: { ...instrument, currency: head.currency },
    quantity: figures.shares,
    amount,
    fee: figures.fee,
    tax: figures.tax,
  });
}

function cashMovement(
  meaning: Exclude<Meaning, 'buy' | 'sell'>,
  { head, figures, instrument }: Facts,
): ImportedTransaction {
  const { value, fee, tax } = figures;
  if (meaning === 'cash') {
    return { ...head, type: value > 0n ? 'deposit' : 'withdrawal', amount: absolute(value) };
  }
  if (meaning === 'fee' || meaning === 'tax') {
    return { ...head, type: meaning, instrument, amount: -value };
  }
  if (meaning === 'interest' && value < 0n && fee === 0n && tax === 0n) {
    return { ...head, type: 'margin-interest', instrument: undefined, amount: -value };
  }
  return {
    ...head,
    type: meaning,
    instrument: meaning === 'dividend' ? instrument : undefined,
    amount: value + fee + tax,
    fee,
    tax,
  };
}
