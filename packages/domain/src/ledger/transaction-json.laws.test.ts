import { canonicalJson, type Json } from '@plimsoll/kernel';
import { anyWorld } from '@plimsoll/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkTransaction } from './check-transaction.ts';
import { transactionTypes } from './transaction.ts';
import { transactionFromJson, transactionToJson } from './transaction-json.ts';

describe('the JSON of a transaction', { timeout: 60_000 }, () => {
  it('reads back as the same transaction, of every type there is', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(anyWorld(), (world) => {
        for (const transaction of world.transactions) {
          seen.add(transaction.type);
          const text = canonicalJson(transactionToJson(transaction));
          const back = transactionFromJson(JSON.parse(text) as Json);
          expect(back).toEqual(transaction);
          expect(canonicalJson(transactionToJson(back))).toBe(text);
        }
      }),
      { numRuns: 1000 },
    );
    expect([...seen].sort()).toEqual([...transactionTypes].sort());
  });
});

describe('checking a transaction', { timeout: 60_000 }, () => {
  it('finds nothing wrong with one that applies', () => {
    fc.assert(
      fc.property(anyWorld(), (world) => {
        for (const transaction of world.transactions) {
          expect(checkTransaction(transaction)).toEqual([]);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
