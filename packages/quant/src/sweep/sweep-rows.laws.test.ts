import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlainRows } from './plain-rows.ts';
import { pathState, type SweepRows } from './sweep-rows.ts';
import { WasmRows } from './wasm-rows.ts';

/** Rows with gaps and many equal values, of lengths around the kernels' blocks. */
const pair = fc.constantFrom(0, 1, 2, 15, 16, 17, 33, 64, 200).chain((length) => {
  const row = fc.array(fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double(), fc.constant(NaN)), {
    minLength: length,
    maxLength: length,
  });
  return fc.tuple(row, row);
});

function open(length: number): readonly [SweepRows, SweepRows] {
  const fast = WasmRows.open(length);
  if (!fast) throw new Error('there is no WebAssembly here');
  return [fast, new PlainRows(length)];
}

function crossingsOf(rows: SweepRows, x: number, y: number): Int32Array {
  const count = rows.crossings(x, y);
  return rows.places.slice(0, count);
}

/** The side at each place, by the words of the definition. */
function sidesOf(x: readonly number[], y: readonly number[]): number[] {
  let side = 0;
  return x.map((value, i) => {
    const other = y[i] as number;
    if (value > other) side = 1;
    else if (value < other) side = -1;
    return side;
  });
}

function sidesFrom(places: Int32Array, length: number): number[] {
  const sides = new Array<number>(length).fill(0);
  for (const place of places) sides.fill(place >= 0 ? 1 : -1, place >= 0 ? place : ~place);
  return sides;
}

describe('rows of a sweep', () => {
  it('have crossings where the side changes, by WebAssembly as by plain loops', () => {
    fc.assert(
      fc.property(pair, ([x, y]) => {
        const [fast, plain] = open(x.length);
        for (const rows of [fast, plain]) {
          expect([rows.add(Float64Array.from(x)), rows.add(Float64Array.from(y))]).toEqual([0, 1]);
        }
        const places = crossingsOf(fast, 0, 1);
        expect(places).toEqual(crossingsOf(plain, 0, 1));
        expect(sidesFrom(places, x.length)).toEqual(sidesOf(x, y));
        for (let i = 1; i < places.length; i++) {
          expect((places[i] as number) >= 0).toBe((places[i - 1] as number) < 0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('find every crossing of long rows', () => {
    const n = 2520;
    const x = Array.from({ length: n }, (_, i) => Math.sin(i / 7) + Math.sin(i / 31));
    const y = Array.from({ length: n }, (_, i) => Math.sin(i / 50));
    const [fast, plain] = open(n);
    for (const rows of [fast, plain]) {
      rows.add(Float64Array.from(x));
      rows.add(Float64Array.from(y));
    }
    expect(crossingsOf(fast, 0, 1).length).toBeGreaterThan(50);
    expect(sidesFrom(crossingsOf(fast, 0, 1), n)).toEqual(sidesOf(x, y));
    expect(crossingsOf(fast, 1, 0)).toEqual(crossingsOf(plain, 1, 0));
  });

  it('find them where long stretches lie apart', () => {
    const stretch = fc.record({
      length: fc.integer({ min: 1, max: 60 }),
      apart: fc.constantFrom(-5, -1, 0, 1, 5, NaN),
    });
    fc.assert(
      fc.property(fc.array(stretch, { minLength: 1, maxLength: 20 }), (stretches) => {
        const x = stretches.flatMap(({ length, apart }) =>
          Array.from({ length }, (_, i) => apart + Math.sin(i) / 2),
        );
        const y = x.map((_, i) => Math.cos(i) / 2);
        const both = open(x.length);
        for (const rows of both) {
          rows.add(Float64Array.from(x));
          rows.add(Float64Array.from(y));
          expect(sidesFrom(crossingsOf(rows, 0, 1), x.length)).toEqual(sidesOf(x, y));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('keep each row while more come, and forget all at once', () => {
    const [rows] = open(1000);
    for (let i = 0; i < 100; i++) rows.add(new Float64Array(1000).fill(i));
    expect(rows.count).toBe(100);
    for (let i = 1; i < 100; i++) expect([...crossingsOf(rows, i, i - 1)]).toEqual([0]);
    rows.clear();
    expect(rows.count).toBe(0);
    expect(rows.add(new Float64Array(1000))).toBe(0);
    expect(crossingsOf(rows, 0, 0)).toHaveLength(0);
  });

  const stretches = fc.array(
    fc.record({
      length: fc.integer({ min: 0, max: 9 }),
      a: fc.double({ min: 1, max: 100, noNaN: true }),
      b: fc.double({ min: -0.5, max: 5, noNaN: true }),
    }),
    { maxLength: 8 },
  );
  const prices = fc.array(fc.double({ min: 0.5, max: 2, noNaN: true }), {
    minLength: 72,
    maxLength: 72,
  });

  it('follow a path to the same bits, which are those of its definition', () => {
    fc.assert(
      fc.property(prices, stretches, (x, parts) => {
        const both = open(x.length);
        const values = [100];
        for (const rows of both) {
          rows.add(Float64Array.from(x));
          rows.path.set([0, 0, 0, 0, 100, 100, 100, 0]);
        }
        let at = 0;
        for (const { length, a, b } of parts) {
          for (const rows of both) rows.follow(0, at, at + length, a, b);
          for (let i = at; i < at + length; i++) values.push(a + b * (x[i] as number));
          at += length;
        }
        const [{ path }, plain] = both;
        expect(path).toEqual(plain.path);
        const changes = values.slice(1).map((v, i) => v / (values[i] as number) - 1);
        const sum = (each: readonly number[]) => each.reduce((total, v) => total + v, 0);
        const at2 = (i: number) => (path[i] as number) + (path[i + 1] as number);
        expect(at2(pathState.sums)).toBeCloseTo(sum(changes), 8);
        expect(at2(pathState.squares)).toBeCloseTo(sum(changes.map((c) => c * c)), 6);
        let high = Number.NEGATIVE_INFINITY;
        let worst = 0;
        for (const v of values) {
          high = Math.max(high, v);
          worst = Math.max(worst, 1 - v / high);
        }
        const unended = 1 - (path[pathState.low] as number) / (path[pathState.high] as number);
        expect(Math.max(path[pathState.fall] as number, unended)).toBe(worst);
      }),
    );
  });
});
