import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillDaily, indexAt } from './price-series.ts';

const runs = { numRuns: 1000 };

const series = fc
  .uniqueArray(fc.integer({ min: -200, max: 200 }), { maxLength: 60 })
  .map((days) => Int32Array.from(days).sort())
  .chain((days) =>
    fc
      .array(fc.oneof(fc.double({ min: 0.01, max: 1e6 }), fc.constant(Number.NaN)), {
        minLength: days.length,
        maxLength: days.length,
      })
      .map((close) => ({ days, close: Float64Array.from(close) })),
  );

const anyDay = fc.integer({ min: -220, max: 220 });

describe('indexAt', () => {
  it('is what a walk from the end finds, for any series and day', () => {
    fc.assert(
      fc.property(series, anyDay, ({ days }, day) => {
        expect(indexAt(days, day)).toBe(days.findLastIndex((known) => known <= day));
      }),
      runs,
    );
  });

  it('is −1 in an empty series and before the first day', () => {
    expect(indexAt(new Int32Array(), 5)).toBe(-1);
    expect(indexAt(Int32Array.of(10, 20), 9)).toBe(-1);
    expect(indexAt(Int32Array.of(10, 20), 10)).toBe(0);
    expect(indexAt(Int32Array.of(10, 20), 99)).toBe(1);
  });
});

describe('fillDaily', () => {
  it('gives each day the last known value on or before it, with its age', () => {
    fc.assert(
      fc.property(series, anyDay, fc.integer({ min: 0, max: 90 }), (known, from, length) => {
        const out = new Float64Array(length);
        const age = new Int32Array(length);
        fillDaily(known, from, from + length - 1, out, age);
        for (let i = 0; i < length; i++) {
          const at = [...known.days.keys()].findLast(
            (k) => (known.days[k] ?? 0) <= from + i && !Number.isNaN(known.close[k]),
          );
          expect(out[i]).toBe(at === undefined ? Number.NaN : known.close[at]);
          expect(age[i]).toBe(at === undefined ? -1 : from + i - (known.days[at] ?? 0));
        }
      }),
      runs,
    );
  });

  it('never lets a later value change an earlier day', () => {
    fc.assert(
      fc.property(series, anyDay, fc.integer({ min: 1, max: 90 }), (known, from, length) => {
        const last = from + length - 1;
        const keep = indexAt(known.days, last) + 1;
        const cut = { days: known.days.slice(0, keep), close: known.close.slice(0, keep) };
        const all = fillDaily(known, from, last, new Float64Array(length));
        expect(fillDaily(cut, from, last, new Float64Array(length))).toEqual(all);
      }),
      runs,
    );
  });

  it('refuses an output of another length', () => {
    const one = { days: Int32Array.of(1), close: Float64Array.of(2) };
    expect(() => fillDaily(one, 1, 3, new Float64Array(2))).toThrow('out has 2 entries where 3');
    expect(() => fillDaily(one, 1, 3, new Float64Array(3), new Int32Array(1))).toThrow('ageOut');
  });
});
