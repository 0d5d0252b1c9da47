import { dayNumber, seededRandom } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barsOfTicks, resample } from './resample.ts';
import { type ChangedBars, createRollup, type Rollup } from './rollup.ts';
import { alwaysOpen, type Sessions } from './sessions.ts';
import type { TickColumns, TimedBars } from './timed-bars.ts';
import { type ClockTimeframe, type Timeframe, timeframeMs } from './timeframe.ts';

const minute = 60_000;
const hour = 60 * minute;
const dayMs = 24 * hour;
const monday = dayNumber('2024-03-04') * dayMs;

/** Hong Kong hours: 9:30 to 12:00 and 13:00 to 16:00, eight hours ahead of UTC, Monday to Friday. */
const hongKong: Sessions = {
  session: (day) =>
    (day + 3) % 7 > 4
      ? null
      : {
          open: day * dayMs + 1.5 * hour,
          close: day * dayMs + 8 * hour,
          breaks: [{ from: day * dayMs + 4 * hour, until: day * dayMs + 5 * hour }],
        },
};

interface Tick {
  readonly at: number;
  readonly price: number;
  readonly size: number;
}

/** Whole numbers of ticks, so that sums are exact; some sizes unknown; gaps from none to hours. */
const anyTicks = fc
  .array(
    fc.record({
      gap: fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 3 * hour })),
      price: fc.integer({ min: 1, max: 500 }),
      size: fc.oneof(fc.integer({ min: 0, max: 900 }), fc.constant(Number.NaN)),
    }),
    { maxLength: 120 },
  )
  .map((steps) => {
    let at = monday;
    return steps.map(({ gap, price, size }): Tick => {
      at += gap;
      return { at, price, size };
    });
  });

const columns = (ticks: readonly Tick[]): TickColumns => ({
  at: Float64Array.from(ticks, ({ at }) => at),
  price: Float64Array.from(ticks, ({ price }) => price),
  size: Float64Array.from(ticks, ({ size }) => size),
});

const anySessions = fc.constantFrom(alwaysOpen, hongKong);
const known = (values: Iterable<number>): number[] => [...values].filter((v) => !Number.isNaN(v));
const total = (values: Iterable<number>): number => known(values).reduce((a, b) => a + b, 0);

describe('resampling', () => {
  it('in steps gives what resampling at once gives', () => {
    fc.assert(
      fc.property(
        anyTicks,
        anySessions,
        fc.subarray<Timeframe>(['1s', '1m', '5m', '15m', '1h', '1d'], { minLength: 2 }),
        (ticks, sessions, frames) => {
          const last = frames.at(-1) as Timeframe;
          const atOnce = barsOfTicks(columns(ticks), last, sessions);
          let bars: TimedBars = barsOfTicks(columns(ticks), frames[0] as Timeframe, sessions).bars;
          for (const frame of frames.slice(1)) bars = resample(bars, frame, sessions).bars;
          expect(bars).toEqual(atOnce.bars);
        },
      ),
    );
  });

  it('conserves volume, keeps each price within its bar and counts what is outside', () => {
    fc.assert(
      fc.property(
        anyTicks,
        anySessions,
        fc.constantFrom<Timeframe>('1s', '1m', '1h', '1d'),
        (ticks, sessions, frame) => {
          const { bars, outside } = barsOfTicks(columns(ticks), frame, sessions);
          if (outside === 0) {
            expect(total(bars.volume)).toBe(total(ticks.map(({ size }) => size)));
          }
          expect(outside === 0 || (frame === '1d' && sessions === hongKong)).toBe(true);
          for (let i = 0; i < bars.from.length; i++) {
            const [open, high] = [bars.open[i] as number, bars.high[i] as number];
            const [low, close] = [bars.low[i] as number, bars.close[i] as number];
            expect(low <= Math.min(open, close) && Math.max(open, close) <= high).toBe(true);
            expect(i === 0 || (bars.from[i - 1] as number) < (bars.from[i] as number)).toBe(true);
          }
        },
      ),
    );
  });

  it('leaves no tick before its bar nor after its end', () => {
    fc.assert(
      fc.property(anyTicks, anySessions, (ticks, sessions) => {
        for (const { at, price, size } of ticks) {
          const { bars } = barsOfTicks(columns([{ at, price, size }]), '1h', sessions);
          const from = bars.from[0] as number;
          expect(from <= at && at < from + hour).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('a roll-up', () => {
  const frames: readonly ClockTimeframe[] = ['1s', '1m', '5m'];
  const feed = (rollup: Rollup, ticks: readonly Tick[]): void => {
    for (const { at, price, size } of ticks) rollup.add(7, at, price, size);
  };
  /** The bars that a reader has who puts each changed one in its place. */
  const kept = (told: readonly ChangedBars[]): TimedBars => {
    const rows = new Map<number, readonly number[]>();
    for (const { of, bars } of told) {
      for (let i = 0; i < of.length; i++) {
        const { from, open, high, low, close, volume } = bars;
        rows.set(
          from[i] as number,
          [from, open, high, low, close, volume].map((column) => column[i] as number),
        );
      }
    }
    const sorted = [...rows.values()].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
    const column = (at: number) => Float64Array.from(sorted, (row) => row[at] ?? Number.NaN);
    return {
      from: column(0),
      open: column(1),
      high: column(2),
      low: column(3),
      close: column(4),
      volume: column(5),
    };
  };

  it('gives the bars of all ticks for any split, and in any order within its bound', () => {
    fc.assert(
      fc.property(
        anyTicks,
        fc.constantFrom(...frames),
        fc.array(fc.nat({ max: 120 }), { maxLength: 5 }),
        fc.integer({ min: 0, max: 90_000 }),
        (ticks, timeframe, cuts, lateMs) => {
          const arrived = delayed(ticks, lateMs);
          const rollup = createRollup({ timeframe, lateMs });
          const told: ChangedBars[] = [];
          const bounds = [0, ...cuts.map((cut) => Math.min(cut, ticks.length)), ticks.length];
          bounds.sort((a, b) => a - b);
          for (let i = 1; i < bounds.length; i++) {
            feed(rollup, arrived.slice(bounds[i - 1], bounds[i]));
            told.push(rollup.drain(Number.NEGATIVE_INFINITY));
          }
          told.push(rollup.drain(monday + 365 * dayMs));
          expect(kept(told)).toEqual(barsOfTicks(columns(ticks), timeframe, alwaysOpen).bars);
          expect(total(told.map(({ refused }) => refused.late))).toBe(0);
          const finals = told.flatMap(({ bars, final }) =>
            [...bars.from].filter((_, i) => final[i] === 1),
          );
          expect(new Set(finals).size).toBe(finals.length);
          expect(finals.length).toBe(kept(told).from.length);
        },
      ),
    );
  });

  /** Each tick comes up to `lateMs` late; of those with one time the order stays. */
  function delayed(ticks: readonly Tick[], lateMs: number): Tick[] {
    const random = seededRandom(ticks.length);
    const delayOf = new Map(ticks.map(({ at }) => [at, random.next() * lateMs]));
    return ticks
      .map((tick, place) => ({ tick, place, came: tick.at + (delayOf.get(tick.at) ?? 0) }))
      .sort((a, b) => a.came - b.came || a.place - b.place)
      .map(({ tick }) => tick);
  }

  it('refuses and counts what comes later than its bound, is dated ahead or has no price', () => {
    const rollup = createRollup({ timeframe: '1m', lateMs: 30_000, aheadMs: 5_000 });
    rollup.drain(monday);
    rollup.add(0, monday + 1_000, 10, 1);
    rollup.add(0, monday + 5_001, 99, 1);
    rollup.add(0, monday + 2_000, Number.NaN, 1);
    rollup.add(0, Number.NaN, 10, 1);
    const first = rollup.drain(monday + 89_999);
    expect([...first.bars.close]).toEqual([10]);
    expect([...first.final]).toEqual([0]);
    expect(first.refused).toEqual({ late: 0, ahead: 2, unpriced: 1 });
    rollup.add(0, monday + 3_000, 12, 1);
    const second = rollup.drain(monday + 90_000);
    expect([[...second.bars.close], [...second.final], [...second.ticks]]).toEqual([
      [12],
      [1],
      [2],
    ]);
    rollup.add(0, monday + 4_000, 13, 1);
    const third = rollup.drain(monday + 90_000);
    expect([third.of.length, third.refused.late]).toEqual([0, 1]);
  });

  it('keeps instruments apart and gives them in order', () => {
    const rollup = createRollup({ timeframe: '1s', lateMs: 0 });
    for (const one of [300, 2, 40]) {
      rollup.add(one, monday + 500, one, Number.NaN);
      rollup.add(one, monday + 1_500, one + 1, 5);
    }
    const { of, bars, final } = rollup.drain(monday);
    expect([...of]).toEqual([2, 2, 40, 40, 300, 300]);
    expect([...bars.open]).toEqual([2, 3, 40, 41, 300, 301]);
    expect([...bars.volume]).toEqual([Number.NaN, 5, Number.NaN, 5, Number.NaN, 5]);
    expect([...final]).toEqual([1, 0, 1, 0, 1, 0]);
  });
});

describe('sessions', () => {
  const from = (at: number, frame: Timeframe, sessions: Sessions = hongKong) =>
    [...barsOfTicks(columns([{ at, price: 1, size: 1 }]), frame, sessions).bars.from].map((start) =>
      new Date(start).toISOString().slice(0, 16),
    );
  const clock = (time: string, frame: Timeframe) => from(Date.parse(`2024-03-${time}Z`), frame);

  it.each([
    ['the first hour begins at the open', '04T01:45', '2024-03-04T01:30'],
    ['the last before the break is cut', '04T03:59', '2024-03-04T03:30'],
    ['lunch is on the clock', '04T04:20', '2024-03-04T04:00'],
    ['the afternoon counts anew', '04T05:59', '2024-03-04T05:00'],
    ['before the open is on the clock, until it', '04T01:29', '2024-03-04T01:00'],
    ['after the close is on the clock', '04T08:00', '2024-03-04T08:00'],
    ['a weekend is on the clock', '09T03:40', '2024-03-09T03:00'],
  ])('%s', (_, at, start) => {
    expect(clock(at, '1h')).toEqual([start]);
  });

  it('an hour that is cut by the close begins again after it', () => {
    const halfPast: Sessions = {
      session: (day) => ({
        open: day * dayMs + 10 * hour,
        close: day * dayMs + 12.5 * hour,
        breaks: [],
      }),
    };
    expect(from(monday + 12.2 * hour, '1h', halfPast)).toEqual(['2024-03-04T12:00']);
    expect(from(monday + 12.6 * hour, '1h', halfPast)).toEqual(['2024-03-04T12:30']);
  });

  it('a day is the session that it is named after, and nothing outside', () => {
    expect(clock('04T01:30', '1d')).toEqual(['2024-03-04T00:00']);
    expect(clock('04T04:30', '1d')).toEqual(['2024-03-04T00:00']);
    expect(clock('04T08:00', '1d')).toEqual([]);
    expect(clock('09T03:00', '1d')).toEqual([]);
  });

  it('the FX day begins at 17:00 in New York on the evening before', () => {
    const fx: Sessions = {
      session: (day) =>
        (day + 3) % 7 > 4
          ? null
          : { open: day * dayMs - 2 * hour, close: day * dayMs + 22 * hour, breaks: [] },
    };
    expect(from(Date.parse('2024-03-03T22:00Z'), '1d', fx)).toEqual(['2024-03-04T00:00']);
    expect(from(Date.parse('2024-03-03T21:59Z'), '1d', fx)).toEqual([]);
    expect(from(Date.parse('2024-03-08T21:59Z'), '1d', fx)).toEqual(['2024-03-08T00:00']);
  });

  it('rows that run backwards are a bug', () => {
    const ticks = columns([
      { at: 2, price: 1, size: 1 },
      { at: 1, price: 1, size: 1 },
    ]);
    expect(() => barsOfTicks(ticks, '1s', alwaysOpen)).toThrow(/Row 1 is of 1/);
  });

  it('frames are the lengths they are named after', () => {
    expect(timeframeMs['15m']).toBe(15 * minute);
  });
});
