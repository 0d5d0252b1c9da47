import { zero } from '@plimsoll/kernel';
import type { ImportedTransaction } from '@plimsoll/ports';
import type { IbkrBook } from './ibkr-book.ts';
import { instrumentOf } from './ibkr-instrument.ts';
import { IbkrReading } from './ibkr-reading.ts';
import type { IbkrField, IbkrKind, IbkrRecord } from './ibkr-record.ts';
import { takeIbkrActions } from './take-ibkr-actions.ts';
import { takeIbkrCash } from './take-ibkr-cash.ts';
import { takeIbkrTrades } from './take-ibkr-trades.ts';
import { takeIbkrTransfers } from './take-ibkr-transfers.ts';

/** A tax that is reported in a section of its own; what is paid is negative. */
function readTax(
  reading: IbkrReading,
  amountIn: IbkrField,
  textIn: IbkrField,
): ImportedTransaction {
  const { day, time } = reading.moment('dateTime', 'date', 'reportDate');
  const amount = -reading.required(amountIn, reading.money(amountIn));
  const note = reading.text(textIn);
  const isAbout = reading.has('symbol') || reading.has('isin');
  return {
    type: 'tax',
    effectiveAt: day,
    ...(time === undefined ? {} : { time }),
    ...(note === '' ? {} : { note }),
    amount,
    currency: reading.currencyIn('currency'),
    instrument: isAbout ? instrumentOf(reading) : undefined,
  };
}

/** Books a tax, unless it is one of nothing. */
function takeTax(
  reading: IbkrReading,
  amountIn: 'taxAmount' | 'salesTax',
  textIn: IbkrField,
  book: IbkrBook,
): void {
  if (reading.money(amountIn) === zero) book.ignore(reading.record.line, 'The row moves no money.');
  else book.take([reading], readTax(reading, amountIn, textIn));
}

/** Trades whose own taxes were booked with them, by trade id. */
const taxedTrades = (trades: readonly IbkrReading[]): ReadonlySet<string> =>
  new Set(
    trades
      .filter((trade) => (trade.money('taxes') ?? zero) !== zero)
      .map((trade) => trade.text('tradeID')),
  );

function takeTransactionTaxes(
  readings: readonly IbkrReading[],
  trades: readonly IbkrReading[],
  book: IbkrBook,
): void {
  const taxed = taxedTrades(trades);
  for (const reading of readings) {
    const trade = reading.text('tradeId') || reading.text('tradeID');
    if (trade !== '' && taxed.has(trade)) {
      book.ignore(reading.record.line, 'The tax is already beside its trade.');
    } else {
      takeTax(reading, 'taxAmount', 'taxDescription', book);
    }
  }
}

/** Books records of any of the broker's reports. */
export function parseIbkrRecords(records: readonly IbkrRecord[], book: IbkrBook): void {
  const of = (kind: IbkrKind): readonly IbkrReading[] =>
    records.filter((record) => record.kind === kind).map((record) => new IbkrReading(record));
  const trades = of('trade');
  takeIbkrActions(of('corporate-action'), book);
  takeIbkrTransfers(of('transfer'), book);
  takeIbkrCash(of('cash'), book);
  takeIbkrTrades(trades, book);
  takeTransactionTaxes(of('transaction-tax'), trades, book);
  for (const reading of of('sales-tax')) takeTax(reading, 'salesTax', 'description', book);
}
