import { absolute, type Decimal, zero } from '@plimsoll/kernel';
import type { ImportedTransaction } from '@plimsoll/ports';
import type { IbkrBook } from './ibkr-book.ts';
import { categoryOf, instrumentOf } from './ibkr-instrument.ts';
import type { IbkrReading } from './ibkr-reading.ts';
import { push } from './multimap.ts';

const cashOf = (reading: IbkrReading): Decimal => reading.money('cashTransfer') ?? zero;

const isCash = (reading: IbkrReading): boolean =>
  cashOf(reading) !== zero || categoryOf(reading) === 'CASH';

function isOut(reading: IbkrReading): boolean {
  const direction = reading.text('direction').toUpperCase();
  if (direction === 'OUT' || direction === 'IN') return direction === 'OUT';
  const moved = isCash(reading) ? cashOf(reading) : (reading.decimal('quantity') ?? zero);
  return moved < zero;
}

const moved = (reading: IbkrReading): Decimal =>
  isCash(reading)
    ? absolute(cashOf(reading))
    : absolute(reading.required('quantity', reading.decimal('quantity')));

const counterparty = (reading: IbkrReading): string => reading.text('account');

function head(reading: IbkrReading) {
  const { day, time } = reading.moment('dateTime', 'date', 'reportDate');
  const words = [reading.text('type'), reading.text('company'), counterparty(reading)];
  return {
    effectiveAt: day,
    ...(time === undefined ? {} : { time }),
    note: words.filter((word) => word !== '').join(' '),
    currency: reading.currencyIn('currency'),
  };
}

/** Cash or units that come from or go to an account the file does not have. */
function external(reading: IbkrReading): ImportedTransaction {
  const quantity = moved(reading);
  if (quantity === zero) {
    reading.refuse({
      field: isCash(reading) ? 'cashTransfer' : 'quantity',
      code: 'import.zero',
      reason: 'The row transfers nothing.',
      fix: 'Leave the row out.',
    });
  }
  if (isCash(reading)) {
    return { type: isOut(reading) ? 'withdrawal' : 'deposit', ...head(reading), amount: quantity };
  }
  const worth = reading.money('positionAmount');
  return {
    type: isOut(reading) ? 'delivery-out' : 'delivery-in',
    ...head(reading),
    instrument: instrumentOf(reading),
    quantity,
    fee: zero,
    tax: zero,
    ...(worth === undefined || worth === zero ? {} : { amount: absolute(worth) }),
  };
}

/** From one account of the file to another. */
function internal(out: IbkrReading): ImportedTransaction {
  const common = { ...head(out), toAccount: counterparty(out), quantity: moved(out) };
  if (isCash(out)) return { type: 'transfer', ...common, instrument: undefined };
  const worth = out.money('positionAmount');
  return {
    type: 'transfer',
    ...common,
    instrument: instrumentOf(out),
    ...(worth === undefined || worth === zero ? {} : { worth: absolute(worth) }),
  };
}

/** What the two sides of one transfer have in common; accounts from giver to taker. */
function pairKey(reading: IbkrReading): string {
  const own = reading.record.accountId;
  const other = counterparty(reading);
  return [
    ...(isOut(reading) ? [own, other] : [other, own]),
    reading.text('symbol'),
    reading.text('isin'),
    reading.text('currency'),
    moved(reading),
    reading.moment('dateTime', 'date', 'reportDate').day,
  ].join('|');
}

/** Books transfers; the two rows of one between accounts of the file as one. */
export function takeIbkrTransfers(readings: readonly IbkrReading[], book: IbkrBook): void {
  const incoming = new Map<string, IbkrReading[]>();
  for (const reading of readings) if (!isOut(reading)) push(incoming, pairKey(reading), reading);
  const done = new Set<IbkrReading>();
  for (const out of readings.filter(isOut)) {
    const partner = out.refusal ? undefined : incoming.get(pairKey(out))?.shift();
    if (!partner || partner.refusal) continue;
    done.add(out).add(partner);
    book.take([out, partner], internal(out));
  }
  for (const reading of readings.filter((candidate) => !done.has(candidate))) {
    book.take([reading], external(reading));
  }
}
