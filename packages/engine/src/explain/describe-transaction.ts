import { type Instrument, instrumentLabel, type Transaction } from '@plimsoll/domain';
import { formatDecimal, formatPrice, type Price } from '@plimsoll/kernel';

/** The members that lists and sentences show, whatever the type. */
export interface CommonMembers {
  readonly instrumentId: string | null;
  readonly quantity: bigint | null;
  readonly price: Price | null;
  readonly amount: bigint | null;
  readonly fee: bigint | null;
  readonly tax: bigint | null;
  readonly currency: string | null;
}

/** What a list shows of a transaction: its members under common names. */
export function commonMembers(transaction: Transaction): CommonMembers {
  const t: Partial<Record<string, unknown>> = { ...transaction };
  const big = (value: unknown): bigint | null => (typeof value === 'bigint' ? value : null);
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  if (transaction.type === 'fx') {
    return {
      instrumentId: null,
      quantity: transaction.bought.amount,
      price: null,
      amount: transaction.sold.amount,
      fee: transaction.fee,
      tax: transaction.tax,
      currency: transaction.sold.currency,
    };
  }
  const isCash = text(t['instrumentId']) === null;
  return {
    instrumentId: text(t['instrumentId']),
    quantity: isCash ? null : big(t['quantity']),
    price: big(t['price']) as Price | null,
    amount: big(t['amount']) ?? big(t['cost']) ?? (isCash ? big(t['quantity']) : null),
    fee: big(t['fee']),
    tax: big(t['tax']),
    currency: text(t['currency']),
  };
}

/** `buy 10 AAPL at 150 USD, fee 1`: one line for lists of evidence. */
export function describeTransaction(
  transaction: Transaction,
  instruments: ReadonlyMap<string, Instrument>,
): string {
  const { instrumentId, quantity, price, amount, fee, tax, currency } = commonMembers(transaction);
  const instrument = instrumentId === null ? undefined : instruments.get(instrumentId);
  if (transaction.type === 'fx') {
    const { sold, bought } = transaction;
    return `fx ${formatDecimal(sold.amount)} ${sold.currency} into ${formatDecimal(bought.amount)} ${bought.currency}`;
  }
  const parts: string[] = [transaction.type];
  if (quantity !== null) parts.push(formatDecimal(quantity));
  if (instrument) parts.push(instrumentLabel(instrument));
  if (price !== null) parts.push(`at ${formatPrice(price)}`);
  else if (amount !== null)
    parts.push(quantity === null ? formatDecimal(amount) : `for ${formatDecimal(amount)}`);
  if (currency !== null && currency !== '') parts.push(currency);
  const charges = [
    fee !== null && fee !== 0n ? `fee ${formatDecimal(fee)}` : '',
    tax !== null && tax !== 0n ? `tax ${formatDecimal(tax)}` : '',
  ].filter((charge) => charge !== '');
  return [parts.join(' '), ...charges].join(', ');
}
