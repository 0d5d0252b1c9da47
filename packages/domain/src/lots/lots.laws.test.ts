import { absolute, type Decimal, least, mulDiv } from '@plimsoll/kernel';
import { anyWorld, sampleOptions } from '@plimsoll/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LotMethod, lotMethods } from '../ledger/account.ts';
import { applyTransaction } from '../ledger/apply.ts';
import { Book } from '../ledger/book.ts';
import { orderLedger } from '../ledger/day-order.ts';
import type { Lot } from './lot.ts';
import { OpenLots } from './open-lots.ts';

/** Σ base cost and basis over all accounts, with what was realised, which conserving steps leave alone. */
function costs(book: Book) {
  let baseCost = 0n;
  let cost = 0n;
  let realised = 0n;
  for (const { lots, tally } of book.holdings()) {
    realised += tally.realised;
    for (const lot of lots) {
      baseCost += lot.baseCost;
      cost += lot.cost;
    }
  }
  return { baseCost, cost, realised };
}

describe('lots', { timeout: 60_000 }, () => {
  it('add up to the holding, all of one sign, and conserving actions conserve their cost', () => {
    let conserving = 0;
    fc.assert(
      fc.property(anyWorld(), (world) => {
        const scope = new Set(['a', 'b', 'c']);
        const book = new Book(sampleOptions(world, { scope }));
        for (const transaction of orderLedger(world.transactions)) {
          const before = costs(book);
          expect(applyTransaction(book, transaction)).toBeNull();
          const after = costs(book);
          const inLieu = 'cashInLieu' in transaction || 'boot' in transaction;
          const conserves =
            ['split', 'stock-dividend', 'spin-off', 'symbol-change', 'merger'].includes(
              transaction.type,
            ) || 'toAccountId' in transaction;
          if (conserves && !inLieu && after.realised === before.realised) {
            conserving++;
            expect(after.baseCost, transaction.type).toBe(before.baseCost);
            const sameCurrency = !['spin-off', 'symbol-change', 'merger'].includes(
              transaction.type,
            );
            if (sameCurrency) expect(after.cost, transaction.type).toBe(before.cost);
          }
          for (const { lots } of book.holdings()) {
            const quantities = [...lots].map(({ quantity }) => quantity);
            expect(quantities.reduce((a, b) => a + b, 0n)).toBe(lots.quantity);
            expect(quantities.every((quantity) => quantity !== 0n)).toBe(true);
            expect(new Set(quantities.map((quantity) => quantity > 0n)).size).toBeLessThan(2);
          }
          for (const { cash } of book.cashes()) {
            if (cash.lots) expect(cash.lots.quantity).toBe(cash.balance);
          }
        }
      }),
      { numRuns: 1000 },
    );
    expect(conserving).toBeGreaterThan(1000);
  });
});

/** Amounts divide evenly, so that no rounding decides between lots of the same unit cost. */
const unit = 10n ** 40n;

type Operation =
  | {
      readonly kind: 'open';
      readonly day: number;
      readonly quantity: bigint;
      readonly price: bigint;
    }
  | { readonly kind: 'take'; readonly share: number; readonly chosen: number }
  | { readonly kind: 'split'; readonly ratio: readonly [bigint, bigint] };

const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('open' as const),
      day: fc.nat(20),
      quantity: fc.bigInt(1n, 300n).map((units) => units * unit),
      price: fc.bigInt(0n, 8n),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('take' as const),
      share: fc.integer({ min: 1, max: 100 }),
      chosen: fc.nat(30),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('split' as const),
      ratio: fc.constantFrom([2n, 1n] as const, [5n, 1n] as const, [10n, 1n] as const),
    }),
  },
);

interface Plain {
  readonly by: string;
  readonly day: number;
  readonly order: number;
  quantity: Decimal;
  cost: Decimal;
}

/** The lot methods in the plainest way: sort everything before every closing. */
class PlainLots {
  lots: Plain[] = [];
  readonly #method: LotMethod;

  constructor(method: LotMethod) {
    this.#method = method;
  }

  get quantity(): Decimal {
    return this.lots.reduce((sum, { quantity }) => sum + quantity, 0n);
  }

  open(lot: Plain): void {
    const [pool] = this.lots;
    if (this.#method === 'average' && pool) {
      pool.quantity += lot.quantity;
      pool.cost += lot.cost;
    } else this.lots.push({ ...lot });
  }

  take(quantity: Decimal, chosen?: string): [string, Decimal, Decimal][] {
    const oldest = (a: Plain, b: Plain) => a.day - b.day || a.order - b.order;
    const cheap = (a: Plain, b: Plain) =>
      Number(a.cost * b.quantity - b.cost * a.quantity) || oldest(a, b);
    const dear = (a: Plain, b: Plain) =>
      Number(b.cost * a.quantity - a.cost * b.quantity) || oldest(a, b);
    const rules = {
      fifo: oldest,
      average: oldest,
      specific: oldest,
      lifo: (a: Plain, b: Plain) => oldest(b, a),
      hifo: dear,
      lofo: cheap,
    };
    this.lots.sort(rules[this.#method]);
    const first = this.lots.filter(({ by }) => by === chosen);
    const parts: [string, Decimal, Decimal][] = [];
    let left = quantity;
    for (const lot of [...first, ...this.lots.filter((each) => !first.includes(each))]) {
      const units = least(left, lot.quantity);
      if (units === 0n) continue;
      const cost = units === lot.quantity ? lot.cost : mulDiv(lot.cost, units, lot.quantity);
      parts.push([lot.by, units, cost]);
      lot.quantity -= units;
      lot.cost -= cost;
      left -= units;
    }
    this.lots = this.lots.filter((lot) => lot.quantity > 0n);
    return parts;
  }
}

describe('the open lots of every method', { timeout: 60_000 }, () => {
  it.each(lotMethods)('%s takes what a plain sorted list takes, cent by cent', (method) => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 40 }), (operations) => {
        const real = new OpenLots(method);
        const plain = new PlainLots(method);
        let order = 0;
        for (const step of operations) {
          if (step.kind === 'open') {
            const { day, quantity } = step;
            const cost = quantity * step.price;
            const by = `o${order}`;
            plain.open({ by, day, order, quantity, cost });
            real.open(lotOf(by, day, order++, quantity, cost));
          } else if (step.kind === 'split') {
            real.rescale(...step.ratio);
            rescalePlain(plain, step.ratio);
          } else if (plain.quantity > 0n) {
            const units = (plain.quantity * BigInt(step.share)) / (100n * unit);
            const quantity = units === 0n ? plain.quantity : units * unit;
            const choice = `o${step.chosen}`;
            const open = plain.lots.find(({ by }) => by === choice)?.quantity ?? 0n;
            const most = least(open, quantity);
            const choices = most > 0n ? [{ openedBy: choice, quantity: most }] : [];
            const parts = real.take(quantity, choices);
            expect(parts.map((part) => [part.openedBy, part.quantity, part.cost])).toEqual(
              plain.take(quantity, choice),
            );
          }
          expect(real.quantity).toBe(plain.quantity);
          expect([...real].reduce((sum, lot) => sum + lot.cost, 0n)).toBe(
            plain.lots.reduce((sum, lot) => sum + lot.cost, 0n),
          );
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('cuts a lot without losing a digit, long or short', () => {
    const amount = fc.bigInt(-(10n ** 30n), 10n ** 30n);
    fc.assert(
      fc.property(
        fc.bigInt(2n, 10n ** 24n),
        amount,
        fc.bigInt(1n, 10n ** 24n),
        fc.boolean(),
        (size, cost, cut, short) => {
          const sign = short ? -1n : 1n;
          const lots = new OpenLots('fifo');
          lots.open(lotOf('one', 1, 0, sign * size, cost));
          const parts = lots.take(least(cut, size - 1n));
          const rest = [...lots];
          const sum = (of: (lot: { quantity: bigint; cost: bigint }) => bigint) =>
            [...parts, ...rest].reduce((total, each) => total + of(each), 0n);
          expect(sum(({ quantity }) => quantity)).toBe(sign * size);
          expect(sum((each) => each.cost)).toBe(cost);
          expect(parts.every(({ quantity }) => absolute(quantity) > 0n)).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

const lotOf = (
  openedBy: string,
  openedOn: number,
  order: number,
  quantity: bigint,
  cost: bigint,
): Lot => ({
  openedBy,
  openedOn,
  order,
  quantity,
  currency: 'EUR',
  cost,
  baseCost: cost,
  basis: cost,
  baseBasis: cost,
});

/** Split so that the sum is rounded once: shares are handed out in the order lots are taken. */
function rescalePlain(plain: PlainLots, [gained, given]: readonly [bigint, bigint]): void {
  const order = plain.take(0n);
  expect(order).toEqual([]);
  let before = plain.quantity;
  let after = mulDiv(before, gained, given);
  for (const lot of plain.lots) {
    const share = lot.quantity === before ? after : mulDiv(after, lot.quantity, before);
    before -= lot.quantity;
    after -= share;
    lot.quantity = share;
  }
}
