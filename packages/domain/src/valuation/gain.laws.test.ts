import { absolute, atPrice, type Decimal, dayFromNumber, one } from '@plimsoll/kernel';
import { anyWorld, type SampleWorld, sampleCurrencies, sampleOptions } from '@plimsoll/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BookOptions } from '../ledger/book.ts';
import { foldLedger } from '../ledger/fold.ts';
import type { Transaction } from '../ledger/transaction.ts';
import { type GainFigures, gainFigures, lineGains } from './figures.ts';
import { PriceBook } from './price-book.ts';
import { valueBook } from './value-book.ts';

interface Range {
  readonly from?: number;
  readonly until?: number;
}

function measured(world: SampleWorld, other: Partial<BookOptions> = {}, range: Range = {}) {
  const until = range.until ?? world.last;
  const { book } = foldLedger(world.transactions, sampleOptions(world, other), { ...range, until });
  const value = valueBook(book, until);
  const lines = lineGains(book, value);
  return { book, value, lines, gains: gainFigures(book, value, lines) };
}

const byFlows = (gains: GainFigures): Decimal =>
  gains.value - gains.startValue - gains.inflow + gains.outflow;

/** Choices refer to the lots of the method the world was made with. */
function withoutChoices(transaction: Transaction): Transaction {
  const { lots: _, ...rest } = transaction as Transaction & { lots?: unknown };
  return rest as Transaction;
}

const scopes = fc.subarray(['a', 'b', 'c'], { minLength: 1 }).map((ids) => new Set(ids));

describe('gain', { timeout: 60_000 }, () => {
  it('is the sum of its parts and the change of value less net inflows, to the last digit', () => {
    let complete = 0;
    fc.assert(
      fc.property(
        anyWorld(),
        fc.constantFrom(...sampleCurrencies),
        scopes,
        (world, currency, scope) => {
          const { value, gains } = measured(world, { currency, scope });
          if (value.leftOut.length > 0) return;
          complete++;
          expect(gains.gain).toBe(byFlows(gains));
          expect(gains.gain).toBe(
            gains.realised + gains.unrealised + gains.income - gains.fees - gains.taxes,
          );
        },
      ),
      { numRuns: 2000 },
    );
    expect(complete).toBeGreaterThan(1800);
  });

  it('of a period starts from the worth at the close before, and periods add up', () => {
    let complete = 0;
    fc.assert(
      fc.property(anyWorld(), scopes, fc.nat(), (world, scope, cut) => {
        const from = world.first + 1 + (cut % Math.max(1, world.last - world.first));
        const before = measured(world, { scope }, { until: from - 1 });
        const since = measured(world, { scope }, { from });
        const all = measured(world, { scope });
        if (before.value.leftOut.length + all.value.leftOut.length > 0) return;
        complete++;
        expect(since.gains.startValue).toBe(before.value.total);
        expect(since.gains.gain).toBe(byFlows(since.gains));
        expect(before.gains.gain + since.gains.gain).toBe(all.gains.gain);
        expect(before.gains.income + since.gains.income).toBe(all.gains.income);
        expect(before.gains.fees + since.gains.fees).toBe(all.gains.fees);
      }),
      { numRuns: 1000 },
    );
    expect(complete).toBeGreaterThan(900);
  });

  it('of all accounts is the sum over single accounts', () => {
    let complete = 0;
    fc.assert(
      fc.property(anyWorld(), (world) => {
        const all = measured(world, { scope: new Set(['a', 'b', 'c']) });
        if (all.value.leftOut.length > 0) return;
        complete++;
        const sum = ['a', 'b', 'c']
          .map((id) => measured(world, { scope: new Set([id]) }).gains.gain)
          .reduce((a, b) => a + b);
        expect(sum).toBe(all.gains.gain);
      }),
      { numRuns: 1000 },
    );
    expect(complete).toBeGreaterThan(900);
  });

  it('does not depend on whether charges are part of cost or stand apart', () => {
    let complete = 0;
    fc.assert(
      fc.property(anyWorld(), (world) => {
        const transactions = world.transactions.map(withoutChoices);
        const scope = new Set(['a', 'b', 'c']);
        const [capitalised, expensed] = (['capitalised', 'expensed'] as const).map((fees) => {
          const accounts = world.accounts.map((account) => ({
            ...account,
            lotMethod: 'fifo' as const,
            fees,
          }));
          return measured({ ...world, accounts, transactions, scope });
        });
        if (capitalised?.value.leftOut.length !== 0) return;
        complete++;
        expect(expensed?.gains.gain).toBe(capitalised.gains.gain);
      }),
      { numRuns: 1000 },
    );
    expect(complete).toBeGreaterThan(900);
  });
});

describe('price and FX parts', { timeout: 60_000 }, () => {
  it('add up to the gain of each holding by the lot-level formula', () => {
    fc.assert(
      fc.property(anyWorld(), (world) => {
        const { value } = measured(world);
        for (const holding of value.holdings) {
          if (holding.value === null || holding.baseValue === null) continue;
          const { cost, rate, baseGain, pricePart, fxPart } = holding;
          expect((pricePart ?? 0n) + (fxPart ?? 0n)).toBe(baseGain);
          if (holding.currency === world.currency) expect(fxPart).toBe(0n);
          if (cost === null || holding.baseCost === null || !rate) continue;
          // price part = change in local value × the later rate, within the rounding of two products
          const expected = atPrice(holding.value - cost, rate.rate);
          expect(absolute((pricePart ?? 0n) - expected)).toBeLessThanOrEqual(2n);
          // FX part = local cost × the later rate − cost in the base currency at the earlier one
          expect(fxPart).toBe(atPrice(cost, rate.rate) - holding.baseCost);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('of a match is local basis × the change in rate', () => {
    let matches = 0;
    fc.assert(
      fc.property(anyWorld(), (world) => {
        const { book } = measured(world, { keepMatches: true });
        for (const match of book.matches) {
          if (match.currency === world.currency) expect(match.fx).toBe(0n);
          if (match.quantity !== 0n) matches++;
        }
        const sum = book.matches.reduce((total, { gain }) => total + gain, 0n);
        const tallied = [...book.holdings()].reduce(
          (total, { tally }) => total + tally.realised,
          0n,
        );
        const others = world.transactions.some(({ type }) =>
          ['merger', 'symbol-change', 'return-of-capital'].includes(type),
        );
        if (!others) expect(sum).toBe(tallied);
      }),
      { numRuns: 1000 },
    );
    expect(matches).toBeGreaterThan(1000);
  });
});

describe('scale', { timeout: 60_000 }, () => {
  const doubled = (world: SampleWorld): SampleWorld => {
    const money = new Set(['amount', 'fee', 'tax', 'accrued', 'cost', 'worth']);
    const twice = (value: unknown, key = '', cash = false): unknown => {
      if (typeof value === 'bigint') {
        return money.has(key) || key === 'price' || (cash && key === 'quantity')
          ? 2n * value
          : value;
      }
      if (Array.isArray(value)) return value;
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value).map(([name, member]) => [name, twice(member, name, cash)]),
      );
    };
    const transactions = world.transactions.map((transaction) =>
      twice(transaction, '', !('instrumentId' in transaction)),
    ) as SampleWorld['transactions'];
    const instruments = new Map(
      [...world.instruments].map(([id, instrument]) => [
        id,
        instrument.option
          ? {
              ...instrument,
              option: { ...instrument.option, strike: (2n * instrument.option.strike) as never },
            }
          : instrument,
      ]),
    );
    const prices = new Map(
      [...world.prices].map(([id, series]) => [
        id,
        { ...series, close: series.close.map((close) => 2 * close) },
      ]),
    );
    return { ...world, transactions, instruments, prices };
  };

  it('of all amounts and prices scales every figure', () => {
    fc.assert(
      fc.property(anyWorld(), (world) => {
        const accounts = world.accounts.map((account) => ({
          ...account,
          lotMethod: 'fifo' as const,
        }));
        const transactions = world.transactions.map(withoutChoices);
        const plain = { ...world, accounts, transactions };
        const { gains: single } = measured(plain);
        const double = measured(doubled(plain)).gains;
        for (const name of Object.keys(single) as (keyof GainFigures)[]) {
          const far = absolute(double[name] - 2n * single[name]);
          expect(far, name).toBeLessThan(one / 10n ** 9n);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('no later price', { timeout: 60_000 }, () => {
  it('is ever used for an earlier day', () => {
    fc.assert(
      fc.property(anyWorld(15), fc.nat(), (world, at) => {
        const day = world.first + (at % Math.max(1, world.last - world.first + 1));
        const known = new Map(
          [...world.prices].map(([id, { days, close, source }]) => {
            const count = days.filter((each) => each <= day).length;
            return [id, { days: days.slice(0, count), close: close.slice(0, count), source }];
          }),
        );
        const transactions = world.transactions.filter(
          ({ effectiveAt }) => effectiveAt <= dayFromNumber(day),
        );
        const then = measured(
          { ...world, transactions },
          { prices: new PriceBook(known) },
          { until: day },
        );
        const hindsight = measured(world, {}, { until: day });
        expect(hindsight.value.total).toBe(then.value.total);
        expect(hindsight.gains).toEqual(then.gains);
      }),
      { numRuns: 1000 },
    );
  });
});
