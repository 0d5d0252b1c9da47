import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BarsWriter } from './bars-writer.ts';

const now = 1_000_000;

interface Row {
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

function written(rows: readonly Row[]): BarsWriter {
  const bars = new BarsWriter();
  for (const { time, open, high, low, close, volume } of rows) {
    bars.begin(time, volume);
    bars.prices(open, high, low, close);
  }
  return bars;
}

const sound = (time: number, close = 10): Row => ({
  time,
  open: close,
  high: close + 1,
  low: close - 1,
  close,
  volume: 5,
});

describe('bars as pages give them', () => {
  it('come out in order, once each, and only those of the range', () => {
    const times = fc.uniqueArray(fc.nat(5000), { maxLength: 1200 });
    fc.assert(
      fc.property(times, fc.nat(5000), fc.nat(5000), fc.nat(3), (all, a, b, repeats) => {
        const [from, until] = [Math.min(a, b), Math.max(a, b)];
        const rows = all.map((time) => sound(time, 10 + (time % 7)));
        const given = [...rows, ...rows.slice(0, repeats)];
        const { bars, rejected } = written(given).read(from, until, now);
        const expected = all.filter((t) => t >= from && t < until).sort((x, y) => x - y);
        expect([...bars.from]).toEqual(expected);
        expect([...bars.close]).toEqual(expected.map((time) => 10 + (time % 7)));
        expect(rejected).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('that contradict one another are all rejected', () => {
    const { bars, rejected } = written([sound(1), sound(2), sound(2, 11), sound(3)]).read(
      0,
      9,
      now,
    );
    expect([...bars.from]).toEqual([1, 3]);
    expect(rejected).toHaveLength(2);
    expect(rejected[0]?.reason).toContain('different prices');
    expect(rejected[0]?.day).toBe('1970-01-01T00:00:00.002Z');
  });

  it.each([
    [{ close: Number.NaN }, 'no close'],
    [{ close: -1 }, 'above 0'],
    [{ close: 1e308, high: Number.NaN }, 'as much'],
    [{ high: 1, low: 50 }, 'below the low'],
    [{ volume: -1 }, 'volume'],
    [{ time: Number.NaN }, 'no time'],
  ])('with %j are rejected: %s', (cells, why) => {
    const { bars, rejected } = written([{ ...sound(1), ...cells }, sound(2)]).read(0, 9, now);
    expect([...bars.from]).toEqual([2]);
    expect(rejected.map(({ reason }) => reason)).toEqual([expect.stringContaining(why)]);
  });

  it('of the future are rejected', () => {
    const { rejected } = written([sound(now + 1)]).read(0, 2 * now, now);
    expect(rejected[0]?.reason).toContain('future');
  });

  it('keep the close where only the range is wrong', () => {
    const { bars } = written([{ ...sound(1), close: 11.2 }]).read(0, 9, now);
    expect([bars.close[0], bars.high[0]]).toEqual([11.2, Number.NaN]);
  });
});
