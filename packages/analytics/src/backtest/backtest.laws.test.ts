import { isDone, orderStates } from '@plimsoll/domain';
import { type Random, seededRandom } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderKind, OrderRequest, StrategyContext } from '../strategy/strategy-context.ts';
import { shuffleFuture, truncateMarket } from './cut-market.ts';
import type { BacktestInstrument, BacktestMarket, InstrumentEvent } from './market.ts';
import type { BacktestResult, OrderRecord } from './result.ts';
import { resultHashInput } from './result-hash-input.ts';
import {
  dailyBars,
  dayMs,
  instrument,
  market,
  played,
  type Row,
  scripted,
  settings,
} from './testing/small-market.ts';

type Context = StrategyContext<Readonly<Record<string, unknown>>>;

function randomRows(random: Random, count: number): readonly Row[] {
  let price = 20 + 100 * random.next();
  return Array.from({ length: count }, () => {
    const open = price * (1 + 0.02 * random.normal());
    const close = open * (1 + 0.03 * random.normal());
    const high = Math.max(open, close) * (1 + 0.02 * random.next());
    const low = Math.min(open, close) * (1 - 0.02 * random.next());
    price = close;
    return [open, high, low, close, Math.floor(500 * random.next())] as const;
  });
}

function randomEvents(random: Random, days: number): readonly InstrumentEvent[] {
  const at = (): number => random.integer(days) * dayMs;
  const events: InstrumentEvent[] = [];
  if (random.next() < 0.4)
    events.push({ kind: 'split', at: at(), ratio: random.next() < 0.5 ? 3 : 0.4 });
  if (random.next() < 0.5) {
    const when = at();
    events.push({ kind: 'dividend', at: when, perUnit: random.next(), paidAt: when + 3 * dayMs });
  }
  if (random.next() < 0.15) events.push({ kind: 'delisting', at: at(), value: null });
  return events;
}

/** Markets of up to three instruments, one of them foreign, with gaps, events and steps of all kinds. */
function randomMarket(seed: number, days: number): BacktestMarket {
  const random = seededRandom(seed);
  const count = 1 + random.integer(3);
  const instruments = Array.from({ length: count }, (_, i): BacktestInstrument => {
    const start = random.integer(3);
    return instrument(dailyBars(randomRows(random, days - start), start), {
      id: `I${i}`,
      currency: i === 2 ? 'EUR' : 'USD',
      step: [0, 1, 0.01][random.integer(3)] ?? 0,
      multiplier: random.next() < 0.2 ? 5 : 1,
      events: randomEvents(random, days),
    });
  });
  const known = Float64Array.from({ length: days }, (_, i) => i * dayMs);
  const rate = known.map(() => 1 + 0.05 * random.normal());
  return market(instruments, { rates: [{ currency: 'EUR', known, rate }] });
}

const hostile = [Number.NaN, 0, -3, Number.POSITIVE_INFINITY, 1e308, -0];

function randomKind(random: Random, price: number): OrderKind {
  const near = (): number => price * (0.95 + 0.1 * random.next());
  const kinds: readonly OrderKind[] = [
    { kind: 'market' },
    { kind: 'market-on-open' },
    { kind: 'market-on-close' },
    { kind: 'limit', limit: near() },
    { kind: 'stop', stop: near() },
    { kind: 'stop-limit', stop: near(), limit: near() },
    { kind: 'trailing', by: price * 0.03, as: 'price' },
    { kind: 'trailing', by: 0.03, as: 'share' },
    { kind: 'limit', limit: hostile[random.integer(hostile.length)] ?? 0 },
  ];
  return kinds[random.integer(kinds.length)] ?? { kind: 'market' };
}

/** Places orders of all kinds by chance, hostile numbers among them; chance comes from the run. */
function wild({ orders, instruments, random, portfolio }: Context): void {
  const only = instruments[random.integer(instruments.length)];
  if (!only) return;
  const price = only.close;
  const sane = (0.4 * random.next() * portfolio.equity) / (price * only.multiplier);
  const bad = hostile[random.integer(hostile.length)] ?? 0;
  const quantity = random.next() < 0.1 ? bad : sane;
  const request: OrderRequest = {
    side: random.next() < 0.55 ? 'buy' : 'sell',
    quantity,
    type: randomKind(random, price),
    timeInForce: (['gtc', 'day', 'ioc', 'fok'] as const)[random.integer(4)] ?? 'gtc',
    ...(random.next() < 0.3 ? { bracket: { stop: price * 0.96, target: price * 1.04 } } : {}),
  };
  const what = random.next();
  if (what < 0.55) orders.submit(only, request);
  else if (what < 0.65) {
    orders.oneCancelsOther([
      { ...request, instrument: only },
      { ...request, instrument: only, type: randomKind(random, price) },
    ]);
  } else if (what < 0.75) orders.toWeight(only, (random.next() - 0.4) * 2);
  else if (what < 0.8)
    orders.signal(only, random.next() < 0.2 ? Number.NaN : random.integer(3) - 1);
  else if (what < 0.85) orders.cancelAll(only);
  else if (what < 0.9) {
    orders.rebalance(new Map(instruments.map((each) => [each, 0.9 * random.next() - 0.2])));
  }
}

const accounts = fc.constantFrom<Readonly<Record<string, unknown>>>(
  { kind: 'cash' },
  { kind: 'margin', initial: 0.5, maintenance: 0.25, longInterest: 0.05, borrowFee: 0.03 },
  { kind: 'margin', initial: 0.2, maintenance: 0.15 },
);
const commissions = fc.constantFrom<Readonly<Record<string, unknown>>>(
  { kind: 'none' },
  { kind: 'bps', bps: 10, minimum: 1 },
  { kind: 'per-share', amount: 0.01, minimum: 1, mostShare: 0.01 },
  { kind: 'per-trade', amount: 2 },
  {
    kind: 'tiered',
    tiers: [
      { from: 0, bps: 10 },
      { from: 50_000, bps: 5 },
    ],
    minimum: 1,
  },
);
const slippages = fc.constantFrom<Readonly<Record<string, unknown>>>(
  { kind: 'none' },
  { kind: 'bps', bps: 5 },
  { kind: 'half-spread', spreadBps: 20 },
  { kind: 'volume-share' },
  { kind: 'square-root' },
);
const worlds = fc.record({
  seed: fc.nat(),
  days: fc.integer({ min: 3, max: 40 }),
  how: fc.record({
    account: accounts,
    commission: commissions,
    slippage: slippages,
    execution: fc.constantFrom('next-open', 'same-close'),
    volumeLimit: fc.constantFrom(undefined, 0.3),
    whenShortOfCash: fc.constantFrom('reduce', 'reject'),
    limitOrders: fc.constantFrom('touched', 'traded-through'),
    cashInterest: fc.constantFrom(0, 0.02),
    currencyBps: fc.constantFrom(0, 20),
    dividends: fc.constantFrom(
      { paid: 'ex-date' },
      { paid: 'pay-date', withheld: 0.2 },
      { paid: 'never' },
    ),
    limits: fc.constantFrom({}, { position: 0.5, ordersPerDay: 3, drawdown: 0.3, sameOrders: 1 }),
    seed: fc.integer({ min: 1, max: 1000 }),
  }),
});
const runs = 150;

/** Kinds of orders that the run places where there is no market. */
const settled = ['cash-in-lieu', 'delisting', 'expiry', 'exercise', 'assignment'];

/** Splits of an instrument that count from one bar's open to another's. */
const splitsBetween = ({ events }: BacktestInstrument, after: number, until: number): number =>
  events.reduce(
    (ratio, event) =>
      event.kind === 'split' && event.at > after && event.at <= until ? ratio * event.ratio : ratio,
    1,
  );

/** Units of each instrument after each moment, by the fills alone. */
function unitsAfter(given: BacktestMarket, result: BacktestResult): readonly Float64Array[] {
  const { fills, at } = result;
  const sorted = given.instruments.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return sorted.map((each, index) => {
    const units = new Float64Array(at.length);
    let [held, next, opened] = [0, 0, Number.NEGATIVE_INFINITY];
    for (let moment = 0; moment < at.length; moment++) {
      const row = each.bars.known.indexOf(at[moment] as number);
      const until = row < 0 ? opened : (each.bars.opened[row] as number);
      held *= splitsBetween(each, opened, until);
      opened = until;
      for (; next < fills.moment.length && (fills.moment[next] as number) <= moment; next++) {
        if (fills.instrument[next] === index) held += fills.quantity[next] as number;
      }
      units[moment] = held;
    }
    return units;
  });
}

/** The bar in which a fill came about. */
function barOf(given: BacktestMarket, result: BacktestResult, fill: number) {
  const { fills, instrumentIds, at } = result;
  const id = instrumentIds[fills.instrument[fill] as number];
  const bars = given.instruments.find((each) => each.id === id)?.bars;
  if (!bars) throw new Error(`no bars of ${id}`);
  const row = bars.known.indexOf(at[fills.moment[fill] as number] as number);
  return { bars, row };
}

/** Whether the market had nothing to do with a fill. */
const isSettled = ({ fills, orders }: BacktestResult, fill: number): boolean =>
  settled.includes(orders[(fills.order[fill] as number) - 1]?.kind ?? '');

/** An order ends in a state with a reason, or says that it is open still. */
function expectTold(order: OrderRecord, { log }: BacktestResult): void {
  expect(orderStates).toContain(order.state);
  expect(isDone(order.state)).toBe(order.doneAt !== null);
  if (order.state !== 'filled') expect(order.reason).not.toBe('');
  if (!isDone(order.state)) expect(order.reason).toContain('still open when the data ended');
  if (order.state !== 'rejected') return;
  expect(order.filled).toBe(0);
  expect(log.some(({ text }) => text.startsWith(`order ${order.id} rejected`))).toBe(true);
}

/** Trades whole units at days. */
const onDays = (trades: readonly { readonly day: number; readonly units: number }[]) =>
  scripted(({ count, orders, instrument: only }) => {
    for (const { units } of trades.filter(({ day }) => day === count)) {
      if (units > 0) orders.buy(only, units);
      if (units < 0) orders.sell(only, -units);
    }
  });

describe('a run', () => {
  it('keeps cash, positions, costs and carry in balance', () => {
    fc.assert(
      fc.property(worlds, ({ seed, days, how }) => {
        const result = played(scripted(wild), randomMarket(seed, days), how);
        const { equity, cash, net, fills, costs, started, trades } = result;
        const last = equity.length - 1;
        // Every unit of money that the fills moved, and every cost and income, and nothing else.
        let expected = started;
        for (let i = 0; i < fills.at.length; i++) {
          const sign = (fills.quantity[i] as number) > 0 ? -1 : 1;
          expected += sign * (fills.value[i] as number) - (fills.commission[i] as number);
        }
        const carry = costs.interestEarned - costs.interestPaid - costs.borrow;
        expected += carry + costs.dividends - costs.withheld - costs.currency;
        const receivable =
          (equity[last] as number) - (cash[last] as number) - (net[last] as number);
        const near = 1e-9 * Math.max(started, ...fills.value);
        expect(Math.abs((cash[last] as number) + receivable - expected)).toBeLessThan(near);
        // The same by trades: what each won, and interest that belongs to none.
        const won = trades.reduce((sum, trade) => sum + trade.net, 0);
        const interest = costs.interestEarned - costs.interestPaid;
        expect(Math.abs(started + won + interest - (equity[last] as number))).toBeLessThan(near);
      }),
      { numRuns: runs },
    );
  });

  it('values at each moment what the fills have left', () => {
    fc.assert(
      fc.property(worlds, ({ seed, days, how }) => {
        const given = randomMarket(seed, days);
        const result = played(scripted(wild), given, how);
        const units = unitsAfter(given, result);
        for (let moment = 0; moment < result.at.length; moment++) {
          const flat = units.every((held) => Math.abs(held[moment] as number) < 1e-6);
          const gross = result.gross[moment] as number;
          expect(flat ? gross < 1e-3 : gross > 0).toBe(true);
          expect(Math.abs(result.net[moment] as number)).toBeLessThanOrEqual(gross * (1 + 1e-12));
        }
      }),
      { numRuns: runs },
    );
  });

  it('fills nothing outside of its bar', () => {
    fc.assert(
      fc.property(worlds, ({ seed, days, how }) => {
        const given = randomMarket(seed, days);
        const result = played(scripted(wild), given, how);
        const { fills } = result;
        for (let i = 0; i < fills.at.length; i++) {
          if (isSettled(result, i)) continue;
          const { bars, row } = barOf(given, result, i);
          expect(fills.price[i]).toBeGreaterThanOrEqual(bars.low[row] as number);
          expect(fills.price[i]).toBeLessThanOrEqual(bars.high[row] as number);
          expect(fills.at[i]).toBeGreaterThanOrEqual(bars.opened[row] as number);
          expect(fills.at[i]).toBeLessThanOrEqual(bars.known[row] as number);
        }
      }),
      { numRuns: runs },
    );
  });

  it('owes nothing without margin, and sells nothing short', () => {
    fc.assert(
      fc.property(worlds, ({ seed, days, how }) => {
        const result = played(scripted(wild), randomMarket(seed, days), {
          ...how,
          account: { kind: 'cash' },
        });
        expect(Math.min(...result.cash)).toBeGreaterThanOrEqual(-1e-6);
        for (const [i, net] of result.net.entries()) {
          expect(net).toBeCloseTo(result.gross[i] as number, 6);
        }
      }),
      { numRuns: runs },
    );
  });

  it('takes no more than its share of a bar’s volume', () => {
    fc.assert(
      fc.property(worlds, ({ seed, days, how }) => {
        const given = randomMarket(seed, days);
        const result = played(scripted(wild), given, {
          ...how,
          execution: 'next-open',
          volumeLimit: 0.3,
        });
        const { fills } = result;
        const taken = new Map<string, { units: number; readonly fill: number }>();
        for (let i = 0; i < fills.at.length; i++) {
          if (isSettled(result, i)) continue;
          const key = `${fills.instrument[i]} ${fills.moment[i]}`;
          const sum = taken.get(key) ?? { units: 0, fill: i };
          sum.units += Math.abs(fills.quantity[i] as number);
          taken.set(key, sum);
        }
        for (const { units, fill } of taken.values()) {
          const { bars, row } = barOf(given, result, fill);
          expect(units).toBeLessThanOrEqual(0.3 * (bars.volume[row] as number) * (1 + 1e-9));
        }
      }),
      { numRuns: runs },
    );
  });

  it('drops no order silently', () => {
    fc.assert(
      fc.property(worlds, ({ seed, days, how }) => {
        const given = randomMarket(seed, days);
        const result = played(scripted(wild), given, how);
        expect(result.orders.map(({ id }) => id)).toEqual(result.orders.map((_, i) => i + 1));
        for (const order of result.orders) expectTold(order, result);
        // Splits change what an order has filled into units of today.
        if (given.instruments.some(({ events }) => events.some(({ kind }) => kind === 'split')))
          return;
        const filled = new Float64Array(result.orders.length + 1);
        for (const [i, id] of result.fills.order.entries()) {
          filled[id] = (filled[id] as number) + Math.abs(result.fills.quantity[i] as number);
        }
        for (const order of result.orders) expect(filled[order.id]).toBeCloseTo(order.filled, 6);
      }),
      { numRuns: runs },
    );
  });

  it('gives the same bits again, in whatever order instruments are given', () => {
    fc.assert(
      fc.property(worlds, ({ seed, days, how }) => {
        const given = randomMarket(seed, days);
        const bytes = resultHashInput(played(scripted(wild), given, how));
        expect(resultHashInput(played(scripted(wild), given, how))).toEqual(bytes);
        const turned = { ...given, instruments: given.instruments.toReversed() };
        expect(resultHashInput(played(scripted(wild), turned, how))).toEqual(bytes);
      }),
      { numRuns: runs / 2 },
    );
  });

  it('does until a day what it does whatever comes later', () => {
    fc.assert(
      fc.property(worlds, fc.nat(), ({ seed, days, how }, cut) => {
        const given = randomMarket(seed, days);
        const whole = played(scripted(wild), given, how);
        const moment = cut % whole.at.length;
        const at = whole.at[moment] as number;
        const chance = seededRandom(seed + 1);
        for (const other of [truncateMarket(given, at), shuffleFuture(given, at, chance)]) {
          const run = played(scripted(wild), other, how);
          expect(run.equity.slice(0, moment + 1)).toEqual(whole.equity.slice(0, moment + 1));
          const until = (result: BacktestResult) =>
            Array.from(result.fills.at, (when, i) => [
              when,
              result.fills.order[i],
              result.fills.price[i],
              result.fills.quantity[i],
            ]).filter(([when]) => (when as number) <= at);
          expect(until(run)).toEqual(until(whole));
        }
      }),
      { numRuns: runs / 2 },
    );
  });

  it('ends with no more money where costs are higher', () => {
    const trade = fc.record({
      day: fc.integer({ min: 1, max: 9 }),
      units: fc.integer({ min: -100, max: 100 }),
    });
    const rate = fc.double({ min: 0, max: 200, noNaN: true });
    fc.assert(
      fc.property(
        fc.nat(),
        fc.array(trade, { maxLength: 10 }),
        rate,
        rate,
        (seed, trades, a, b) => {
          const given = market([instrument(dailyBars(randomRows(seededRandom(seed), 10)))]);
          const final = (kind: 'commission' | 'slippage', bps: number): number => {
            const how = { account: { kind: 'margin', initial: 0.01, maintenance: 0.001 } };
            const run = played(onDays(trades), given, {
              ...how,
              cash: 1e7,
              [kind]: { kind: 'bps', bps },
            });
            return run.equity.at(-1) ?? Number.NaN;
          };
          for (const kind of ['commission', 'slippage'] as const) {
            expect(final(kind, Math.max(a, b))).toBeLessThanOrEqual(
              final(kind, Math.min(a, b)) + 1e-6,
            );
          }
        },
      ),
      { numRuns: runs },
    );
  });

  it('wins and loses nothing by a round trip at one price without costs', () => {
    const price = fc.double({ min: 0.01, max: 1e5, noNaN: true });
    const units = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(price, units, fc.boolean(), (value, quantity, short) => {
        const rows = Array.from({ length: 4 }, (): Row => [value, value, value, value]);
        const strategy = scripted({
          1: ({ orders, instrument: only }) =>
            orders.toQuantity(only, short ? -quantity : quantity),
          2: ({ orders, instrument: only }) => orders.toQuantity(only, 0),
        });
        const result = played(strategy, market([instrument(dailyBars(rows))]), {
          cash: 1e9,
          account: { kind: 'margin' },
        });
        expect(result.equity.at(-1)).toBeCloseTo(1e9, 4);
        expect(result.trades[0]?.net).toBe(0);
      }),
      { numRuns: runs },
    );
  });
});

describe('a strategy', () => {
  const readSafely = (on: object, get: () => unknown): unknown => {
    try {
      return get.call(on);
    } catch (error) {
      // Getters of prototypes refuse what is none of theirs.
      expect(error).toBeInstanceOf(TypeError);
      return undefined;
    }
  };
  /** What a value leads to in one step: its prototype, its properties and what its getters give. */
  const nextTo = (value: object): readonly unknown[] =>
    Reflect.ownKeys(value).flatMap((key) => {
      const { value: own, get, set } = Object.getOwnPropertyDescriptor(value, key) ?? {};
      return [own, get, set, get && readSafely(value, get)];
    });
  const builtIn: readonly unknown[] = [Object.prototype, Function.prototype, Function];

  /** Everything that can be reached from a value by properties, prototypes and constructors. */
  function reachable(from: unknown): readonly unknown[] {
    const seen = new Set<unknown>();
    const todo: unknown[] = [from];
    while (todo.length > 0) {
      const value = todo.pop();
      const leads = (typeof value === 'object' || typeof value === 'function') && value !== null;
      if (!leads || seen.has(value) || builtIn.includes(value)) continue;
      seen.add(value);
      todo.push(Object.getPrototypeOf(value), ...nextTo(value));
    }
    return [...seen];
  }

  it('cannot reach a column, a holding or the account', () => {
    const given = randomMarket(7, 12);
    const columns = new Set<unknown>(
      given.instruments.flatMap(({ bars }) => [bars, ...Object.values(bars)]),
    );
    let looked = 0;
    const strategy = scripted(
      (context) => {
        wild(context);
        context.orders.buy(context.instrument, 1);
        const found = [context, ...context.orders.open].flatMap(reachable);
        for (const value of found) {
          expect(columns.has(value)).toBe(false);
          expect(ArrayBuffer.isView(value) && value.byteLength > 0).toBe(false);
        }
        looked += found.length;
      },
      {
        onFill: (_, fill) => {
          for (const value of reachable(fill)) expect(columns.has(value)).toBe(false);
        },
      },
    );
    played(strategy, given, { limits: { position: 2 } });
    expect(looked).toBeGreaterThan(500);
  });

  it('sees no bar of the future, whatever number it asks for', () => {
    const given = market([instrument(dailyBars(randomRows(seededRandom(3), 20)))]);
    const strategy = scripted(({ instrument: only, count }) => {
      for (const ago of [-1, -5, -0.5, Number.NaN, Number.NEGATIVE_INFINITY, 1e9, 0.5]) {
        expect(only.at('close', ago)).toBeNaN();
      }
      expect(only.last('close', 1e9)).toHaveLength(count);
      expect(only.last('close', -3)).toHaveLength(0);
      expect(only.last('close', Number.NaN)).toHaveLength(0);
    });
    played(strategy, given);
  });

  it('that throws ends its run and says where', () => {
    const given = market([instrument(dailyBars(randomRows(seededRandom(3), 5)))]);
    const strategy = scripted({
      3: () => {
        throw new RangeError('three');
      },
    });
    expect(() => played(strategy, given)).toThrow(
      'onBar at 1970-01-03T17:00:00.000Z: RangeError: three',
    );
  });

  it('that answers later is refused', () => {
    const given = market([instrument(dailyBars(randomRows(seededRandom(3), 5)))]);
    const strategy = { ...scripted({}), onBar: async () => undefined };
    expect(() => played(strategy as never, given)).toThrow('strategies answer at once');
  });

  it('has settings that its table has checked', () => {
    expect(() => settings({ cash: -1 })).toThrow();
  });
});
