import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import parquet from '@plimsoll/adapters/bars';
import folder from '@plimsoll/adapters/objects-folder';
import { plainInstrument } from '@plimsoll/domain';
import { dayNumber, present, price } from '@plimsoll/kernel';
import { type DailyBars, marketWorkspace, type NewMarketAction, type Store } from '@plimsoll/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestEngine, testEngine } from '../testing/test-engine.ts';
import { loadMarket } from './load-market.ts';
import { type RunConfig, readRunConfig } from './run-config.ts';

let world: TestEngine;
let store: Store;
let workspace: string;

const weekdays = (first: string, count: number): number[] => {
  const days: number[] = [];
  for (let day = dayNumber(first); days.length < count; day++) {
    // 1970-01-01 was a Thursday.
    if ((day + 4) % 7 !== 0 && (day + 4) % 7 !== 6) days.push(day);
  }
  return days;
};

function barsOn(days: readonly number[], close: (i: number) => number, whole = true): DailyBars {
  const column = (of: (i: number) => number) => Float64Array.from(days, (_, i) => of(i));
  return {
    days: Int32Array.from(days),
    open: column((i) => (whole ? close(i) * 0.99 : Number.NaN)),
    high: column((i) => (whole ? close(i) * 1.02 : Number.NaN)),
    low: column((i) => (whole ? close(i) * 0.98 : Number.NaN)),
    close: column(close),
    adjustedClose: column(() => Number.NaN),
    volume: column(() => 1000),
  };
}

const action = (
  of: Pick<NewMarketAction, 'id' | 'instrumentId' | 'kind' | 'day' | 'value'> &
    Partial<NewMarketAction>,
): NewMarketAction => ({
  payDay: null,
  currency: 'USD',
  other: null,
  second: null,
  source: 'by hand',
  withdrawn: false,
  ...of,
});

const apple = { id: 'apple', kind: 'equity', name: 'Apple', currency: 'USD' } as const;

beforeAll(async () => {
  world = await testEngine();
  ({ store } = world);
  workspace = await world.workspace();
  const days = weekdays('2024-01-02', 60);
  await store.write(workspace, async (unit) => {
    await unit.catalogue.saveInstruments([
      plainInstrument({ ...apple, symbol: 'AAPL', mic: 'XNAS', isin: 'US0378331005' }),
      plainInstrument({
        ...apple,
        id: 'vod',
        name: 'Vodafone',
        currency: 'GBP',
        symbol: 'VOD',
        mic: 'XLON',
        priceFactor: price('0.01'),
      }),
      plainInstrument({ ...apple, id: 'fund', name: 'Fund', symbol: 'FUND' }),
      plainInstrument({
        ...apple,
        id: 'twin',
        name: 'Apple in Frankfurt',
        currency: 'EUR',
        symbol: 'TWIN',
        mic: 'XFRA',
      }),
      plainInstrument({
        ...apple,
        id: 'twin2',
        name: 'Apple on Xetra',
        currency: 'EUR',
        symbol: 'TWIN',
        mic: 'XETR',
      }),
      plainInstrument({ ...apple, id: 'empty', name: 'Empty', symbol: 'EMPTY' }),
      plainInstrument({ ...apple, id: 'gbpusd', kind: 'fx', name: 'GBP/USD', symbol: 'GBPUSD' }),
    ]);
    // A split of two for one on the eleventh day, prices as they traded.
    await unit.prices.merge(
      'apple',
      barsOn(days, (i) => (i < 10 ? 200 : 100) + i),
      'csv',
    );
    await unit.prices.merge(
      'vod',
      barsOn(days, (i) => 80 + i),
      'csv',
    );
    await unit.prices.merge(
      'fund',
      barsOn(days, (i) => 10 + i, false),
      'csv',
    );
    await unit.prices.merge(
      'gbpusd',
      barsOn(days, (i) => 1.25 + i / 1000),
      'csv',
    );
    await unit.actions.save([
      action({
        id: 'split',
        instrumentId: 'apple',
        kind: 'split',
        day: '2024-01-16',
        value: '2:1',
        currency: null,
      }),
      action({
        id: 'paid',
        instrumentId: 'apple',
        kind: 'dividend',
        day: '2024-02-09',
        value: '0.24',
        payDay: '2024-02-15',
      }),
      action({
        id: 'gone',
        instrumentId: 'vod',
        kind: 'delisting',
        day: '2024-03-22',
        value: '0.9',
        currency: 'GBP',
      }),
    ]);
    const source = 'by hand';
    await unit.reference.saveMembers([
      { index: '^TEST', symbol: 'AAPL', from: '2020-01-01', until: '2024-02-01', source },
      { index: '^TEST', symbol: 'VOD', from: '2024-02-01', until: null, source },
      { index: '^TEST', symbol: 'LEHMAN', from: '2000-01-01', until: '2024-01-20', source },
    ]);
  });
  await store.write(marketWorkspace, async (unit) => {
    await unit.catalogue.saveInstruments([
      plainInstrument({
        ...apple,
        id: 'listed-sap',
        name: 'SAP',
        currency: 'EUR',
        symbol: 'SAP',
        mic: 'XETR',
      }),
    ]);
    await unit.prices.merge(
      'listed-sap',
      barsOn(days, (i) => 140 + i),
      'provider',
    );
  });
}, 60_000);
afterAll(() => world.close());

const config = (given: Readonly<Record<string, unknown>>): RunConfig => {
  const read = readRunConfig({ strategy: 'any', ...given });
  if (!read.ok) throw new Error(read.fault.detail);
  return read.value;
};
const load = (given: Readonly<Record<string, unknown>>) =>
  loadMarket({ store }, workspace, config(given));
const loaded = async (given: Readonly<Record<string, unknown>>) => {
  const found = await load(given);
  if (!found.ok) throw new Error(found.fault.detail);
  return found.value;
};
const refused = async (given: Readonly<Record<string, unknown>>) => {
  const found = await load(given);
  return found.ok ? 'loaded' : found.fault.detail;
};
const at = (instant: string): number => Date.parse(instant);

describe('the market of a run', () => {
  it('has bars as traded, known when New York closes', async () => {
    const { market, tradeFrom } = await loaded({ universe: ['AAPL'], from: '2024-01-10' });
    const { bars, currency, step } = present(market.instruments[0], 'AAPL');
    expect({ currency, step, count: bars.close.length }).toEqual({
      currency: 'USD',
      step: 1,
      count: 60,
    });
    expect([...bars.close.slice(8, 12)]).toEqual([208, 209, 110, 111]);
    expect(bars.opened[0]).toBe(at('2024-01-02T14:30:00Z'));
    expect(bars.known[0]).toBe(at('2024-01-02T21:00:00Z'));
    // The clocks have changed.
    expect(bars.known[59]).toBe(at('2024-03-25T20:00:00Z'));
    expect(new Set(bars.edges)).toEqual(new Set([3]));
    expect(tradeFrom).toBe(at('2024-01-10T00:00:00Z'));
  });

  it('has splits, dividends and ends at the open of their day', async () => {
    const { market } = await loaded({ universe: ['AAPL', 'VOD'], base: 'USD' });
    const [aapl, vod] = market.instruments;
    expect(aapl?.events).toEqual([
      { kind: 'split', at: at('2024-01-16T14:30:00Z'), ratio: 2 },
      {
        kind: 'dividend',
        at: at('2024-02-09T14:30:00Z'),
        perUnit: 0.24,
        paidAt: at('2024-02-16T00:00:00Z'),
      },
    ]);
    expect(vod?.events).toEqual([
      { kind: 'delisting', at: at('2024-03-22T08:00:00Z'), value: 0.9 },
    ]);
  });

  it('counts pence in pounds and brings rates, known when their day has ended', async () => {
    const { market } = await loaded({ universe: ['VOD'], base: 'USD' });
    const { bars, currency } = present(market.instruments[0], 'VOD');
    expect([currency, bars.close[0]]).toEqual(['GBP', 0.8]);
    const rates = present(market.rates[0], 'GBP');
    expect([rates.known[0], rates.rate[0]]).toEqual([at('2024-01-03T00:00:00Z'), 1.25]);
  });

  it('uses the close where nothing else is known, and says so', async () => {
    const { market, notes } = await loaded({ universe: ['FUND'] });
    const { bars } = present(market.instruments[0], 'FUND');
    expect([bars.open[0], bars.high[0], bars.low[0], bars.close[0]]).toEqual([10, 10, 10, 10]);
    expect(notes.join(' ')).toMatch(/Only the close is known of FUND on 60 days/);
    expect(notes.join(' ')).toMatch(/exchange of FUND is not known/);
  });

  it('ends with the last day that is asked for', async () => {
    const { market } = await loaded({ universe: ['AAPL'], to: '2024-01-12' });
    expect(market.instruments[0]?.bars.close.length).toBe(9);
    expect(market.instruments[0]?.events).toEqual([]);
  });

  it('finds instruments by ISIN, by id and by venue, and public listings', async () => {
    const { market } = await loaded({ universe: ['us0378331005', 'vod'], base: 'USD' });
    expect(market.instruments.map(({ id }) => id)).toEqual(['AAPL', 'VOD']);
    const listed = await loaded({ universe: ['SAP@XETR'] });
    expect(listed.market.base).toBe('EUR');
  });

  it('has members of an index while they are members, and says who is missing', async () => {
    const { market, notes } = await loaded({ universe: { index: '^TEST' }, base: 'USD' });
    const [aapl, vod] = market.instruments;
    expect(aapl?.bars.known.at(-1)).toBe(at('2024-01-31T21:00:00Z'));
    expect(aapl?.events.at(-1)).toEqual({
      kind: 'delisting',
      at: at('2024-02-01T14:30:00Z'),
      value: null,
    });
    expect(vod?.bars.opened[0]).toBe(at('2024-02-01T08:00:00Z'));
    expect(notes.join(' ')).toMatch(/1 of 3 members have no prices in the record \(LEHMAN\)/);
  });

  it('warns of survivors where instruments are named', async () => {
    const { notes } = await loaded({ universe: ['AAPL'] });
    expect(notes.join(' ')).toMatch(/those that did not survive are not among them/);
  });

  it('has levels to hold it against, with what was paid, in the base', async () => {
    const { benchmark } = await loaded({
      universe: ['VOD'],
      base: 'USD',
      benchmark: 'AAPL',
      to: '2024-02-12',
    });
    const { at: when, level } = present(benchmark, 'the benchmark');
    expect(when.length).toBe(30);
    expect(when[0]).toBe(at('2024-01-02T21:00:00Z'));
    // Two for one: 209 before is 104.5 of today's units, and the dividend is in the step of its day.
    expect((level[10] as number) / (level[9] as number)).toBeCloseTo(110 / 104.5, 12);
  });

  it.each([
    [{ universe: ['AAPLE'] }, /There is no instrument "AAPLE"/],
    [{ universe: ['TWIN'] }, /TWIN names 2 instruments: TWIN@XFRA in EUR, TWIN@XETR in EUR/],
    [{ universe: ['EMPTY'] }, /There are no bars of EMPTY/],
    [{ universe: ['AAPL', 'VOD'] }, /are in USD, GBP\. Say the currency/],
    [{ universe: ['SAP'], base: 'JPY' }, /No rate from EUR to JPY/],
    [{ universe: ['AAPL', 'apple'] }, /names AAPL a second time/],
    [{ universe: { index: '^NONE' } }, /No members of \^NONE are known.*\^TEST/],
    [{ universe: ['AAPL'], benchmark: 'NOBODY' }, /There is no instrument "NOBODY"/],
    [{ universe: ['AAPL'], timeframe: '5m' }, /There are no bars of AAPL/],
    [{ universe: ['AAPL'], to: '1999-01-01' }, /There are no bars of AAPL in the period/],
  ])('refuses %o', async (given, words) => {
    expect(await refused(given)).toMatch(words);
  });

  it('has one fingerprint for the same data, whatever their order, and another for other data', async () => {
    const print = async (given: Readonly<Record<string, unknown>>) =>
      (await loaded(given)).fingerprint;
    const both = await print({ universe: ['AAPL', 'VOD'], base: 'USD' });
    expect(await print({ universe: ['VOD', 'AAPL'], base: 'USD', cash: 5 })).toBe(both);
    expect(await print({ universe: ['VOD', 'AAPL'], base: 'GBP' })).not.toBe(both);
    expect(await print({ universe: ['VOD', 'AAPL'], base: 'USD', to: '2024-02-20' })).not.toBe(
      both,
    );
  });
});

describe('bars within a day', () => {
  const objects = mkdtempSync(join(tmpdir(), 'plimsoll-objects-'));
  const hour = 3_600_000;
  const opens = Date.parse('2024-01-02T14:30:00Z');
  // Seven bars a session, the last of half an hour, on the first two days.
  const from = [0, 1].flatMap((day) =>
    Array.from({ length: 7 }, (_, i) => opens + day * 24 * hour + i * hour),
  );
  let bars: ReturnType<typeof parquet.open>;
  beforeAll(async () => {
    let ids = 0;
    const newId = () => `bars-${ids++}`;
    const clock = { now: () => '2026-06-30T12:00:00.000Z' };
    bars = parquet.open({ store, objects: await folder.open(objects), clock, newId });
    const column = (price: (i: number) => number) => Float64Array.from(from, (_, i) => price(i));
    await bars.write(workspace, 'apple', {
      timeframe: '1h',
      source: 'csv',
      bars: {
        from: Float64Array.from(from),
        open: column((i) => 200 + i / 100),
        // The first day reaches the high and the low of its bar, 204 and 196; the second does not.
        high: column((i) => (i === 2 ? 204 : 200.5 + i / 100)),
        low: column((i) => (i === 4 ? 196 : 199.5 + i / 100)),
        close: column((i) => 200 + i / 100),
        volume: column(() => 10),
      },
    });
  }, 60_000);
  afterAll(async () => {
    await bars.close();
    rmSync(objects, { recursive: true, force: true });
  });
  const within = async (given: Readonly<Record<string, unknown>>) => {
    const found = await loadMarket(
      { store, bars },
      workspace,
      config({ universe: ['AAPL'], ...given }),
    );
    if (!found.ok) throw new Error(found.fault.detail);
    return found.value;
  };

  it('are known when they are complete, the last of a session at its close', async () => {
    const { market } = await within({ timeframe: '1h' });
    const { known, opened, session, edges } = present(market.instruments[0], 'AAPL').bars;
    expect(known.length).toBe(14);
    expect(opened[0]).toBe(opens);
    expect(known[0]).toBe(opens + hour);
    expect(known[6]).toBe(Date.parse('2024-01-02T21:00:00Z'));
    expect([...edges.slice(0, 8)]).toEqual([1, 0, 0, 0, 0, 0, 2, 1]);
    expect(session[6]).toBe(dayNumber('2024-01-02'));
    expect(session[7]).toBe(dayNumber('2024-01-03'));
  });

  it('settle what came first in a bar of a day that they make up whole', async () => {
    const { market, notes } = await within({ timeframe: '1d' });
    const { finer } = present(market.instruments[0], 'AAPL');
    expect(new Set(finer?.session)).toEqual(new Set([dayNumber('2024-01-02')]));
    expect(finer?.known.length).toBe(7);
    expect(notes.join(' ')).toMatch(/of AAPL is settled by its bars of 1h/);
  });
});
