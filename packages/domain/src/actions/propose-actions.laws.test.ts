import { type Day, dayFromNumber, dayNumber, decimal, toFloat } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BookOptions } from '../ledger/book.ts';
import { foldLedger } from '../ledger/fold.ts';
import { plainInstrument } from '../ledger/instrument.ts';
import type { Transaction } from '../ledger/transaction.ts';
import { RateBook } from '../rates/rate-book.ts';
import { PriceBook } from '../valuation/price-book.ts';
import type { CorporateAction } from './corporate-action.ts';
import { type ActionOfHolding, type ProposedAction, proposeActions } from './propose-actions.ts';

const apple = plainInstrument({
  id: 'aapl',
  kind: 'equity',
  name: 'Apple',
  symbol: 'AAPL',
  currency: 'USD',
});
const child = plainInstrument({
  id: 'kid',
  kind: 'equity',
  name: 'Child',
  symbol: 'KID',
  currency: 'USD',
});
const accounts = ['one', 'two'].map((id) => ({
  id,
  name: id,
  currency: 'USD',
  lotMethod: 'fifo' as const,
  cash: 'untracked' as const,
  fees: 'capitalised' as const,
  allowShort: false,
}));

const book = (): BookOptions => ({
  currency: 'USD',
  accounts,
  instruments: new Map([apple, child].map((one) => [one.id, one])),
  scope: new Set(['one', 'two']),
  cashTracked: new Set(),
  rates: new RateBook('USD', []),
  prices: new PriceBook(new Map()),
});

const start = dayNumber('2020-01-01');
const dayAt = (offset: number): Day => dayFromNumber(start + offset);

const buy = (id: string, accountId: string, offset: number, units: number): Transaction => ({
  id,
  type: 'buy',
  accountId,
  instrumentId: 'aapl',
  effectiveAt: dayAt(offset),
  position: 0,
  quantity: decimal(String(units)),
  amount: decimal(String(units * 10)),
  currency: 'USD',
  fee: 0n,
  tax: 0n,
});

const action = (
  fields: Partial<CorporateAction> & Pick<CorporateAction, 'id' | 'kind' | 'day' | 'value'>,
): ActionOfHolding => ({
  instrument: apple,
  action: {
    instrumentId: 'listing',
    payDay: null,
    currency: 'USD',
    other: null,
    second: null,
    source: 'test',
    ...fields,
  },
});

const payment: Transaction = {
  id: 'd',
  type: 'dividend',
  accountId: 'one',
  instrumentId: 'aapl',
  effectiveAt: '2020-01-01',
  position: 0,
  amount: 0n,
  currency: 'USD',
  fee: 0n,
  tax: 0n,
};

const propose = (
  transactions: readonly Transaction[],
  actions: readonly ActionOfHolding[],
  declined: ReadonlySet<string> = new Set(),
): readonly ProposedAction[] =>
  proposeActions(transactions, actions, {
    book: book(),
    isDeclined: ({ id }) => declined.has(id),
    factsFor: () => ({ instrumentOf: (symbol) => (symbol === 'KID' ? child : null) }),
  });

/** The ledger with what is open recorded. */
const confirmed = (
  transactions: readonly Transaction[],
  proposed: readonly ProposedAction[],
): Transaction[] => [
  ...transactions,
  ...proposed
    .filter(({ state }) => state === 'open')
    .flatMap(({ effect, accountId, action: { id } }) =>
      effect.drafts.map((draft) => ({ ...draft, id: `${id} ${accountId}` }) as Transaction),
    ),
];

const buys = fc
  .array(
    fc.tuple(
      fc.constantFrom('one', 'two'),
      fc.integer({ min: 0, max: 900 }),
      fc.integer({ min: 1, max: 500 }),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((all) => all.map(([account, offset, units], i) => buy(`b${i}`, account, offset, units)));

/** At most one of a kind in a quarter, as it is with real ones. */
const actionsOf = fc
  .uniqueArray(
    fc.record({
      slot: fc.integer({ min: 0, max: 11 }),
      kind: fc.constantFrom('dividend', 'split', 'stock-dividend', 'spin-off', 'return-of-capital'),
    }),
    { selector: ({ slot }) => slot, maxLength: 8 },
  )
  .map((all) =>
    all.map(({ slot, kind }, i) =>
      action({
        id: `a${i}`,
        kind: kind as CorporateAction['kind'],
        day: dayAt(slot * 91 + 7),
        value:
          {
            dividend: '0.24',
            split: '4:1',
            'stock-dividend': '0.05',
            'spin-off': '0.5',
            'return-of-capital': '0.4',
          }[kind] ?? '1',
        ...(kind === 'spin-off' ? { other: 'KID', second: '0.2' } : {}),
      }),
    ),
  );

describe('what corporate actions mean for a ledger', { timeout: 60_000 }, () => {
  it('is settled, all of it, once what was open is recorded', () => {
    fc.assert(
      fc.property(buys, actionsOf, (transactions, actions) => {
        const before = propose(transactions, actions);
        const after = propose(confirmed(transactions, before), actions);
        expect(after.filter(({ state }) => state !== 'settled')).toEqual([]);
        expect(after.length).toBe(before.length);
      }),
      { numRuns: 300, seed: 4 },
    );
  });

  it('is for whoever held at the open of the day, as the ledger itself says', () => {
    fc.assert(
      fc.property(buys, actionsOf, (transactions, actions) => {
        const proposed = propose(transactions, actions);
        const whole = confirmed(transactions, proposed);
        for (const one of proposed) {
          const until = dayNumber(one.action.day) - 1;
          const { book: held } = foldLedger(whole, book(), { until });
          expect(one.units).toBe(held.holding(one.accountId, 'aapl').lots.quantity);
        }
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  it('does not depend on the order in which actions come', () => {
    fc.assert(
      fc.property(buys, actionsOf, (transactions, actions) => {
        expect(propose(transactions, actions.toReversed())).toEqual(propose(transactions, actions));
      }),
      { numRuns: 100, seed: 6 },
    );
  });

  it('counts what was declined as never having been', () => {
    const transactions = [buy('b', 'one', 0, 10)];
    const actions = [
      action({ id: 'split', kind: 'split', day: dayAt(50), value: '4:1' }),
      action({ id: 'pay', kind: 'dividend', day: dayAt(100), value: '1' }),
    ];
    const paid = (declined: string[]) => {
      const [, dividend] = propose(transactions, actions, new Set(declined));
      return dividend && toFloat(dividend.units);
    };
    expect(paid([])).toBe(40);
    expect(paid(['split'])).toBe(10);
  });

  it('knows a payment that a broker booked, a month late and less tax, and not another one', () => {
    const pay = action({ id: 'pay', kind: 'dividend', day: dayAt(100), value: '1' });
    const booked = (offset: number, amount: string): Transaction => ({
      id: 'd',
      type: 'dividend',
      accountId: 'one',
      instrumentId: 'aapl',
      effectiveAt: dayAt(offset),
      position: 0,
      amount: decimal(amount),
      currency: 'USD',
      fee: 0n,
      tax: 0n,
    });
    const state = (one: Transaction) => propose([buy('b', 'one', 0, 10), one], [pay])[0]?.state;
    expect(state(booked(130, '8.5'))).toBe('settled');
    expect(state(booked(130, '2.5'))).toBe('open');
    expect(state(booked(191, '10'))).toBe('open');
  });

  it('takes a split that the record states in another ratio as the same split', () => {
    const split = action({ id: 's', kind: 'split', day: dayAt(100), value: '4:1' });
    const recorded: Transaction = {
      id: 'x',
      type: 'split',
      accountId: 'one',
      instrumentId: 'aapl',
      effectiveAt: dayAt(102),
      position: 0,
      added: decimal('30'),
    };
    expect(propose([buy('b', 'one', 0, 10), recorded], [split])[0]).toMatchObject({
      state: 'settled',
    });
  });

  it('knows an ordinary and a special dividend that were booked as one', () => {
    const day = dayAt(100);
    const actions = [
      action({ id: 'o', kind: 'dividend', day, value: '0.5' }),
      action({ id: 's', kind: 'special-dividend', day, value: '1' }),
    ];
    const booked = (amount: string): Transaction => ({
      ...payment,
      effectiveAt: dayAt(110),
      amount: decimal(amount),
    });
    const states = (amount: string) =>
      propose([buy('b', 'one', 0, 100), booked(amount)], actions).map(
        (one) => `${one.action.id} ${one.state}`,
      );
    expect(states('150')).toEqual(['o settled', 's settled']);
    expect(states('127.5')).toEqual(['o settled', 's settled']);
    expect(states('100')).toEqual(['o open', 's settled']);
  });

  it('counts pence against pounds', () => {
    const pay = action({
      id: 'p',
      kind: 'dividend',
      day: dayAt(100),
      value: '12.345',
      currency: 'GBX',
    });
    const state = (amount: string) => {
      const booked = {
        ...payment,
        effectiveAt: dayAt(110),
        currency: 'GBP',
        amount: decimal(amount),
      };
      return propose([buy('b', 'one', 0, 1000), booked as Transaction], [pay])[0]?.state;
    };
    expect(state('123.45')).toBe('settled');
    expect(state('8')).toBe('open');
  });

  it('pays cash per unit of the day, after a split of that day', () => {
    const day = dayAt(100);
    const actions = [
      action({ id: 'd', kind: 'dividend', day, value: '1' }),
      action({ id: 's', kind: 'split', day, value: '2:1' }),
    ];
    const [, dividend] = propose([buy('b', 'one', 0, 10)], actions);
    expect(dividend?.effect.text).toBe('20 AAPL × 1 USD = 20 USD.');
  });

  it('asks for what it cannot know', () => {
    const spin = action({ id: 's', kind: 'spin-off', day: dayAt(100), value: '0.5', other: 'KID' });
    const [one] = propose([buy('b', 'one', 0, 10)], [spin]);
    expect(one).toMatchObject({ state: 'open', effect: { drafts: [], needs: ['costShare'] } });
    const unknown = action({ id: 'm', kind: 'merger', day: dayAt(100), value: '2', other: 'NEW' });
    expect(propose([buy('b', 'one', 0, 10)], [unknown])[0]?.effect.needs).toEqual(['successor']);
  });
});
