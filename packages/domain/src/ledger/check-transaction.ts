import { type Decimal, isDay } from '@plimsoll/kernel';
import type { LedgerFault } from './faults.ts';
import type { Transaction } from './transaction.ts';

/** What is wrong with a transaction by itself, whatever is held: signs, sizes, members that contradict. */
export function checkTransaction(transaction: Transaction): LedgerFault[] {
  const faults: LedgerFault[] = [];
  const fail = (member: string, detail: string): void => {
    faults.push({ code: 'transaction.invalid', detail, transactionId: transaction.id, member });
  };
  const positive = (member: string, value: Decimal): void => {
    if (value <= 0n) fail(member, `The ${member} of a ${transaction.type} must be more than 0.`);
  };
  const notNegative = (member: string, value: Decimal | undefined): void => {
    if (value !== undefined && value < 0n) {
      fail(member, `The ${member} of a ${transaction.type} must not be negative.`);
    }
  };
  if (!isDay(transaction.effectiveAt)) {
    fail('effectiveAt', `"${transaction.effectiveAt}" is not a day like 2026-03-31.`);
  } else if (transaction.effectiveAt < '1900-01-01' || transaction.effectiveAt > '2200-01-01') {
    fail(
      'effectiveAt',
      `${transaction.effectiveAt} lies outside 1900 to 2200; check the date format.`,
    );
  }
  if ('lots' in transaction && transaction.lots) {
    const chosen = transaction.lots.reduce((sum, lot) => sum + lot.quantity, 0n);
    if (chosen > transaction.quantity || transaction.lots.some((lot) => lot.quantity <= 0n)) {
      fail('lots', 'Named lots need a quantity above 0 each, and together no more than is closed.');
    }
  }
  checkByType(transaction, { fail, positive, notNegative });
  return faults;
}

interface Checks {
  fail(member: string, detail: string): void;
  positive(member: string, value: Decimal): void;
  notNegative(member: string, value: Decimal | undefined): void;
}

function checkByType(t: Transaction, { fail, positive, notNegative }: Checks): void {
  switch (t.type) {
    case 'buy':
    case 'sell':
    case 'short':
    case 'cover':
    case 'redemption':
    case 'amortisation':
      positive('quantity', t.quantity);
      notNegative('amount', t.amount);
      if (t.settlement) notNegative('settlement', t.settlement.amount);
      return;
    case 'deposit':
    case 'withdrawal':
      positive('amount', t.amount);
      return;
    case 'transfer':
      positive('quantity', t.quantity);
      if (t.toAccountId === t.accountId)
        fail('toAccountId', 'A transfer needs two different accounts.');
      return;
    case 'delivery-in':
    case 'delivery-out':
      positive('quantity', t.quantity);
      notNegative('amount', t.amount);
      notNegative('cost', t.cost);
      if (t.openedOn !== undefined && t.openedOn > t.effectiveAt) {
        fail(
          'openedOn',
          `A lot cannot be opened on ${t.openedOn}, after it arrived on ${t.effectiveAt}.`,
        );
      }
      return;
    case 'opening-balance':
      if (t.instrumentId !== undefined) {
        positive('quantity', t.quantity);
        notNegative('cost', t.cost);
      }
      return;
    case 'dividend':
    case 'interest':
    case 'coupon':
    case 'staking':
    case 'rent':
    case 'other-income':
      if (t.reinvested) positive('reinvested', t.reinvested.quantity);
      return;
    case 'fee':
    case 'tax':
    case 'margin-interest':
      if (t.amount === 0n) fail('amount', `A ${t.type} of 0 says nothing.`);
      return;
    case 'fx':
      positive('sold', t.sold.amount);
      positive('bought', t.bought.amount);
      if (t.sold.currency === t.bought.currency) {
        fail('bought', `A conversion needs two currencies, not ${t.sold.currency} twice.`);
      }
      return;
    case 'split':
    case 'stock-dividend':
      if ((t.ratio === undefined) === (t.added === undefined)) {
        fail('ratio', `A ${t.type} needs either a ratio or the units added.`);
      }
      if (t.ratio && (t.ratio.new <= 0n || t.ratio.old <= 0n)) {
        fail('ratio', 'Both sides of a ratio must be more than 0.');
      }
      return;
    case 'spin-off':
      positive('quantity', t.quantity);
      if (t.costShare < 0n || t.costShare > 10n ** 18n) {
        fail('costShare', 'The share of cost that moves lies between 0 and 1.');
      }
      if (t.childId === t.instrumentId) fail('childId', 'The child must be another instrument.');
      return;
    case 'merger':
    case 'symbol-change':
      if (t.ratio.new <= 0n || t.ratio.old <= 0n)
        fail('ratio', 'Both sides of a ratio must be more than 0.');
      if (t.intoId === t.instrumentId) fail('intoId', 'The new instrument must be another one.');
      return;
    case 'return-of-capital':
      positive('amount', t.amount);
      return;
    case 'option-exercise':
    case 'option-assignment':
    case 'option-expiry':
      positive('quantity', t.quantity);
      return;
    case 'delisting':
      notNegative('amount', t.amount);
      return;
    case 'adjustment':
      if (t.reason.trim().length < 3) fail('reason', 'An adjustment needs a reason.');
      if (t.quantity === 0n) fail('quantity', 'An adjustment of 0 says nothing.');
      return;
  }
}
