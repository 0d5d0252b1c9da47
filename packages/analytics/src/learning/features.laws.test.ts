import { seededRandom } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barsFingerprint, featureCache } from './feature-cache.ts';
import {
  type FeatureDefinition,
  featureVersion,
  readFeatureDefinition,
} from './feature-definition.ts';
import { computeFeatures, type FeatureMatrix } from './feature-matrix.ts';
import type { LearningBars } from './labels.ts';

const dayMs = 86_400_000;

function walk(instrument: string, n: number, seed: number, skipEvery = 0): LearningBars {
  const random = seededRandom(seed);
  const close = new Float64Array(n);
  let level = 100;
  for (let t = 0; t < n; t++) {
    level *= Math.exp(0.01 * random.normal());
    close[t] = level;
  }
  const open = close.map((each) => each * (1 + 0.003 * random.normal()));
  return {
    instrument,
    open,
    high: close.map((each, t) => Math.max(each, open[t] ?? 0) * (1 + 0.002 * random.next())),
    low: close.map((each, t) => Math.min(each, open[t] ?? 0) * (1 - 0.002 * random.next())),
    close,
    volume: close.map(() => Math.round(1e6 * (0.5 + random.next()))),
    knownAt: Float64Array.from({ length: n }, (_, t) => {
      const skipped = skipEvery > 0 ? Math.floor(t / skipEvery) : 0;
      return (19_000 + t + skipped) * dayMs + 75_600_000;
    }),
  };
}

const cut = (bars: LearningBars, n: number): LearningBars => ({
  instrument: bars.instrument,
  open: bars.open.slice(0, n),
  high: bars.high.slice(0, n),
  low: bars.low.slice(0, n),
  close: bars.close.slice(0, n),
  volume: bars.volume.slice(0, n),
  knownAt: bars.knownAt.slice(0, n),
});

/** The same bars, prices from a place on in another order. */
function shuffledFrom(bars: LearningBars, place: number, seed: number): LearningBars {
  const random = seededRandom(seed);
  const order = Array.from(bars.close, (_, i) => i);
  for (let i = order.length - 1; i > place; i--) {
    const j = place + random.integer(i - place + 1);
    const kept = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = kept;
  }
  const of = (column: Float64Array): Float64Array =>
    Float64Array.from(order, (i) => column[i] ?? Number.NaN);
  return {
    instrument: bars.instrument,
    open: of(bars.open),
    high: of(bars.high),
    low: of(bars.low),
    close: of(bars.close),
    volume: of(bars.volume),
    knownAt: bars.knownAt,
  };
}

function definitionOf(features: readonly object[]): FeatureDefinition {
  const read = readFeatureDefinition({ features });
  if (!read.ok) throw new Error(read.fault.detail);
  return read.value;
}

/** Every kind there is, with every way of scaling. */
const every = definitionOf([
  { name: 'r5', of: { kind: 'return', bars: 5 } },
  { name: 'log', of: { kind: 'return', bars: 3, log: true }, lag: 2 },
  { name: 'vol', of: { kind: 'volatility', bars: 10 }, scaledOver: 15 },
  { name: 'rsi', of: { kind: 'indicator', id: 'rsi' } },
  { name: 'band', of: { kind: 'indicator', id: 'bollinger', overClose: true } },
  { name: 'range', of: { kind: 'ratio', over: 'high', under: 'low' } },
  { name: 'mean', of: { kind: 'to-mean', column: 'volume', bars: 10 } },
  { name: 'z', of: { kind: 'z-score', bars: 12 } },
  { name: 'weekday', of: { kind: 'calendar', field: 'weekday' } },
  { name: 'left', of: { kind: 'calendar', field: 'days-left-of-month' } },
  { name: 'frac', of: { kind: 'fractional-difference', order: 0.4, threshold: 0.01, bars: 30 } },
  { name: 'rank', of: { kind: 'return', bars: 4 }, across: 'rank' },
  { name: 'score', of: { kind: 'volatility', bars: 5 }, across: 'z-score' },
]);

function computed(definition: FeatureDefinition, bars: readonly LearningBars[]): FeatureMatrix {
  const found = computeFeatures(definition, bars);
  if (!found.ok) throw new Error(found.fault.detail);
  return found.value;
}

const rowsUntil = ({ x, times }: FeatureMatrix, time: number): number[][] =>
  Array.from(times, (each, i) => ({ each, i }))
    .filter(({ each }) => each <= time)
    .map(({ i }) => [...x.data.subarray(i * x.columns, (i + 1) * x.columns)]);

describe('features', () => {
  const whole = [walk('A', 120, 1), walk('B', 120, 2), walk('C', 90, 3, 10)];
  const known = computed(every, whole);

  it('rest on nothing that comes later: cutting or shuffling the future changes no row', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 119 }), fc.nat(), (place, seed) => {
        const time = whole[0]?.knownAt[place - 1] ?? 0;
        const before = (bars: LearningBars): number =>
          bars.knownAt.filter((each) => each <= time).length;
        const past = rowsUntil(known, time);
        const shorter = computed(
          every,
          whole.map((bars) => cut(bars, before(bars))),
        );
        expect(rowsUntil(shorter, time)).toEqual(past);
        const other = computed(
          every,
          whole.map((bars) => shuffledFrom(bars, before(bars), seed)),
        );
        expect(rowsUntil(other, time)).toEqual(past);
      }),
      { numRuns: 30 },
    );
  });

  it('have a value in every column once warm, and are sorted by when they are known', () => {
    const last = rowsUntil(known, Number.POSITIVE_INFINITY).at(-1) ?? [];
    expect(last.length).toBe(every.features.length);
    expect(known.x.data.slice(-2 * last.length).every(Number.isFinite)).toBe(true);
    expect([...known.times]).toEqual([...known.times].toSorted((a, b) => a - b));
  });

  it('do not depend on the order of the instruments, but for the order of rows of one time', () => {
    const reversed = computed(every, whole.toReversed());
    const rowsOf = ({ x, times, instrument, instruments }: FeatureMatrix) =>
      Array.from(times, (time, i) =>
        JSON.stringify([
          time,
          instruments[instrument[i] ?? 0],
          ...x.data.slice(i * x.columns, (i + 1) * x.columns),
        ]),
      ).sort();
    expect(rowsOf(reversed)).toEqual(rowsOf(known));
  });

  it('are what they say', () => {
    const definition = definitionOf([
      { name: 'r', of: { kind: 'return', bars: 2 } },
      { name: 'late', of: { kind: 'return', bars: 2 }, lag: 3 },
      { name: 'rank', of: { kind: 'return', bars: 2 }, across: 'rank' },
      { name: 'weekday', of: { kind: 'calendar' } },
      { name: 'left', of: { kind: 'calendar', field: 'days-left-of-month' } },
    ]);
    const { x, times, instrument, bar } = computed(definition, whole.slice(0, 2));
    const row = 2 * 50;
    const [a, b] = whole;
    const gain = (of: LearningBars | undefined, t: number): number =>
      (of?.close[t] ?? 0) / (of?.close[t - 2] ?? 0) - 1;
    expect([instrument[row], bar[row]]).toEqual([0, 50]);
    const date = new Date(times[row] ?? 0);
    const next = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
    expect([...x.data.slice(row * 5, row * 5 + 5)]).toEqual([
      gain(a, 50),
      gain(a, 47),
      gain(a, 50) > gain(b, 50) ? 1 : 0,
      (date.getUTCDay() + 6) % 7,
      next - date.getUTCDate(),
    ]);
  });

  it.each([
    ['no feature', [], /1 to 500/],
    [
      'one name twice',
      [
        { name: 'a', of: { kind: 'calendar' } },
        { name: 'a', of: { kind: 'calendar' } },
      ],
      /"a"/,
    ],
    ['a misspelt kind', [{ name: 'a', of: { kind: 'retrun' } }], /kind is one of/],
    [
      'an unknown indicator',
      [{ name: 'a', of: { kind: 'indicator', id: 'nope' } }],
      /no indicator nope/,
    ],
    [
      'an output that is not there',
      [{ name: 'a', of: { kind: 'indicator', id: 'rsi', output: 'x' } }],
      /no output x/,
    ],
    [
      'a wrong parameter',
      [{ name: 'a', of: { kind: 'indicator', id: 'rsi', params: { nope: 1 } } }],
      /nope/,
    ],
  ])('are refused with %s', (_, features, detail) => {
    const read = readFeatureDefinition({ features });
    expect(read.ok ? '' : read.fault.detail).toMatch(detail);
  });

  it('are refused where there is nothing to compare with, or bars are out of order', () => {
    const rank = definitionOf([{ name: 'rank', of: { kind: 'return' }, across: 'rank' }]);
    const alone = computeFeatures(rank, whole.slice(0, 1));
    expect(alone.ok ? '' : alone.fault.detail).toMatch(/only A/);
    const [a] = whole;
    if (!a) throw new Error('no bars');
    const back = computeFeatures(every, [{ ...a, knownAt: a.knownAt.toReversed() }]);
    expect(back.ok ? '' : back.fault.detail).toMatch(/Bar 2 of A/);
  });
});

describe('versions of features', () => {
  const digest = (content: string | Uint8Array): string =>
    typeof content === 'string' ? `<${content}>` : `[${content.join(',')}]`;

  it('are the same however the definition was written down, and differ where it differs', () => {
    const a = definitionOf([{ name: 'r', of: { kind: 'return', bars: 1 }, lag: 0 }]);
    const b = definitionOf([{ of: { bars: 1, kind: 'return' }, name: 'r' }]);
    const c = definitionOf([{ name: 'r', of: { kind: 'return', bars: 2 } }]);
    expect(featureVersion(a, digest)).toBe(featureVersion(b, digest));
    expect(featureVersion(a, digest)).not.toBe(featureVersion(c, digest));
  });

  it('and fingerprints of data name what is kept; what was used last is kept longest', () => {
    const one = [walk('A', 30, 1)];
    const other = [walk('A', 30, 2)];
    expect(barsFingerprint(one, digest)).toBe(barsFingerprint([walk('A', 30, 1)], digest));
    expect(barsFingerprint(one, digest)).not.toBe(barsFingerprint(other, digest));
    const definition = definitionOf([{ name: 'r', of: { kind: 'return' } }]);
    const cache = featureCache(70);
    let computedTimes = 0;
    const get = (name: string, bars: readonly LearningBars[]): FeatureMatrix =>
      cache.get('v', name, () => {
        computedTimes += 1;
        return computed(definition, bars);
      });
    const first = get('one', one);
    expect(get('one', one)).toBe(first);
    get('two', other);
    get('one', one);
    get('three', other);
    expect([computedTimes, cache.cells]).toEqual([3, 60]);
    get('one', one);
    expect(computedTimes).toBe(3);
    get('two', other);
    expect(computedTimes).toBe(4);
  });
});
