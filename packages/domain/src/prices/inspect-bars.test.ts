import { dayNumber } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BarColumns } from './bar-columns.ts';
import { inspectBars } from './inspect-bars.ts';

const start = dayNumber('2024-01-01');
const unknown = (length: number): Float64Array => new Float64Array(length).fill(Number.NaN);

function closes(close: readonly number[], changes: Partial<BarColumns> = {}): BarColumns {
  return {
    days: Int32Array.from(close, (_, i) => start + i),
    open: unknown(close.length),
    high: unknown(close.length),
    low: unknown(close.length),
    close: Float64Array.from(close),
    adjustedClose: unknown(close.length),
    volume: unknown(close.length),
    ...changes,
  };
}

const codes = (bars: BarColumns, actionDays?: ReadonlySet<number>) =>
  inspectBars(bars, actionDays).quarantined.map(({ index, code }) => `${index} ${code}`);

/** A calm price: 100, 101, 100, 101 … with `changes` at some places. */
const calm = (length: number, changes: Readonly<Record<number, number>> = {}): number[] =>
  Array.from({ length }, (_, i) => changes[i] ?? 100 + (i % 2));

describe('a bar by itself', () => {
  it.each([
    ['no close', Number.NaN, 'no-close'],
    ['a close of 0', 0, 'not-a-price'],
    ['a negative close', -5, 'not-a-price'],
    ['an infinite close', Number.POSITIVE_INFINITY, 'not-a-price'],
  ])('goes to quarantine with %s', (_, close, code) => {
    const inspection = inspectBars(closes([100, close, 100]));
    expect(inspection.quarantined).toMatchObject([{ index: 1, day: start + 1, code }]);
    expect([...inspection.accepted.close]).toEqual([100, 100]);
  });

  it.each([
    ['high below low', { high: [11, 9], low: [9, 11] }, '1 high-below-low'],
    ['a negative low', { low: [9, -9] }, '1 not-a-price'],
    ['an open of 0', { open: [9, 0] }, '1 not-a-price'],
    ['a negative volume', { volume: [9, -9] }, '1 negative-volume'],
    ['a close far above the high', { high: [11, 7] }, '1 close-outside-range'],
    ['a close far below the low', { low: [9, 14] }, '1 close-outside-range'],
  ])('goes to quarantine with %s', (_, columns, code) => {
    const typed = Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)]),
    );
    expect(codes(closes([10, 10], typed))).toEqual([code]);
  });

  it('keeps a close a little outside the range, and the range, and counts it', () => {
    const inspection = inspectBars(
      closes([10, 10], {
        open: Float64Array.of(10, 10),
        high: Float64Array.of(10.5, 9.8),
        low: Float64Array.of(9.5, 9.5),
      }),
    );
    expect(inspection.quarantined).toEqual([]);
    expect(inspection.rangesDoubtful).toBe(1);
    expect([...inspection.accepted.high]).toEqual([10.5, 9.8]);
    expect([...inspection.accepted.close]).toEqual([10, 10]);
  });

  it('takes differences of rounding for none', () => {
    const bars = closes([10.0000001], { high: Float64Array.of(10), low: Float64Array.of(10) });
    expect(inspectBars(bars)).toMatchObject({ quarantined: [], rangesDoubtful: 0 });
  });
});

describe('the place of a bar', () => {
  it('keeps the first bar of a day', () => {
    const days = Int32Array.of(start, start + 1, start + 1, start + 2);
    expect(codes(closes([1, 2, 3, 2], { days }))).toEqual(['2 duplicate']);
  });

  it('takes out the fewest bars that stand out of order', () => {
    const days = Int32Array.of(start, start + 900, start + 1, start + 2);
    expect(codes(closes([1, 1, 1, 1], { days }))).toEqual(['1 out-of-order']);
  });
});

describe('closes beside one another', () => {
  it('takes a factor of 100 that comes back for a slip of the unit, for weeks if need be', () => {
    const slipped = calm(60).map((close, i) => (i >= 20 && i < 40 ? close * 100 : close));
    const inspection = inspectBars(closes(slipped));
    expect(inspection.quarantined).toHaveLength(20);
    expect(inspection.quarantined[0]).toMatchObject({ index: 20, code: 'unit-slip' });
    expect(inspection.accepted.days).toHaveLength(40);
  });

  it.each([0.1, 10, 0.5, 7])('takes a day at %d times the price for a bad tick', (factor) => {
    expect(codes(closes(calm(40, { 20: 100 * factor })))).toEqual(['20 bad-tick']);
  });

  it('works on three rows', () => {
    expect(codes(closes([100, 1, 100]))).toEqual(['1 unit-slip']);
  });

  it('lets a fall that stays pass, as a note that names a split', () => {
    const inspection = inspectBars(
      closes(calm(40).map((close, i) => (i < 20 ? close : close / 4))),
    );
    expect(inspection.quarantined).toEqual([]);
    expect(inspection.notes).toMatchObject([
      { day: start + 20, kind: 'suspect-split', detail: expect.stringContaining('4 for 1') },
    ]);
  });

  it('notes a changed unit that stays', () => {
    const changed = calm(40).map((close, i) => (i < 20 ? close : close / 100));
    expect(inspectBars(closes(changed)).notes).toMatchObject([{ kind: 'suspect-unit-change' }]);
  });

  it('doubts nothing on the day of a corporate action', () => {
    const bars = closes(calm(40, { 20: 10 }));
    const inspection = inspectBars(bars, new Set([start + 20]));
    expect(inspection.quarantined).toEqual([]);
    expect(inspection.notes).toMatchObject([{ kind: 'jump-at-corporate-action' }]);
  });

  it('lets a crash that half recovers pass', () => {
    expect(codes(closes(calm(40, { 20: 45, 21: 75, 22: 74 })))).toEqual([]);
  });

  it('lets a price pass that is as wild before and after', () => {
    const wild = Array.from({ length: 40 }, (_, i) =>
      i % 3 === 0 ? 100 : i % 3 === 1 ? 230 : 150,
    );
    expect(codes(closes(wild))).toEqual([]);
  });
});

describe('whatever comes in', () => {
  const price = fc.oneof(
    fc.double({ min: 0.01, max: 1000 }),
    fc.constantFrom(Number.NaN, 0, -1, Number.POSITIVE_INFINITY, 1e308, 1e-300),
  );
  const anyBars = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 40 }), price, price, price, price), { maxLength: 60 })
    .map((rows) =>
      closes(
        rows.map((row) => row[1]),
        {
          days: Int32Array.from(rows, (row) => start + row[0]),
          open: Float64Array.from(rows, (row) => row[2]),
          high: Float64Array.from(rows, (row) => row[3]),
          low: Float64Array.from(rows, (row) => row[4]),
        },
      ),
    );

  it('every bar is either accepted or quarantined once, and the accepted are in order', () => {
    fc.assert(
      fc.property(anyBars, (bars) => {
        const { accepted, quarantined } = inspectBars(bars);
        expect(accepted.days.length + quarantined.length).toBe(bars.days.length);
        expect(new Set(quarantined.map(({ index }) => index)).size).toBe(quarantined.length);
        for (let i = 0; i < accepted.days.length; i++) {
          expect(accepted.close[i]).toBeGreaterThan(0);
          if (i > 0) expect(accepted.days[i]).toBeGreaterThan(accepted.days[i - 1] ?? 0);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('what was accepted is accepted again, but for what only now stands side by side', () => {
    fc.assert(
      fc.property(anyBars, (bars) => {
        const again = inspectBars(inspectBars(bars).accepted).quarantined;
        for (const { code } of again) expect(['bad-tick', 'unit-slip']).toContain(code);
      }),
      { numRuns: 1000 },
    );
  });
});
