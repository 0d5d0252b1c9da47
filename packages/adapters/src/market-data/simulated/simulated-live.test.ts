import { dayFromNumber, dayNumber, weekday } from '@plimsoll/kernel';
import type { TickBatch, TimedBars } from '@plimsoll/ports';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { steppedWorld } from '../../market-data-kit/testing/stepped-world.ts';
import { DayPath, gridSteps } from './day-path.ts';
import simulated from './index.ts';
import { simulatedListings } from './simulated-instruments.ts';

const dayMs = 86_400_000;
const { signal } = new AbortController();
const named = (...symbols: string[]) => symbols.map((symbol) => ({ symbol }));
/** A Wednesday afternoon. */
const now = Date.parse('2026-06-03T14:00:00Z');
const seed = 7;

const open = (startMs = now, ticksPerSecond = 4) => {
  const world = steppedWorld(startMs);
  return { world, provider: simulated.create({ seed, ticksPerSecond }, world) };
};

describe('the path of a simulated day', () => {
  const price = fc.integer({ min: 1, max: 100_000 }).map((cents) => cents / 100);
  const terms = fc.tuple(price, price, price, price).map(([a, b, c, d]) => {
    const [low = 0, ...rest] = [a, b, c, d].sort((x, y) => x - y);
    const high = rest[2] ?? low;
    return {
      open: Math.min(Math.max(a, low), high),
      high,
      low,
      close: Math.min(Math.max(b, low), high),
    };
  });

  it('leads from the open to the close, within low and high', () => {
    fc.assert(
      fc.property(
        terms,
        fc.nat(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (day, name, share) => {
          const path = new DayPath(3, `x ${name}`, day);
          expect(path.at(0)).toBeCloseTo(day.low === day.high ? day.close : day.open, 9);
          expect(path.at(1)).toBeCloseTo(day.close, 9);
          expect(path.at(share)).toBeGreaterThanOrEqual(day.low);
          expect(path.at(share)).toBeLessThanOrEqual(day.high);
        },
      ),
    );
  });

  it('is the same laid out at once as asked for instant by instant', () => {
    const path = new DayPath(3, 'SIM:HARB 20000', { open: 100, high: 104, low: 98, close: 102.5 });
    const grid = path.grid();
    fc.assert(
      fc.property(fc.nat(gridSteps), (i) => {
        expect(path.at(i / gridSteps)).toBeCloseTo(grid[i] ?? Number.NaN, 9);
      }),
    );
  });
});

describe('the simulated market within its days', () => {
  const from = Date.parse('2026-05-18');
  const until = Date.parse('2026-05-25');

  const barsOf = async (symbol: string, timeframe: '1m' | '1h'): Promise<TimedBars> => {
    const read = await open().provider.intraday?.({ symbol }, timeframe, from, until, signal);
    return read?.ok ? read.value.bars : expect.fail('no bars');
  };
  const ofDay = ({ from: starts }: TimedBars, day: number): number[] =>
    [...starts.keys()].filter((i) => Math.floor((starts[i] ?? 0) / dayMs) === day);

  it.each(['SIM:HARB', 'SIM:PLIM', 'SIM:EURUSD', 'SIM:WIDX'])(
    '%s agrees with its daily bars',
    async (symbol) => {
      const [minutes, hours] = [await barsOf(symbol, '1m'), await barsOf(symbol, '1h')];
      const read = await open().provider.daily({ symbol }, '2026-05-18', '2026-05-25', signal);
      if (!read.ok) expect.fail(read.fault.detail);
      const { bars } = read.value;
      expect(bars.days.length).toBe(symbol === 'SIM:PLIM' ? 7 : 5);
      expect(minutes.from).toHaveLength(bars.days.length * 1440);
      expect(hours.from).toHaveLength(bars.days.length * 24);
      for (const [row, day] of bars.days.entries()) {
        for (const finer of [minutes, hours]) {
          const inside = ofDay(finer, day);
          const column = (name: 'high' | 'low') => inside.map((i) => finer[name][i] ?? Number.NaN);
          expect(finer.open[inside[0] ?? -1]).toBe(bars.open[row]);
          expect(finer.close[inside.at(-1) ?? -1]).toBe(bars.close[row]);
          expect(Math.max(...column('high'))).toBeLessThanOrEqual(bars.high[row] ?? 0);
          expect(Math.min(...column('low'))).toBeGreaterThanOrEqual(bars.low[row] ?? 0);
          const volume = inside.reduce((sum, i) => sum + (finer.volume[i] ?? 0), 0);
          expect(volume).toEqual(bars.volume[row]);
        }
      }
    },
  );

  it('has hours that are made of their minutes', async () => {
    const [minutes, hours] = [await barsOf('SIM:PRSM', '1m'), await barsOf('SIM:PRSM', '1h')];
    for (const i of hours.from.keys()) {
      const part = minutes.high.subarray(60 * i, 60 * i + 60);
      expect(hours.high[i]).toBe(Math.max(...part));
      expect(hours.open[i]).toBe(minutes.open[60 * i]);
      expect(hours.close[i]).toBe(minutes.close[60 * i + 59]);
    }
  });

  it('gives no bar that is not over', async () => {
    const read = await open(now + 90_000).provider.intraday?.(
      { symbol: 'SIM:HARB' },
      '1m',
      now,
      now + dayMs,
      signal,
    );
    expect(read?.ok && [...read.value.bars.from]).toEqual([now]);
  });

  it('refuses bars of a symbol that it has not', async () => {
    const read = await open().provider.intraday?.(
      { symbol: 'SIM:NONE' },
      '1h',
      from,
      until,
      signal,
    );
    expect(read).toMatchObject({ ok: false, fault: { code: 'market-data.unknown-symbol' } });
  });

  it('quotes all that it lists, and nothing else', async () => {
    const symbols = [
      ...simulatedListings.map(({ symbol }) => ({ symbol })),
      { symbol: 'SIM:NONE' },
    ];
    const read = await open().provider.quotes?.(symbols, signal);
    const quotes = read?.ok ? read.value : expect.fail('no quotes');
    const taken = simulatedListings.filter(({ symbol }) => symbol !== 'SIM:BRIG');
    expect(quotes.map(({ symbol }) => symbol)).toEqual(taken.map(({ symbol }) => symbol));
    for (const { at, bid, ask, last, previousClose } of quotes) {
      expect(at).toBe(now);
      expect(bid).toBeLessThan(last);
      expect(ask).toBeGreaterThan(last);
      expect(Math.abs(last / previousClose - 1)).toBeLessThan(0.7);
    }
  });

  it('quotes on Sunday what was last on Friday, and the coin of the day', async () => {
    const sunday = Date.parse('2026-06-07T10:00:00Z');
    const { provider } = open(sunday);
    const read = await provider.quotes?.([{ symbol: 'SIM:HARB' }, { symbol: 'SIM:PLIM' }], signal);
    const [share, coin] = read?.ok ? read.value : [];
    const daily = await provider.daily({ symbol: 'SIM:HARB' }, '2026-06-05', '2026-06-06', signal);
    expect(share).toMatchObject({
      at: Date.parse('2026-06-06') - 1,
      last: daily.ok && daily.value.bars.close[0],
    });
    expect(coin?.at).toBe(sunday);
  });

  it('has no live prices without a clock', () => {
    const provider = simulated.create({ seed, ticksPerSecond: 2 });
    expect(provider.stream).toBeUndefined();
    expect(provider.capabilities.quotes).toBeUndefined();
  });
});

describe('the stream of the simulated market', () => {
  const listen = (startMs = now, ticksPerSecond = 4) => {
    const { world, provider } = open(startMs, ticksPerSecond);
    const stop = new AbortController();
    const batches: TickBatch[] = [];
    const states: string[] = [];
    const sink = {
      ticks: (batch: TickBatch) => void batches.push(batch),
      state: (state: string) => void states.push(state),
    };
    const stream = provider.stream?.(sink, stop.signal) ?? expect.fail('no stream');
    const pass = async (ms: number, step = 250): Promise<void> => {
      for (let left = ms; left > 0; left -= step) {
        world.advance(step);
        await Promise.resolve();
        await Promise.resolve();
      }
    };
    const ticks = () =>
      batches.flatMap(({ symbols, of, at, last, bid, tradeId }) =>
        [...of].map((each, i) => ({
          symbol: symbols[each],
          at: at[i],
          last: last[i],
          bid: bid[i],
          id: tradeId[i],
        })),
      );
    return { stream, stop, states, pass, ticks, batches };
  };

  it('gives as many ticks as it is set to, trades and quotes by turns', async () => {
    const { stream, pass, ticks, stop } = listen();
    stream.want(named('SIM:HARB', 'SIM:EURUSD', 'SIM:NONE'));
    await pass(10_000);
    const own = ticks().filter(({ symbol }) => symbol === 'SIM:HARB');
    expect(own).toHaveLength(40);
    expect(own.filter(({ last }) => !Number.isNaN(last ?? Number.NaN))).toHaveLength(20);
    expect(new Set(ticks().map(({ symbol }) => symbol))).toEqual(
      new Set(['SIM:HARB', 'SIM:EURUSD']),
    );
    expect(own.every(({ at = 0 }) => at >= now && at < now + 10_000)).toBe(true);
    stop.abort();
    await stream.ended;
  });

  it('gives the same ticks to whoever listens, whenever he began', async () => {
    const [early, late] = [listen(now - 3000), listen(now)];
    for (const one of [early, late]) one.stream.want(named('SIM:PLIM'));
    await early.pass(8000);
    await late.pass(5000, 500);
    expect(late.ticks().length).toBeGreaterThan(15);
    expect(early.ticks().filter(({ at = 0 }) => at >= now)).toEqual(late.ticks());
    for (const one of [early, late]) one.stop.abort();
  });

  it('has no trades of shares at the weekend, and of the coin as ever', async () => {
    const saturday = Date.parse('2026-06-06T10:00:00Z');
    expect(weekday(dayNumber(dayFromNumber((saturday / dayMs) | 0)))).toBe(5);
    const { stream, pass, ticks, stop } = listen(saturday);
    stream.want(named('SIM:HARB', 'SIM:PLIM'));
    await pass(5000);
    expect(new Set(ticks().map(({ symbol }) => symbol))).toEqual(new Set(['SIM:PLIM']));
    stop.abort();
  });

  it('passes over the night that it slept through', async () => {
    const { stream, pass, ticks, stop } = listen();
    stream.want(named('SIM:HARB'));
    await pass(3_600_000, 3_600_000);
    expect(ticks().length).toBeLessThanOrEqual(20);
    stop.abort();
  });

  it('stops when it is told to', async () => {
    const { stream, pass, ticks, stop, states } = listen();
    stream.want(named('SIM:HARB'));
    await pass(1000);
    stop.abort();
    await stream.ended;
    const count = ticks().length;
    await pass(5000);
    expect(ticks()).toHaveLength(count);
    expect(states).toEqual(['connecting', 'open']);
  });
});
