import { type Day, type Decimal, ok, type Result } from '@plimsoll/kernel';
import type { InstrumentHint } from '@plimsoll/ports';
import { all, type Read, type Row, readDay, type When } from '../../importer-kit/index.ts';
import { optionHint } from './option-symbol.ts';

/** Everything at Schwab is in US dollars. */
export const currency = 'USD';

/** One row of the file, read but not yet understood. */
export interface SchwabRow {
  readonly row: Row;
  readonly line: number;
  readonly action: string;
  /** The day it was booked. */
  readonly posted: Day;
  /** The day it counts from, which is earlier where the file says `as of`. */
  readonly asOf: Day;
  readonly symbol: string;
  readonly description: string;
  readonly quantity: Decimal | undefined;
  readonly fee: Decimal;
  /** Net of fees; negative is paid. */
  readonly amount: Decimal | undefined;
}

const asOfDay = /^(\S+) as of (\S+)$/i;

function readDays(text: string): Result<{ readonly posted: When; readonly asOf: When }> {
  const match = asOfDay.exec(text);
  const posted = readDay(match?.[1] ?? text, 'mdy');
  if (!posted.ok) return posted;
  const asOf = match?.[2] === undefined ? posted : readDay(match[2], 'mdy');
  return asOf.ok ? ok({ posted: posted.value, asOf: asOf.value }) : asOf;
}

/** Reads a row's fields; action words lose case and doubled spaces. */
export function schwabRow(row: Row): Read<SchwabRow> {
  const days = readDays(row.text('Date'));
  if (!days.ok) {
    return row.refuseCell('Date', {
      code: 'import.not-a-day',
      reason: `Date: ${days.fault.detail}.`,
      fix: 'Export the file again without opening it in a spreadsheet, which may rewrite dates.',
    });
  }
  const read = all({
    action: row.required('Action'),
    quantity: row.optionalDecimal('Quantity'),
    fee: row.decimalOrZero('Fees & Comm'),
    amount: row.optionalDecimal('Amount'),
  });
  if (!read.ok) return read;
  return ok({
    row,
    line: row.line,
    ...read.value,
    action: read.value.action.toLowerCase().replace(/\s+/g, ' '),
    posted: days.value.posted.day,
    asOf: days.value.asOf.day,
    symbol: row.text('Symbol'),
    description: row.text('Description'),
  });
}

/** Whether a symbol is a CUSIP: what Schwab writes for what no longer trades, and for bonds. */
export const isCusip = (symbol: string): boolean =>
  /^[0-9A-Z]{8}\d$/.test(symbol) && (symbol.match(/\d/g)?.length ?? 0) >= 4;

/** A description without what Schwab adds to it of a corporate action: `BIOSOLAR INC XXXNAME CHANGE EFF: …`. */
export const plainName = (description: string): string =>
  description.replace(/\s*X{3}(?=[A-Z]).*$/, '').trim();

/** The instrument of a row; undefined where it has neither symbol nor a name to go by. */
export function instrumentOf(of: SchwabRow): InstrumentHint | undefined {
  if (of.symbol === '') return undefined;
  const option = optionHint(of.symbol, of.description);
  if (option) return option;
  const name = plainName(of.description);
  return {
    ...(isCusip(of.symbol) ? { cusip: of.symbol } : { symbol: of.symbol }),
    ...(name === '' ? {} : { name }),
    currency,
  };
}

/** The instrument of a row that must have one. */
export function requiredInstrument(of: SchwabRow): Read<InstrumentHint> {
  const instrument = instrumentOf(of);
  if (instrument) return ok(instrument);
  const missing = of.row.required('Symbol');
  return missing.ok ? of.row.unknown('Symbol') : missing;
}

/** The amount of a row that must have one. */
export function requiredAmount(of: SchwabRow): Read<Decimal> {
  return of.amount === undefined ? of.row.decimal('Amount') : ok(of.amount);
}

/** The units of a row that must have some, without their sign. */
export function requiredUnits(of: SchwabRow): Read<Decimal> {
  if (of.quantity === undefined || of.quantity === 0n) return of.row.positive('Quantity');
  return ok(of.quantity < 0n ? -of.quantity : of.quantity);
}
