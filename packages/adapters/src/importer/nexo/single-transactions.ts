import type { ImportedTransaction, InstrumentHint } from '@plimsoll/ports';
import type { Facts } from './row-facts.ts';

/** The coin by its ticker. */
export const coin = (code: string): InstrumentHint => ({ symbol: code, kind: 'crypto' });

/** Cash that comes or goes; coins that do are deliveries. */
export function cashFlow(facts: Facts, type: 'deposit' | 'withdrawal'): ImportedTransaction {
  const { head, received } = facts;
  if (!received.isCash) {
    return delivery(facts, type === 'deposit' ? 'delivery-in' : 'delivery-out');
  }
  return { ...head, type, amount: received.quantity, currency: received.code };
}

/** Coins that come or go, at their worth in dollars; the network's fee leaves with them. */
export function delivery(facts: Facts, type: 'delivery-in' | 'delivery-out'): ImportedTransaction {
  const { head, given, received, worth } = facts;
  const side = type === 'delivery-in' ? received : given;
  if (side.isCash) {
    return cashFlow(facts, type === 'delivery-in' ? 'deposit' : 'withdrawal');
  }
  return {
    ...head,
    type,
    instrument: coin(side.code),
    quantity: side.quantity,
    amount: worth,
    currency: 'USD',
    fee: 0n,
    tax: 0n,
  };
}

/** Interest and rewards: cash, or coins that are worth the stated dollars. */
export function earned(facts: Facts, type: 'interest' | 'other-income'): ImportedTransaction {
  const { head, received, worth } = facts;
  const plain = { ...head, type, fee: 0n, tax: 0n };
  if (received.isCash) {
    return { ...plain, instrument: undefined, amount: received.quantity, currency: received.code };
  }
  const instrument = coin(received.code);
  const reinvested = { instrument, quantity: received.quantity };
  return { ...plain, instrument, amount: worth, currency: 'USD', reinvested };
}
