import type { Currency } from '@plimsoll/domain';
import { type Decimal, ok, unitPrice } from '@plimsoll/kernel';
import type { InstrumentHint } from '@plimsoll/ports';
import {
  all,
  type DecimalMark,
  quotedIn,
  type Read,
  type Row,
  readEither,
  type When,
} from '../../importer-kit/index.ts';

/** One row of the file, read but not yet understood. */
export interface SaxoRow {
  readonly row: Row;
  readonly line: number;
  readonly when: When;
  /** In lower case. */
  readonly type: string;
  readonly event: string;
  /** In the account's currency; negative is paid. */
  readonly amount: Decimal;
  /** Of the instrument; of the account where nothing was converted. */
  readonly unit: Currency;
  readonly converted: boolean;
}

function amountOf(row: Row, mark: DecimalMark): Read<Decimal> {
  const amount = readEither(row.text('Amount'), mark);
  if (amount !== undefined) return ok(amount);
  const text = row.required('Amount');
  if (!text.ok) return text;
  return row.refuseCell('Amount', {
    code: 'import.not-a-number',
    reason: `Amount: "${text.value.slice(0, 80)}" is not a number.`,
    fix: 'Export the file again without opening it in a spreadsheet, or correct the number.',
  });
}

export function saxoRow(row: Row, mark: DecimalMark): Read<SaxoRow> {
  const read = all({
    when: row.when('Trade Date'),
    type: row.required('Type'),
    event: row.required('Event'),
    amount: amountOf(row, mark),
    unit: row.currency('Instrument currency'),
    rate: row.price('Conversion Rate'),
  });
  if (!read.ok) return read;
  const { rate, type, ...rest } = read.value;
  return ok({
    row,
    line: row.line,
    ...rest,
    type: type.toLowerCase(),
    converted: rate !== unitPrice,
  });
}

/** `VWRL:xams` is VWRL on the venue with the code XAMS; the unit is that of the row's price. */
export function instrumentOf({ row }: SaxoRow, unit?: string): InstrumentHint | undefined {
  const [symbol = '', venue = ''] = row.text('Instrument Symbol').split(':');
  const isin = row.text('Instrument ISIN');
  const name = row.text('Instrument');
  if (isin === '' && symbol === '') return undefined;
  return {
    ...(isin === '' ? {} : { isin }),
    ...(symbol === '' ? {} : { symbol }),
    ...(/^[a-z0-9]{4}$/i.test(venue) && symbol !== '' ? { mic: venue.toUpperCase() } : {}),
    ...(name === '' ? {} : { name }),
    ...(unit === undefined ? {} : quotedIn(unit)),
  };
}

/** The instrument of a row that must name one. */
export function requiredInstrument(of: SaxoRow, unit?: string): Read<InstrumentHint> {
  const instrument = instrumentOf(of, unit);
  if (instrument) return ok(instrument);
  const missing = of.row.required('Instrument ISIN');
  return missing.ok ? of.row.unknown('Event') : missing;
}
