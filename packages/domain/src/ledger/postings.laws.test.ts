import { anyWorld, bookSnapshot, type SampleWorld, sampleOptions } from '@plimsoll/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyTransaction } from './apply.ts';
import { Book } from './book.ts';
import { orderLedger } from './day-order.ts';
import { type Posting, postingsOf } from './postings.ts';
import type { Transaction } from './transaction.ts';

const accountOf = (world: SampleWorld, transaction: Transaction) => {
  const account = world.accounts.find(({ id }) => id === transaction.accountId);
  if (!account) throw new Error(`No account ${transaction.accountId}`);
  return account;
};

function sums(
  postings: readonly Posting[],
  key: (posting: Posting) => string | null,
  amount: (posting: Posting) => bigint,
): Map<string, bigint> {
  const found = new Map<string, bigint>();
  for (const posting of postings) {
    const at = key(posting);
    if (at !== null) found.set(at, (found.get(at) ?? 0n) + amount(posting));
  }
  return found;
}

const withoutZeros = (sum: Map<string, bigint>): [string, bigint][] =>
  [...sum].filter(([, amount]) => amount !== 0n).sort(([a], [b]) => (a < b ? -1 : 1));

/** Units and cash by account, as the book has them. */
function balances(book: Book): Map<string, bigint> {
  const found = new Map<string, bigint>();
  for (const { account, instrument, lots } of book.holdings()) {
    found.set(`${account.id}/${instrument.id}`, lots.quantity);
  }
  for (const { accountId, cash } of book.cashes()) {
    found.set(`${accountId}/${cash.currency}`, cash.balance);
  }
  return found;
}

describe('postings', { timeout: 60_000 }, () => {
  it('balance per transaction and currency', () => {
    fc.assert(
      fc.property(anyWorld(12), (world) => {
        const { cashTracked } = sampleOptions(world);
        for (const transaction of world.transactions) {
          const account = accountOf(world, transaction);
          const postings = postingsOf(transaction, account, cashTracked.has(account.id));
          const weights = sums(
            postings,
            ({ currency }) => currency,
            ({ weight }) => weight,
          );
          expect(withoutZeros(weights), transaction.type).toEqual([]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('say exactly what the book does to cash and units', () => {
    fc.assert(
      fc.property(anyWorld(25), (world) => {
        const tracked = world.accounts.map((account) => ({ ...account, cash: 'tracked' as const }));
        const options = sampleOptions({ ...world, accounts: tracked });
        const book = new Book(options);
        for (const transaction of orderLedger(world.transactions)) {
          const before = balances(book);
          const postings = postingsOf(transaction, accountOf(world, transaction), true, {
            instrument: (id) => book.instrument(id),
            held: (accountId, id) => book.holding(accountId, id).lots.quantity,
          });
          expect(applyTransaction(book, transaction)).toBeNull();
          const moved = balances(book);
          for (const [at, amount] of before) moved.set(at, (moved.get(at) ?? 0n) - amount);
          const said = sums(
            postings,
            ({ account, commodity }) =>
              options.scope.has(account) || 'abc'.includes(account)
                ? `${account}/${commodity}`
                : null,
            ({ quantity }) => quantity,
          );
          expect(withoutZeros(said), transaction.type).toEqual(withoutZeros(moved));
        }
        expect(bookSnapshot(book).length).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });
});
