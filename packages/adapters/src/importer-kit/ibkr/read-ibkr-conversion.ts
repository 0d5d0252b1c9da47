import { absolute, atPrice, type Decimal, zero } from '@plimsoll/kernel';
import type { ImportedTransaction } from '@plimsoll/ports';
import { wholeCurrency } from '../pence.ts';
import { categoryOf } from './ibkr-instrument.ts';
import type { IbkrReading } from './ibkr-reading.ts';
import { chargesOf, isBuy, tradeMoment } from './read-ibkr-trade.ts';

const pairShape = /^([A-Z]{3})[./]([A-Z]{3})$/;

/** Whether a trade is a conversion of cash: it says so, or it names no instrument at all. */
export function isConversion(reading: IbkrReading): boolean {
  const category = categoryOf(reading);
  if (category !== '') return category === 'CASH';
  return pairShape.test(reading.text('symbol')) || isUnnamed(reading);
}

const isUnnamed = (reading: IbkrReading): boolean =>
  ['symbol', 'isin', 'cusip', 'conid', 'securityID', 'description'].every(
    (field) => reading.text(field as 'symbol') === '',
  );

/** The currencies of a pair such as `EUR.USD`: what is traded, and what it is paid in. */
function pairOf(reading: IbkrReading): { readonly traded: string; readonly paid: string } {
  const paid = reading.currencyIn('currency');
  const pair = pairShape.exec(reading.text('symbol'));
  if (!pair) {
    reading.refuse({
      field: 'symbol',
      code: 'import.unknown-currency-pair',
      reason: `The row converts cash to or from ${paid}, but does not say which other currency.`,
      fix: 'Add Symbol (it reads like EUR.USD) to the Trades section of the Flex query and export again.',
    });
    return { traded: '', paid };
  }
  if (wholeCurrency(pair[2] ?? '') !== paid) {
    reading.refuse({
      field: 'symbol',
      code: 'import.currency-pair-disagrees',
      reason: `The pair is paid in ${pair[2]}, but the row is in ${paid}.`,
      fix: 'Correct the symbol or the currency.',
    });
  }
  return { traded: pair[1] ?? '', paid };
}

function paidAmount(reading: IbkrReading, quantity: Decimal): Decimal {
  const stated = reading.money('tradeMoney') ?? reading.money('proceeds');
  const price = reading.price('tradePrice');
  const worked = price === undefined ? undefined : atPrice(quantity, price);
  return absolute(reading.required('proceeds', stated ?? worked));
}

/** A conversion of cash from one currency to another. */
export function readIbkrConversion(reading: IbkrReading): ImportedTransaction {
  const { day, time } = tradeMoment(reading);
  const { traded, paid } = pairOf(reading);
  const quantity = absolute(reading.required('quantity', reading.decimal('quantity')));
  const { fee, tax, feeCurrency } = chargesOf(reading, paid);
  const one = { currency: traded, amount: quantity };
  const other = { currency: paid, amount: paidAmount(reading, quantity) };
  if (one.amount === zero || other.amount === zero) {
    reading.refuse({
      field: 'quantity',
      code: 'import.zero',
      reason: 'The row converts nothing.',
      fix: 'Leave the row out.',
    });
  }
  return {
    type: 'fx',
    effectiveAt: day,
    ...(time === undefined ? {} : { time }),
    sold: isBuy(reading) ? other : one,
    bought: isBuy(reading) ? one : other,
    currency: feeCurrency ?? paid,
    fee,
    tax,
    ...(tax === zero || feeCurrency === undefined ? {} : { taxCurrency: paid }),
  };
}
