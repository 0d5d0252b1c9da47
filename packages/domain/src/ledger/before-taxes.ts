import type { Delivery, Income, Redemption, Trade, Transaction } from './transaction.ts';

/**
 * The same ledger as if no tax had been paid or given back, for returns before tax. Fees stay.
 */
export function beforeTaxes(transactions: readonly Transaction[]): Transaction[] {
  return transactions
    .filter(({ type }) => type !== 'tax')
    .map((transaction) => {
      if (!('tax' in transaction) || transaction.tax === 0n) return transaction;
      if (!('settlement' in transaction) || !transaction.settlement)
        return { ...transaction, tax: 0n };
      return withoutSettledTax(transaction);
    });
}

type Settled = Trade | Delivery | Income | Redemption;

/** What was settled included the tax, so the settlement changes by it where both share a currency. */
function withoutSettledTax(transaction: Settled): Transaction {
  const { settlement, ...rest } = transaction;
  const currency = transaction.taxCurrency ?? transaction.currency;
  if (!settlement || currency !== settlement.currency) {
    return { ...rest, tax: 0n } as Transaction;
  }
  const pays =
    transaction.type === 'buy' ||
    transaction.type === 'cover' ||
    transaction.type === 'delivery-in';
  const amount = pays ? settlement.amount - transaction.tax : settlement.amount + transaction.tax;
  return { ...rest, tax: 0n, settlement: { currency, amount } } as Transaction;
}
