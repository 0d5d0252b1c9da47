import { seededRandom } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Indicator, IndicatorInput } from './define-indicator.ts';
import { allIndicators } from './indicator-by-id.ts';
import { inputOf, runIndicator, valuesOf } from './run-indicator.ts';
import { streamIndicator } from './stream-indicator.ts';
import { someBars } from './testing/some-bars.ts';

/** Few bars and short periods would miss what only a long past shows, many take long. */
const runs = { numRuns: 6 };
const seeds = fc.integer({ min: 1, max: 1_000_000 });
const all = allIndicators.map((indicator) => [indicator.id, indicator] as const);

/** Periods cut short, so that a few hundred bars hold many of them. */
function shortPeriods({ params }: Indicator): Record<string, number> {
  const short: Record<string, number> = {};
  for (const [name, parameter] of Object.entries(params)) {
    if (parameter.kind !== 'integer' || parameter.default === undefined) continue;
    const { min = 1, default: preset } = parameter;
    short[name] = Math.max(min, Math.ceil(preset / 4));
  }
  return short;
}

const bits = (columns: readonly Float64Array[]): BigUint64Array[] =>
  columns.map((column) => new BigUint64Array(column.slice().buffer));

/** Whether all numbers are finite or NaN. */
const isTame = (columns: readonly Float64Array[]): boolean =>
  columns.every((column) => column.every((value) => Number.isFinite(value) || Number.isNaN(value)));

const mapped = (
  input: IndicatorInput,
  change: (value: number, i: number, column: string) => number,
): IndicatorInput =>
  Object.fromEntries(
    Object.entries(input).map(([name, column]) => [
      name,
      column.map((value, i) => (name === 'session' ? value : change(value, i, name))),
    ]),
  ) as unknown as IndicatorInput;

describe.each(all)('%s', (_, indicator) => {
  const params = shortPeriods(indicator);

  it('gives the same bits in one piece, in any pieces and bar by bar', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 60 }), (seed, most) => {
        // Some longer than what is computed at once.
        const n = seed % 3 === 0 ? 1100 : 300;
        const input = someBars(seed, n, { gaps: seed % 2 === 0 });
        const whole = bits(runIndicator(indicator, params, input));

        const run = indicator.start(valuesOf(indicator, params));
        const pieces = indicator.outputs.map(() => new Float64Array(n));
        const random = seededRandom(seed);
        for (let from = 0; from < n; ) {
          const until = Math.min(
            n,
            from + 1 + Math.floor(random.next() * (seed % 5 === 0 ? 900 : most)),
          );
          run.advance(inputOf(cutAt(input, until)), from, until, pieces);
          from = until;
        }
        expect(bits(pieces)).toEqual(whole);

        const stream = streamIndicator(indicator, params);
        for (let i = 0; i < n; i++) stream.push(barAt(input, i));
        expect(bits(indicator.outputs.map((name) => stream.column(name)))).toEqual(whole);
      }),
      runs,
    );
  });

  it('does not change what it said when later bars become others or none', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 250 }), (seed, kept) => {
        const input = someBars(seed, 250, { gaps: false });
        const known = runIndicator(indicator, params, input).map((each) => each.slice(0, kept));
        const strange = mapped(input, (value, i) => (i < kept ? value : value * 3 + 7));
        const empty = mapped(input, (value, i) => (i < kept ? value : Number.NaN));
        for (const changed of [strange, empty]) {
          const said = runIndicator(indicator, params, changed).map((each) => each.slice(0, kept));
          expect(bits(said)).toEqual(bits(known));
        }
        expect(bits(runIndicator(indicator, params, cutAt(input, kept)))).toEqual(bits(known));
      }),
      runs,
    );
  });

  it('is never infinite: prices that stand still, no volume, gaps, one bar, none', () => {
    const flat = mapped(someBars(1, 200, { gaps: false }), () => 100);
    const idle = mapped(flat, (value, _i, name) => (name === 'volume' ? 0 : value));
    const zero = mapped(flat, () => 0);
    const inputs = [
      ...[flat, idle, zero],
      ...[2, 3, 4].map((seed) => someBars(seed, 300, { gaps: true })),
      ...[0, 1, 2].map((n) => cutAt(someBars(5, 2, { gaps: false }), n)),
    ];
    for (const input of inputs) {
      expect(isTame(runIndicator(indicator, params, input))).toBe(true);
      expect(isTame(runIndicator(indicator, {}, input))).toBe(true);
    }
  });

  it('comes back after a gap', () => {
    const input = someBars(6, 900, { gaps: false });
    const torn = mapped(input, (value, i) => (i >= 100 && i < 103 ? Number.NaN : value));
    const whole = runIndicator(indicator, params, input);
    const mended = runIndicator(indicator, params, torn);
    const counts = (columns: readonly Float64Array[]): number[] =>
      columns.map((column) => column.subarray(500).filter((value) => !Number.isNaN(value)).length);
    const found = counts(mended);
    counts(whole).forEach((count, i) => {
      if (count > 0) expect(found[i], indicator.outputs[i]).toBeGreaterThan(0.4 * count);
    });
  });

  it('scales with prices, or does not depend on their unit', () => {
    const input = someBars(8, 400, { gaps: false });
    // A power of two leaves every rounding as it is, but for powers and logarithms.
    const scaled = mapped(input, (value, _i, name) => (name === 'volume' ? value : value * 4));
    const before = runIndicator(indicator, params, input);
    const after = runIndicator(indicator, params, scaled);
    before.forEach((column, k) => {
      const end = column.findLastIndex((value) => Number.isFinite(value) && value !== 0);
      if (end < 0) return;
      const power = Math.round(Math.log2(after[k][end] / column[end]) / 2);
      expect([0, 1, 2], indicator.outputs[k]).toContain(power);
      const size = Math.max(...column.map((value) => (Number.isNaN(value) ? 0 : Math.abs(value))));
      column.forEach((value, i) => {
        const wanted = value * 4 ** power;
        expect(Number.isNaN(after[k][i])).toBe(Number.isNaN(wanted));
        if (Math.abs(after[k][i] - wanted) > 1e-9 * size * 4 ** power) {
          expect(after[k][i], `${indicator.outputs[k]} at ${i}`).toBe(wanted);
        }
      });
    });
  });

  it('has forgotten where the history began after its warm-up', () => {
    const n = 1500;
    const input = someBars(7, n, { gaps: false });
    const warmUp = indicator.warmUp(valuesOf(indicator, params));
    expect(warmUp).toBeLessThan(n - 200);
    const from = 150;
    const whole = runIndicator(indicator, params, input);
    const late = runIndicator(indicator, params, mappedFrom(input, from));
    const first = Math.max(1, warmUp) - 1;
    whole.forEach((column, k) => {
      const rest = changesOf(indicator, column.subarray(from).subarray(first));
      const same = changesOf(indicator, late[k].subarray(first));
      const size = Math.max(...rest.map((value) => (Number.isNaN(value) ? 0 : Math.abs(value))));
      let apart = 0;
      rest.forEach((value, i) => {
        const isSame =
          Number.isNaN(value) === Number.isNaN(same[i]) &&
          !(Math.abs(value - same[i]) > 1e-6 * size);
        if (!isSame) apart++;
      });
      // Of what only an event ends, not every start leads to the same in time.
      const allowed = indicator.keeps === 'path' ? rest.length * 0.1 : 0;
      expect(apart, `${indicator.outputs[k]} of ${rest.length}`).toBeLessThanOrEqual(allowed);
    });
  });
});

/** Of what adds up from the first bar only the changes mean something. */
function changesOf(indicator: Indicator, column: Float64Array): Float64Array {
  const { keeps } = indicator;
  if (keeps === 'sum') return column.subarray(1).map((value, i) => value - column[i]);
  if (keeps === 'product') return column.subarray(1).map((value, i) => Math.log(value / column[i]));
  return column;
}

const cutAt = (input: IndicatorInput, n: number): IndicatorInput =>
  Object.fromEntries(
    Object.entries(input).map(([name, column]) => [name, column.slice(0, n)]),
  ) as unknown as IndicatorInput;

const mappedFrom = (input: IndicatorInput, from: number): IndicatorInput =>
  Object.fromEntries(
    Object.entries(input).map(([name, column]) => [name, column.slice(from)]),
  ) as unknown as IndicatorInput;

const barAt = (input: IndicatorInput, i: number): Record<string, number> =>
  Object.fromEntries(Object.entries(input).map(([name, column]) => [name, column[i]]));
