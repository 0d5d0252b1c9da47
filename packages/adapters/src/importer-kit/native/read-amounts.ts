import type { Charges, LotChoice, Settlement } from '@plimsoll/domain';
import {
  absolute,
  atPrice,
  type Decimal,
  multiply,
  one,
  parseDecimal,
  zero,
} from '@plimsoll/kernel';
import type { NativeField } from './native-field.ts';
import type { NativeRow } from './native-row.ts';
import { withoutGaps } from './read-instrument.ts';

/** Fee and tax beside an amount: positive is paid, negative a rebate. */
export const readCharges = (row: NativeRow): Charges =>
  withoutGaps({
    fee: row.money('fee') ?? zero,
    tax: row.money('tax') ?? zero,
    feeCurrency: row.currencyIn('fee-currency'),
    taxCurrency: row.currencyIn('tax-currency'),
  });

/** Net cash in another currency; undefined where the row states none. */
export function readSettlement(row: NativeRow): Settlement | undefined {
  if (!row.has('settlement-amount') && !row.has('settlement-currency')) return undefined;
  const why = 'A settlement has an amount and a currency';
  const amount = row.required('settlement-amount', row.decimal('settlement-amount'), zero, why);
  const field: NativeField = 'settlement-currency';
  return {
    currency: row.required(field, row.currencyIn(field), '', why),
    amount: absolute(amount),
  };
}

/** Cash paid for a fraction, or along with an exchange, in its own or the row's currency. */
export function readCashPart(
  row: NativeRow,
  field: 'amount' | 'cash-in-lieu',
): { readonly amount: Decimal; readonly currency: string } | undefined {
  const amount = row.money(field);
  if (amount === undefined) return undefined;
  const own = field === 'amount' ? undefined : row.currencyIn('cash-in-lieu-currency');
  const positive = row.unsigned(field, amount, 'positive', 'The cash is received');
  return { amount: positive, currency: own ?? row.currency() };
}

/** `id:quantity; id:quantity`: which lots a closing takes, by the ids of their opening rows. */
export function readLots(row: NativeRow): readonly LotChoice[] | undefined {
  const text = row.text('lots');
  if (text === undefined) return undefined;
  const lots: LotChoice[] = [];
  for (const part of text.split(';')) {
    const at = part.lastIndexOf(':');
    const quantity = parseDecimal(part.slice(at + 1).trim());
    if (at > 0 && quantity.ok && quantity.value > 0n) {
      lots.push({ openedBy: unescapeId(part.slice(0, at).trim()), quantity: quantity.value });
    } else {
      row.refuse({
        field: 'lots',
        code: 'import.bad-lots',
        reason: `"${part.trim()}" is not a lot and its quantity.`,
        fix: 'Write the id of the opening row and the units taken, like buy-17:5; buy-18:2.5.',
      });
    }
  }
  return lots;
}

/** Lots as `readLots` reads them back. */
export const escapeId = (id: string): string =>
  id.replace(/[%:;\s]/g, (mark) => `%${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);

const unescapeId = (text: string): string =>
  text.replace(/%([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

/** The stated amount, else quantity × price × multiplier; undefined where the row has neither. */
export function statedAmount(row: NativeRow): Decimal | undefined {
  const amount = row.money('amount');
  if (amount !== undefined) return amount;
  const quantity = row.decimal('quantity');
  const price = row.price('price');
  if (quantity === undefined || price === undefined) return undefined;
  return multiply(atPrice(quantity, price), row.decimal('multiplier') ?? one);
}

/**
 * Cash that moved. Files that know no `amount` for it write `1` and a price, or the sum as the
 * quantity; where both ways are filled in they must say the same.
 */
export function cashAmount(row: NativeRow, why: string): Decimal {
  const amount = row.money('amount');
  const quantity = row.decimal('quantity');
  const product = quantity === undefined ? undefined : timesPrice(quantity, row);
  if (amount === undefined) return row.required('amount', product, zero, why);
  const agrees = product === undefined || absolute(product) === absolute(amount);
  if (!agrees && (row.has('price') || quantity !== one)) {
    row.refuse({
      field: 'amount',
      code: 'import.amounts-disagree',
      reason: `The amount ${row.word('amount')} and the quantity ${row.word('quantity')} do not agree.`,
      fix: 'Leave the quantity and price of a cash row empty.',
    });
  }
  return amount;
}

function timesPrice(quantity: Decimal, row: NativeRow): Decimal {
  const price = row.price('price');
  return price === undefined ? quantity : atPrice(quantity, price);
}
