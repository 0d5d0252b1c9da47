import type { Currency } from '@plimsoll/domain';
import {
  absolute,
  atPrice,
  type Decimal,
  divide,
  multiply,
  one,
  type Price,
  pricePer,
  roundTo,
  zero,
} from '@plimsoll/kernel';
import type { ImportedTransaction, InstrumentHint } from '@plimsoll/ports';
import { categoryOf, instrumentOf } from './ibkr-instrument.ts';
import type { IbkrReading } from './ibkr-reading.ts';

/** What is settled by daily margin payments, so that the price paid is no movement of cash. */
const marginCategories = new Set(['FUT', 'FOP', 'FSFOP', 'FSOPT', 'CFD', 'FXCFD']);

/** Fees and taxes of a trade; the report states what is paid as a negative number. */
export function chargesOf(reading: IbkrReading, currency: Currency) {
  const commission = reading.decimal('ibCommission') ?? zero;
  const stated = reading.text('ibCommissionCurrency');
  const fee = stated === '' || stated === reading.text('currency') ? scaled(reading) : -commission;
  const feeCurrency = stated === '' ? currency : reading.currencyIn('ibCommissionCurrency');
  return {
    fee,
    tax: -(reading.money('taxes') ?? zero),
    ...(feeCurrency !== currency && commission !== zero ? { feeCurrency } : {}),
  };
}

const scaled = (reading: IbkrReading): Decimal => -(reading.money('ibCommission') ?? zero);

/** Whether cash goes out. The word wins over the sign: some reports leave quantities unsigned. */
export function isBuy(reading: IbkrReading): boolean {
  const word = reading.text('buySell').toUpperCase();
  if (word.startsWith('BUY')) return true;
  if (word.startsWith('SELL')) return false;
  return (reading.decimal('quantity') ?? zero) > zero;
}

/** The trade's worth before charges: as stated, else by price, else from what was paid in all. */
function grossOf(reading: IbkrReading, quantity: Decimal, charges: Decimal): Decimal {
  const stated = reading.money('tradeMoney') ?? reading.money('proceeds');
  if (stated !== undefined) return absolute(stated);
  const price = reading.price('tradePrice');
  const multiplier = reading.decimal('multiplier') ?? one;
  if (price !== undefined && !isBond(reading)) {
    return multiply(atPrice(quantity, price), multiplier === zero ? one : multiplier);
  }
  const net = reading.money('netCash') ?? reading.money('cost');
  const gross = absolute(reading.required('tradeMoney', net));
  return isBuy(reading) ? gross - charges : gross + charges;
}

const isBond = (reading: IbkrReading): boolean => ['BOND', 'BILL'].includes(categoryOf(reading));

/** Bond interest beside the price, where the cash of the trade is seen to contain it. */
function accruedOf(reading: IbkrReading): Decimal | undefined {
  const accrued = reading.money('accruedInt');
  const net = reading.money('netCash');
  const proceeds = reading.money('proceeds');
  if (!accrued || net === undefined || proceeds === undefined) return undefined;
  const rest =
    net - proceeds - (reading.money('ibCommission') ?? zero) - (reading.money('taxes') ?? zero);
  return rest !== zero && absolute(rest) === absolute(accrued) ? absolute(accrued) : undefined;
}

/** Bonds are quoted in per cent of the face that quantities count, so their price is worked out. */
function priceOf(reading: IbkrReading, amount: Decimal, quantity: Decimal): Price | undefined {
  if (!isBond(reading)) return reading.price('tradePrice');
  return quantity === zero ? undefined : pricePer(amount, quantity);
}

function tradeType(reading: IbkrReading): 'buy' | 'sell' | 'short' | 'cover' {
  const marks = [...reading.text('openCloseIndicator').split(';'), ...reading.codes];
  const opens = marks.includes('O');
  const closes = marks.includes('C');
  if (isBuy(reading)) return closes && !opens ? 'cover' : 'buy';
  return opens && !closes ? 'short' : 'sell';
}

function refuseMargin(reading: IbkrReading): void {
  if (!marginCategories.has(categoryOf(reading))) return;
  reading.refuse({
    field: 'assetCategory',
    code: 'import.margin-product',
    reason: 'Futures and contracts for difference are settled by daily margin, which is not kept.',
    fix: 'Leave this row out with "accept valid", and record its gains and losses as other income or fees.',
  });
}

/** When a trade was done. */
export function tradeMoment(reading: IbkrReading) {
  const moment = reading.moment('dateTime', 'tradeDate', 'reportDate');
  const clock = /^(\d\d):?(\d\d):?(\d\d)$/.exec(reading.text('tradeTime'));
  if (moment.time !== undefined || !clock) return moment;
  return { ...moment, time: `${clock[1]}:${clock[2]}:${clock[3]}` };
}

/** A contract's multiplier, worked out from what was paid where the report has no column for it. */
function withMultiplier(
  hint: InstrumentHint,
  amount: Decimal,
  quantity: Decimal,
  price: Price | undefined,
): InstrumentHint {
  const plain = price === undefined ? zero : atPrice(quantity, price);
  if (hint.kind !== 'option' || hint.multiplier !== undefined || plain === zero) return hint;
  const multiplier = roundTo(divide(amount, plain), 0);
  return multiplier > one ? { ...hint, multiplier } : hint;
}

/** A purchase or sale of an instrument. */
export function readIbkrTrade(reading: IbkrReading): ImportedTransaction {
  refuseMargin(reading);
  const { day, time } = tradeMoment(reading);
  const currency = reading.currencyIn('currency');
  const quantity = absolute(reading.required('quantity', reading.decimal('quantity')));
  const charges = chargesOf(reading, currency);
  const sameCurrencyFee = charges.feeCurrency === undefined ? charges.fee : zero;
  const amount = grossOf(reading, quantity, sameCurrencyFee + charges.tax);
  const accrued = accruedOf(reading);
  const price = priceOf(reading, amount, quantity);
  if (quantity === zero) {
    reading.refuse({
      field: 'quantity',
      code: 'import.zero',
      reason: 'The row trades no units.',
      fix: 'Leave the row out.',
    });
  }
  return {
    type: tradeType(reading),
    effectiveAt: day,
    ...(time === undefined ? {} : { time }),
    instrument: withMultiplier(instrumentOf(reading), amount, quantity, price),
    quantity,
    ...(price === undefined ? {} : { price }),
    amount,
    currency,
    ...charges,
    ...(accrued === undefined ? {} : { accrued }),
  };
}
