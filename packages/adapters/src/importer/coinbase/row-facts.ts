import { absolute, type Decimal, ok, type Price } from '@plimsoll/kernel';
import { all, type Read, type Row, type When } from '../../importer-kit/index.ts';

/** What every row of the report states, whatever its type. */
export interface RowFacts {
  readonly when: When;
  readonly asset: string;
  /** Always positive. */
  readonly quantity: Decimal;
  readonly currency: string;
  readonly price: Price | undefined;
  /** Worth of the units before fees; positive. */
  readonly subtotal: Decimal;
  /** What was paid or received; positive. */
  readonly total: Decimal;
  readonly fee: Decimal;
}

const column = (row: Row, names: readonly [string, string]): string =>
  row.has(names[0]) ? names[0] : names[1];

/** Reads the row's figures, under the titles of either layout. */
export function rowFacts(row: Row): Read<RowFacts> {
  const priceColumn = column(row, ['Price at Transaction', 'Spot Price at Transaction']);
  const currencyColumn = column(row, ['Price Currency', 'Spot Price Currency']);
  const read = all({
    when: row.when('Timestamp'),
    asset: row.required('Asset'),
    quantity: row.decimal('Quantity Transacted'),
    currency: row.required(currencyColumn),
    price: row.optionalPrice(priceColumn),
    subtotal: row.decimal('Subtotal'),
    total: row.decimal('Total (inclusive of fees and/or spread)'),
    fee: row.decimalOrZero('Fees and/or Spread'),
  });
  if (!read.ok) return read;
  const { quantity, subtotal, total, price } = read.value;
  return ok({
    ...read.value,
    price: price === undefined ? undefined : (absolute(price) as Price),
    quantity: absolute(quantity),
    subtotal: absolute(subtotal),
    total: absolute(total),
  });
}
