import type { Currency } from '@plimsoll/domain';
import { type Decimal, ok } from '@plimsoll/kernel';
import type { InstrumentHint } from '@plimsoll/ports';
import { all, type Read, type Row, type When } from '../../importer-kit/index.ts';

/** One row of the file, read but not yet understood. */
export interface SwissquoteRow {
  readonly row: Row;
  readonly line: number;
  readonly when: When;
  readonly order: string;
  /** What it is, in lower case. */
  readonly kind: string;
  readonly costs: Decimal;
  readonly accrued: Decimal;
  /** What moved: negative is paid. */
  readonly net: Decimal;
  readonly balance: Decimal | undefined;
  readonly currency: Currency;
}

export function swissquoteRow(row: Row): Read<SwissquoteRow> {
  const read = all({
    when: row.when('Date'),
    kind: row.required('Transaction'),
    costs: row.decimalOrZero('Costs'),
    accrued: row.decimalOrZero('Accrued Interest'),
    net: row.decimal('Net Amount'),
    balance: row.optionalDecimal('Balance'),
    currency: row.currency('Currency'),
  });
  if (!read.ok) return read;
  return ok({
    row,
    line: row.line,
    order: row.text('Order #'),
    ...read.value,
    kind: read.value.kind.toLowerCase(),
  });
}

/** The instrument of a row; undefined where it names none. */
export function instrumentOf(
  { row }: SwissquoteRow,
  currency?: Currency,
): InstrumentHint | undefined {
  const isin = row.text('ISIN');
  const symbol = row.text('Symbol');
  const name = row.text('Name');
  if (isin === '' && symbol === '') return undefined;
  return {
    ...(isin === '' ? {} : { isin }),
    ...(symbol === '' ? {} : { symbol }),
    ...(name === '' ? {} : { name }),
    ...(currency === undefined ? {} : { currency }),
  };
}

/** The instrument of a row that must name one. */
export function requiredInstrument(of: SwissquoteRow, currency?: Currency): Read<InstrumentHint> {
  const instrument = instrumentOf(of, currency);
  if (instrument) return ok(instrument);
  const missing = of.row.required('ISIN');
  return missing.ok ? of.row.unknown('Transaction') : missing;
}
