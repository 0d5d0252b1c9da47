import { dayNumber, whole } from '@plimsoll/kernel';
import { anyWorld, bookSnapshot, type SampleWorld, sampleOptions } from '@plimsoll/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyTransaction } from './apply.ts';
import { foldLedger, LedgerFold } from './fold.ts';
import type { Transaction } from './transaction.ts';

const rebuilt = (world: SampleWorld, transactions: readonly Transaction[] = world.transactions) =>
  foldLedger(transactions, sampleOptions(world));

/** The same transactions in an order of arrival made from numbers. */
function shuffled(transactions: readonly Transaction[], keys: readonly number[]): Transaction[] {
  return transactions
    .map((transaction, i) => ({ transaction, key: keys[i % keys.length] ?? 0, i }))
    .sort((a, b) => a.key - b.key || b.i - a.i)
    .map(({ transaction }) => transaction);
}

const arrival = fc.array(fc.nat(), { minLength: 40, maxLength: 40 });

/**
 * Keeps a ledger while transactions arrive one by one: a new latest day goes on from the book there
 * is, anything back-dated builds it anew from what has arrived.
 */
class Keeper {
  readonly #world: SampleWorld;
  readonly #arrived: Transaction[] = [];
  #fold: LedgerFold;
  #closed = '';
  continued = 0;

  constructor(world: SampleWorld) {
    this.#world = world;
    this.#fold = new LedgerFold(sampleOptions(world));
  }

  take(day: readonly Transaction[]): void {
    this.#arrived.push(...day);
    const date = day[0]?.effectiveAt ?? '';
    if (date > this.#closed) {
      this.#fold.applyDay(day);
      this.#closed = date;
      this.continued++;
      return;
    }
    this.#fold = new LedgerFold(sampleOptions(this.#world));
    for (const on of [...new Set(this.#arrived.map(({ effectiveAt }) => effectiveAt))].sort()) {
      this.#fold.applyDay(this.#arrived.filter(({ effectiveAt }) => effectiveAt === on));
    }
  }

  finish() {
    return this.#fold.finish();
  }
}

describe('the generated ledgers', { timeout: 60_000 }, () => {
  it('apply without a fault', () => {
    fc.assert(
      fc.property(anyWorld(20), (world) => {
        expect(rebuilt(world).faults).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a ledger', { timeout: 60_000 }, () => {
  it('comes to the same whatever order its transactions arrive in', () => {
    fc.assert(
      fc.property(anyWorld(20), arrival, (world, keys) => {
        const other = rebuilt(world, shuffled(world.transactions, keys));
        expect(bookSnapshot(other.book)).toEqual(bookSnapshot(rebuilt(world).book));
      }),
      { numRuns: 1000 },
    );
  });

  it('comes to the same kept day by day, with days that arrive late, as built at once', () => {
    let continued = 0;
    fc.assert(
      fc.property(anyWorld(20), arrival, (world, keys) => {
        const days = [...new Set(world.transactions.map(({ effectiveAt }) => effectiveAt))];
        const keeper = new Keeper(world);
        const late = days.filter((_, i) => (keys[i % 40] ?? 0) % 4 === 0);
        for (const day of [...days.filter((each) => !late.includes(each)), ...late]) {
          keeper.take(world.transactions.filter(({ effectiveAt }) => effectiveAt === day));
        }
        continued += keeper.continued;
        expect(bookSnapshot(keeper.finish().book)).toEqual(bookSnapshot(rebuilt(world).book));
      }),
      { numRuns: 1000 },
    );
    expect(continued).toBeGreaterThan(1000);
  });

  it('does not depend on the order in which accounts are named', () => {
    fc.assert(
      fc.property(anyWorld(20), (world) => {
        const accounts = [...world.accounts].reverse();
        const scope = new Set([...world.scope].reverse());
        expect(bookSnapshot(rebuilt({ ...world, accounts, scope }).book)).toEqual(
          bookSnapshot(rebuilt(world).book),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('is back where it was once an entry is annulled', () => {
    let moved = 0;
    fc.assert(
      fc.property(anyWorld(20), fc.nat(), fc.nat(), (world, at, kind) => {
        const { transactions } = world;
        const near = transactions[at % Math.max(1, transactions.length)];
        if (!near) return;
        const extra = intruder(near, kind);
        const annulled = new Set([extra.id]);
        const entries = [...transactions, extra];
        const before = bookSnapshot(rebuilt(world).book);
        const during = bookSnapshot(rebuilt(world, entries).book);
        if (during.join() !== before.join()) moved++;
        const effective = entries.filter(({ id }) => !annulled.has(id));
        expect(bookSnapshot(rebuilt(world, effective).book)).toEqual(before);
      }),
      { numRuns: 1000 },
    );
    expect(moved).toBeGreaterThan(900);
  });
});

/** A transaction that changes what is held, beside a given one. */
function intruder(near: Transaction, kind: number): Transaction {
  const stamp = {
    id: 'intruder',
    accountId: near.accountId,
    effectiveAt: near.effectiveAt,
    position: near.position,
    instrumentId: 'usd-share',
    quantity: whole(7),
    currency: 'USD',
  };
  const money = { amount: whole(650), fee: whole(1), tax: 0n };
  if (kind % 3 === 0) return { ...stamp, type: 'opening-balance', cost: whole(600) };
  if (kind % 3 === 1) return { ...stamp, type: 'buy', ...money };
  return { ...stamp, type: 'delivery-in', ...money };
}

/** Transactions that cannot be applied in an account that allows no shorts. */
function refused(world: SampleWorld): Transaction[] {
  const stamp = {
    id: 'refused',
    accountId: 'a',
    effectiveAt: '2025-12-01',
    position: 1,
    instrumentId: 'usd-share',
    quantity: whole(10n ** 12n),
    currency: 'USD',
  };
  const money = { amount: whole(5), fee: whole(1), tax: 0n };
  const settlement = { currency: 'GBP', amount: whole(77) };
  const empty = { ...stamp, instrumentId: 'nothing', ratio: { new: whole(2), old: whole(1) } };
  const cash = { amount: whole(2), currency: 'USD' };
  const chosen = [{ openedBy: 'never', quantity: whole(1) }];
  const closings: Transaction[] = [
    { ...stamp, type: 'cover', ...money, settlement },
    { ...stamp, type: 'redemption', ...money, settlement },
    { ...stamp, type: 'transfer', toAccountId: 'b' },
    { ...stamp, type: 'delivery-out', ...money },
    { ...stamp, type: 'option-exercise', instrumentId: 'call', fee: 0n, tax: 0n },
    { ...stamp, type: 'option-assignment', instrumentId: 'put', fee: 0n, tax: 0n },
    { ...stamp, type: 'option-expiry', instrumentId: 'put', fee: 0n, tax: 0n },
    { ...stamp, type: 'adjustment', quantity: -stamp.quantity, amount: 0n, reason: 'Too many' },
    { ...empty, type: 'split', cashInLieu: cash },
    { ...empty, type: 'merger', intoId: 'usd-share', boot: cash },
    { ...empty, type: 'spin-off', childId: 'usd-child', costShare: 0n },
    { ...empty, type: 'return-of-capital', amount: whole(3) },
    { ...empty, type: 'delisting', amount: whole(3) },
  ];
  const held = rebuilt(world).book.holding('a', 'usd-share').lots.quantity;
  if (held > 0n && world.accounts[0]?.lotMethod !== 'average') {
    closings.push({ ...stamp, type: 'sell', quantity: 1n, ...money, lots: chosen });
  }
  if (!world.accounts[0]?.allowShort) closings.push({ ...stamp, type: 'sell', ...money });
  return closings;
}

describe('a transaction that is refused', { timeout: 60_000 }, () => {
  it('leaves the book, its prices and its rates as they were', () => {
    fc.assert(
      fc.property(anyWorld(15), (world) => {
        const instruments = new Map(world.instruments);
        const share = instruments.get('usd-share');
        if (share) instruments.set('nothing', { ...share, id: 'nothing' });
        const day = dayNumber('2025-12-01');
        const { book } = rebuilt({ ...world, instruments });
        const before = bookSnapshot(book);
        const priced = book.options.prices.at('coin', day);
        const rate = book.options.rates.lookUp('GBP', day);
        for (const transaction of refused({ ...world, instruments })) {
          expect(applyTransaction(book, transaction), transaction.type).not.toBeNull();
          expect(bookSnapshot(book)).toEqual(before);
        }
        expect(book.options.prices.at('coin', day)).toEqual(priced);
        expect(book.options.rates.lookUp('GBP', day)).toEqual(rate);
      }),
      { numRuns: 1000 },
    );
  });
});
