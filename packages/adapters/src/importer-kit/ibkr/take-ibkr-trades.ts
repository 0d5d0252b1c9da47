import { absolute, multiply, one, type Price, parsePrice, zero } from '@plimsoll/kernel';
import type { ImportedTransaction } from '@plimsoll/ports';
import type { IbkrBook } from './ibkr-book.ts';
import { categoryOf, instrumentOf } from './ibkr-instrument.ts';
import type { IbkrReading } from './ibkr-reading.ts';
import { push } from './multimap.ts';
import { isConversion, readIbkrConversion } from './read-ibkr-conversion.ts';
import { chargesOf, readIbkrTrade, tradeMoment } from './read-ibkr-trade.ts';

const isCancellation = (reading: IbkrReading): boolean =>
  /cancel/i.test(reading.text('transactionType')) ||
  /\(ca\.?\)/i.test(reading.text('buySell')) ||
  reading.codes.includes('Ca');

/** What two rows must share for one to cancel the other. */
const cancelKey = (reading: IbkrReading, quantity: bigint): string =>
  [
    reading.record.accountId,
    reading.text('symbol'),
    reading.text('currency'),
    tradeMoment(reading).day,
    reading.price('tradePrice'),
    quantity,
  ].join('|');

/** Strikes out cancellations with the trades they cancel; answers what is left. */
function withoutCancelled(
  readings: readonly IbkrReading[],
  book: IbkrBook,
): readonly IbkrReading[] {
  const cancellations = readings.filter(isCancellation);
  if (cancellations.length === 0) return readings;
  const originals = new Map<string, IbkrReading[]>();
  for (const reading of readings.filter((candidate) => !isCancellation(candidate))) {
    const key = cancelKey(reading, reading.decimal('quantity') ?? zero);
    push(originals, key, reading);
  }
  const gone = new Set<IbkrReading>(cancellations);
  for (const cancellation of cancellations) {
    const key = cancelKey(cancellation, -(cancellation.decimal('quantity') ?? zero));
    const original = originals.get(key)?.shift();
    if (original) {
      gone.add(original);
      book.ignore(original.record.line, `Cancelled on line ${cancellation.record.line}.`);
      book.ignore(cancellation.record.line, `Cancels line ${original.record.line}.`);
    } else {
      cancellation.refuse({
        field: 'origTradeID',
        code: 'import.cancels-unknown',
        reason: 'The row cancels a trade that is not in this file.',
        fix: 'Export a period that has the trade as well, or undo the trade by hand.',
      });
      book.refuse([cancellation]);
    }
  }
  return readings.filter((reading) => !gone.has(reading));
}

const eventTypes = {
  Ex: 'option-exercise',
  MEx: 'option-exercise',
  AEx: 'option-exercise',
  A: 'option-assignment',
  Ep: 'option-expiry',
} as const;

type EventType = (typeof eventTypes)[keyof typeof eventTypes];

/** What made an option leave without being sold; undefined for a sale or a cash settlement. */
function eventOf(reading: IbkrReading): EventType | undefined {
  if (categoryOf(reading) !== 'OPT') return undefined;
  const paid = reading.money('proceeds') ?? reading.money('tradeMoney') ?? zero;
  if (paid !== zero) return undefined;
  const code = reading.codes.find((candidate) => candidate in eventTypes);
  return code === undefined ? undefined : eventTypes[code as keyof typeof eventTypes];
}

/** The account, underlying, price and units that an exercise or assignment delivers. */
function deliveryKey(reading: IbkrReading): string {
  const strike = parsePrice(reading.text('strike'));
  const contracts = absolute(reading.decimal('quantity') ?? zero);
  const units = multiply(contracts, reading.decimal('multiplier') ?? one);
  return deliveredKey(
    reading,
    reading.text('underlyingSymbol'),
    strike.ok ? strike.value : undefined,
    units,
  );
}

const deliveredKey = (
  reading: IbkrReading,
  symbol: string,
  price: Price | undefined,
  units: bigint,
): string => [reading.record.accountId, symbol, tradeMoment(reading).day, price, units].join('|');

const isDelivery = (reading: IbkrReading): boolean =>
  categoryOf(reading) !== 'OPT' &&
  reading.codes.some((code) => ['Ex', 'MEx', 'AEx', 'A'].includes(code));

/** The option and the delivery of its underlying, which the ledger books from the terms. */
function optionEvent(
  type: EventType,
  reading: IbkrReading,
  delivery: IbkrReading | undefined,
): ImportedTransaction {
  const { day, time } = tradeMoment(reading);
  const currency = reading.currencyIn('currency');
  const charges = chargesOf(reading, currency);
  const more = delivery ? chargesOf(delivery, currency) : { fee: zero, tax: zero };
  return {
    type,
    effectiveAt: day,
    ...(time === undefined ? {} : { time }),
    instrument: instrumentOf(reading),
    quantity: absolute(reading.required('quantity', reading.decimal('quantity'))),
    currency,
    fee: charges.fee + more.fee,
    tax: charges.tax + more.tax,
  };
}

/**
 * An option that leaves is joined with the delivery of its underlying. Where the delivery is not
 * found as stated, the two are booked as plain trades, so that units and cash are right.
 */
function takeOptionEvents(
  readings: readonly IbkrReading[],
  book: IbkrBook,
): readonly IbkrReading[] {
  const deliveries = new Map<string, IbkrReading[]>();
  for (const reading of readings.filter(isDelivery)) {
    const units = absolute(reading.decimal('quantity') ?? zero);
    const key = deliveredKey(reading, reading.text('symbol'), reading.price('tradePrice'), units);
    push(deliveries, key, reading);
  }
  const done = new Set<IbkrReading>();
  for (const reading of readings) {
    const type = eventOf(reading);
    if (type === undefined) continue;
    const delivery =
      type === 'option-expiry' ? undefined : deliveries.get(deliveryKey(reading))?.shift();
    if (type !== 'option-expiry' && !delivery) continue;
    const joined = delivery ? [delivery] : [];
    for (const one of [reading, ...joined]) done.add(one);
    book.take([reading, ...joined], optionEvent(type, reading, delivery));
  }
  return readings.filter((reading) => !done.has(reading));
}

/** Books all rows of the Trades section. */
export function takeIbkrTrades(readings: readonly IbkrReading[], book: IbkrBook): void {
  for (const reading of takeOptionEvents(withoutCancelled(readings, book), book)) {
    const read = isConversion(reading) ? readIbkrConversion : readIbkrTrade;
    book.take([reading], read(reading));
  }
}
