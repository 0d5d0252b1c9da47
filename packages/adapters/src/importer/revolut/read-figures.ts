import { absolute, atPrice, type Decimal, ok, type Price, type Result } from '@plimsoll/kernel';
import {
  inPounds,
  priceInPounds,
  type Read,
  type Row,
  readNumber,
  readPrice,
} from '../../importer-kit/index.ts';

/** Statements made on a phone with decimal commas have them in quantities, and at times in amounts. */
const styles = [{ decimal: '.' }, { decimal: ',' }] as const;

const notANumber = (row: Row, column: string) =>
  row.refuseCell(column, {
    code: 'import.not-a-number',
    reason: `"${row.text(column).slice(0, 80)}" is not a number.`,
    fix: 'Export the statement again, or correct the number.',
  });

/** `-$30.93`, `USD 2,000.05`, `€26,09`: with a point unless that is no number. */
export function readMoney(row: Row, column: string): Read<Decimal> {
  const given = row.required(column);
  if (!given.ok) return given;
  for (const style of styles) {
    const read = readNumber(given.value, style);
    if (read.ok) return ok(inPounds(read.value, row.text('Currency')));
  }
  return notANumber(row, column);
}

/** The price, where the row has one. */
export function readSharePrice(row: Row): Read<Price | undefined> {
  const column = 'Price per share';
  if (!row.has(column)) return ok(undefined);
  for (const style of styles) {
    const read = readPrice(row.text(column), style);
    if (read.ok) return ok(priceInPounds(read.value, row.text('Currency')));
  }
  return notANumber(row, column);
}

/**
 * `1.5` or `1,5`. A quantity such as `1,234` can be read two ways; the one whose worth at the price
 * is near the total is meant, and without a price it is refused.
 */
export function readQuantity(
  row: Row,
  worth?: { readonly price: Price | undefined; readonly total: Decimal },
): Read<Decimal> {
  const given = row.required('Quantity');
  if (!given.ok) return given;
  const readings = styles
    .map((style): Result<Decimal> => readNumber(given.value, style))
    .flatMap((read) => (read.ok ? [read.value] : []));
  const [first, second] = readings;
  if (first === undefined) return notANumber(row, 'Quantity');
  if (second === undefined || first === second) return ok(first);
  const { price, total } = worth ?? {};
  const fits = (quantity: Decimal) =>
    price !== undefined &&
    total !== undefined &&
    absolute(absolute(atPrice(quantity, price)) - absolute(total)) * 2n <= absolute(total);
  const fitting = [first, second].filter(fits);
  if (fitting.length === 1 && fitting[0] !== undefined) return ok(fitting[0]);
  return row.refuseCell('Quantity', {
    code: 'import.ambiguous-number',
    reason: `"${given.value}" may have a decimal mark or group thousands.`,
    fix: 'Write it with more decimals, such as 1.23400 or 1234.00.',
  });
}
