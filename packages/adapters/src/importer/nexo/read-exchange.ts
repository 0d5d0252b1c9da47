import { type Decimal, ok } from '@plimsoll/kernel';
import type { ImportedTransaction } from '@plimsoll/ports';
import type { Read, Row } from '../../importer-kit/index.ts';
import type { Facts, Side } from './row-facts.ts';
import { coin } from './single-transactions.ts';

/** Reads an exchange: of cash for a coin, of a coin for cash, of a coin or cash for another. */
export function readExchange(row: Row, facts: Facts): Read<readonly ImportedTransaction[]> {
  const { head, given, received, worth } = facts;
  if (given.code === received.code) {
    return row.refuseCell('Output Currency', {
      code: 'import.same-currency',
      reason: `${given.code} is exchanged for itself.`,
      fix: 'Correct one of the two currencies.',
    });
  }
  if (given.isCash && received.isCash) {
    const sold = { currency: given.code, amount: given.quantity };
    const bought = { currency: received.code, amount: received.quantity };
    return ok([{ ...head, type: 'fx', sold, bought, currency: given.code, fee: 0n, tax: 0n }]);
  }
  const inDollars = { currency: 'USD', amount: worth };
  if (given.isCash) return ok([trade(facts, 'buy', received, cash(given))]);
  if (received.isCash) return ok([trade(facts, 'sell', given, cash(received))]);
  return ok([trade(facts, 'sell', given, inDollars), trade(facts, 'buy', received, inDollars)]);
}

const cash = (side: Side) => ({ currency: side.code, amount: side.quantity });

const trade = (
  { head }: Facts,
  type: 'buy' | 'sell',
  side: Side,
  money: { readonly currency: string; readonly amount: Decimal },
): ImportedTransaction => ({
  ...head,
  type,
  instrument: { ...coin(side.code), currency: money.currency },
  quantity: side.quantity,
  ...money,
  fee: 0n,
  tax: 0n,
});
