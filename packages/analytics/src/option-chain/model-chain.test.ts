import { dayNumber, invariant, present, readParameters } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { truncateMarket } from '../backtest/cut-market.ts';
import type { BacktestInstrument } from '../backtest/market.ts';
import { runBacktest } from '../backtest/run-backtest.ts';
import { blackScholesPrice } from '../pricing/black-scholes.ts';
import { strategies } from '../strategies/registry.gen.ts';
import { dayMs, dayNumberOf } from '../strategy-kit/schedule.ts';
import { marketOf, randomMarket, settingsOf } from '../strategy-kit/testing/random-market.ts';
import { type OptionChainParameters, optionChainParameters } from './chain-parameters.ts';
import { expiryDays } from './expiry-days.ts';
import { modelChain } from './model-chain.ts';
import { niceStep } from './nice-step.ts';

const asked = (given: Readonly<Record<string, unknown>> = {}): OptionChainParameters => {
  const read = readParameters(optionChainParameters, { window: 5, strikes: 2, ahead: 2, ...given });
  invariant(read.ok, read.ok ? '' : read.fault.detail);
  return read.value;
};

const underlying = (seed: number, bars = 90): BacktestInstrument =>
  present(randomMarket({ seed, bars }).instruments[0], 'A');

const seeds = fc.integer({ min: 0, max: 1_000_000 });

const termsOf = ({ option }: BacktestInstrument) => present(option, 'an option');

describe('days of expiry', () => {
  const first = (expiries: 'monthly' | 'weekly', from: string, count: number) => {
    const days = expiryDays(expiries, dayNumber(from));
    return Array.from({ length: count }, () => days.next().value);
  };

  it('are third Fridays, or all', () => {
    const months = ['2024-01-19', '2024-02-16', '2024-03-15'].map(dayNumber);
    expect(first('monthly', '2024-01-02', 3)).toEqual(months);
    expect(first('monthly', '2024-01-19', 1)).toEqual([dayNumber('2024-01-19')]);
    expect(first('monthly', '2023-12-16', 1)).toEqual([dayNumber('2024-01-19')]);
    const weeks = ['2024-01-05', '2024-01-12'].map(dayNumber);
    expect(first('weekly', '2024-01-01', 2)).toEqual(weeks);
  });
});

it('steps of strikes are round', () => {
  expect([2.6, 11, 4.4, 0.03, 80].map(niceStep)).toEqual([2.5, 10, 5, 0.025, 100]);
});

/** Prices within their bars, none below 0, and what exercise brings at the end. */
function checkPrices(of: BacktestInstrument, { bars, option }: BacktestInstrument): void {
  const { right, strike, expires } = present(option, 'an option');
  const { open, high, low, close, known } = bars;
  const isWithin = (price: number, i: number): boolean =>
    0 <= (low[i] as number) && (low[i] as number) <= price && price <= (high[i] as number);
  expect(open.every(isWithin) && close.every(isWithin)).toBe(true);
  const end = known.indexOf(expires);
  if (end < 0) return;
  const spot = of.bars.close[of.bars.known.indexOf(expires)] as number;
  expect(close[end]).toBeCloseTo(Math.max(0, right === 'call' ? spot - strike : strike - spot), 9);
}

describe('a chain of a model', () => {
  it('knows nothing of what comes later', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 8, max: 85 }), (seed, cut) => {
        const whole = underlying(seed);
        const at = whole.bars.known[cut] as number;
        const market = { base: 'USD', instruments: [whole], rates: [], notes: [] };
        const part = present(truncateMarket(market, at).instruments[0], 'A');
        const known = ({ id, bars, option }: BacktestInstrument) => {
          const rows = bars.known.filter((time) => time <= at).length;
          const prices = [bars.open, bars.high, bars.low, bars.close].map((column) => [
            ...column.slice(0, rows),
          ]);
          return rows === 0 ? [] : [{ id, strike: option?.strike, prices }];
        };
        // An expiry after the end of the data is named by its Friday, whether or not that is a holiday.
        expect(modelChain(part, asked()).instruments.flatMap(known)).toEqual(
          modelChain(whole, asked()).instruments.flatMap(known),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('has prices without arbitrage', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const of = underlying(seed);
        for (const option of modelChain(of, asked()).instruments) checkPrices(of, option);
      }),
      { numRuns: 10 },
    );
  });

  it('has strikes on both sides of every price, of each expiry that is listed', () => {
    const of = underlying(3);
    const { instruments } = modelChain(of, asked());
    for (let row = 10; row < 60; row++) {
      const at = of.bars.known[row] as number;
      const spot = of.bars.close[row - 1] as number;
      const calls = instruments.filter(
        ({ bars, option }) => option?.right === 'call' && bars.known.includes(at),
      );
      const expiries = new Set(calls.map((call) => termsOf(call).expires));
      expect(expiries.size).toBe(2);
      for (const expires of expiries) {
        const strikes = calls.map(termsOf).filter((terms) => terms.expires === expires);
        expect(strikes.filter(({ strike }) => strike > spot).length).toBeGreaterThanOrEqual(1);
        expect(strikes.filter(({ strike }) => strike < spot).length).toBeGreaterThanOrEqual(1);
      }
    }
  });

  it('is priced with the volatility before the bar, times the factor', () => {
    const closes = Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? 100 : 101));
    const of = present(marketOf({ A: closes }).instruments[0], 'A');
    const parameters = asked({ window: 4, factor: 1.2, rate: 0.03 });
    const option = present(modelChain(of, parameters).instruments[0], 'an option');
    // Two rises and two falls of ln 1.01 in the days from 2 to 8 January; the first bar is of the 9th.
    expect(option.bars.known[0]).toBe(of.bars.known[5]);
    const sample = Math.sqrt((4 * Math.log(1.01) ** 2) / 3);
    const years = ((of.bars.known[4] as number) - (of.bars.known[0] as number)) / dayMs / 365.25;
    const { right, strike, expires } = termsOf(option);
    expect(option.bars.close[0]).toBeCloseTo(
      blackScholesPrice({
        kind: right,
        spot: 101,
        strike,
        years: (dayNumberOf(expires) - dayNumberOf(of.bars.known[5] as number)) / 365,
        rate: 0.03,
        dividendYield: 0,
        volatility: 1.2 * sample * Math.sqrt(4 / years),
      }),
      12,
    );
  });

  it('expires the day before where the Friday is a holiday', () => {
    const of = underlying(1, 60);
    // 17 January 2020 taken out: the third Friday.
    const row = [...of.bars.known].findIndex((at) => dayNumberOf(at) === dayNumber('2020-01-17'));
    const without = <T extends Float64Array | Uint8Array>(column: T): T =>
      column.filter((_: number, i: number) => i !== row) as T;
    const { bars } = of;
    const closed = {
      ...of,
      bars: {
        from: without(bars.from),
        opened: without(bars.opened),
        known: without(bars.known),
        session: without(bars.session),
        edges: without(bars.edges),
        open: without(bars.open),
        high: without(bars.high),
        low: without(bars.low),
        close: without(bars.close),
        volume: without(bars.volume),
      },
    };
    const [option] = modelChain(closed, asked()).instruments;
    expect(option && dayNumberOf(termsOf(option).expires)).toBe(dayNumber('2020-01-16'));
  });

  it('pays options out before a split and lists others', () => {
    const of = underlying(4);
    const at = of.bars.opened[30] as number;
    const halved = { ...of, events: [{ kind: 'split', at, ratio: 2 } as const] };
    const { instruments } = modelChain(halved, asked());
    expect(new Set(instruments.map(({ id }) => id)).size).toBe(instruments.length);
    const over = instruments.filter(
      ({ bars }) => (bars.known[0] as number) < at && (bars.known.at(-1) as number) > at,
    );
    expect(over).toEqual([]);
    const paid = instruments.filter(({ events }) => events.length > 0);
    expect(paid.length).toBeGreaterThan(0);
    for (const { bars, events } of paid) {
      expect(events).toEqual([{ kind: 'delisting', at, value: bars.close.at(-1) }]);
    }
  });

  it('has nothing to list where volatility is not known', () => {
    expect(modelChain(underlying(1, 5), asked())).toEqual({ instruments: [], notes: [] });
  });
});

describe('strategies on a chain, worked by hand', () => {
  /** 100 at every bar: options are priced with the least volatility, and end where they began. */
  const market = marketOf({ A: new Array<number>(40).fill(100) });
  const of = present(market.instruments[0], 'A');
  const chain = modelChain(of, asked({ contract: 10 }));
  const whole = { ...market, instruments: [of, ...chain.instruments] };
  const run = (id: string, params: Readonly<Record<string, unknown>>, account = 'cash') => {
    const strategy = present(
      strategies.find((each) => each.id === id),
      id,
    );
    const result = runBacktest(
      strategy,
      params,
      whole,
      settingsOf({ cash: 5000, account: { kind: account } }),
    );
    invariant(result.ok, result.ok ? '' : result.fault.detail);
    const { fills, instrumentIds } = result.value;
    const told = Array.from(fills.at, (_, i) => {
      const id = instrumentIds[fills.instrument[i] as number];
      return `${fills.moment[i]} ${fills.quantity[i]} ${id}`;
    });
    return { told, result: result.value };
  };
  const named = (id: string) =>
    present(
      chain.instruments.find((each) => each.id === id),
      id,
    );
  const ended = (id: string) => termsOf(named(id)).expires <= (of.bars.known.at(-1) as number);
  const lastOf = (id: string) => named(id).bars.close.at(-1) as number;
  const premium = (id: string, row: number): number => {
    const option = named(id);
    const at = option.bars.known.indexOf(of.bars.known[row] as number);
    return option.bars.open[at] as number;
  };

  it('sells calls on all that is held, and keeps the premium', () => {
    const { told, result } = run('covered-call', { days: 20 });
    // Listed on bar 6; bought on bar 7 and covered on bar 8.
    expect(told[0]).toBe('7 50 A');
    expect(told[1]).toMatch(/^8 -5 A 2020-0[12]-\d\d C 100$/);
    // What was had for calls, less what those still open would cost now.
    const kept = told.slice(1).map((line) => {
      const [row = '', quantity = '', ...words] = line.split(' ');
      const id = words.join(' ');
      if (Number(quantity) > 0) return 0;
      return 50 * (premium(id, Number(row)) - (ended(id) ? 0 : lastOf(id)));
    });
    const gained = kept.reduce((sum, each) => sum + each, 0);
    expect(gained).toBeGreaterThan(0);
    expect(result.equity.at(-1)).toBeCloseTo(5000 + gained, 8);
    expect(result.orders.some(({ kind }) => kind === 'expiry')).toBe(true);
  });

  it('sells as many puts as the cash can take', () => {
    const { told, result } = run('cash-secured-put', { days: 20 });
    expect(told[0]).toMatch(/^7 -5 A 2020-0\d-\d\d P 100$/);
    expect(result.equity.at(-1)).toBeGreaterThan(5000);
  });

  it('opens and closes both sides of a spread together', () => {
    const params = { days: 25, leaveAt: 10, risk: 0.1 };
    const { told, result } = run('vertical-spread', params, 'margin');
    expect(told.length).toBeGreaterThanOrEqual(4);
    const quantities = told.map((line) => line.split(' ').slice(0, 2).map(Number));
    for (let i = 0; i + 1 < told.length; i += 2) {
      const [[bar, one], [same, other]] = quantities.slice(i, i + 2) as [number[], number[]];
      expect([same, other]).toEqual([bar, -(one as number)]);
    }
    expect(told.every((line) => line.includes(' P '))).toBe(true);
    // The most that can be lost is a tenth of 5,000 a spread; nothing moved, so the premium was kept.
    expect(result.equity.at(-1)).toBeGreaterThan(5000);
  });
});
