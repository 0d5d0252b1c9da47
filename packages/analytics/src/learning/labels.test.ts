import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combinatorialPurged, purgedFolds } from './cross-validation.ts';
import { type LabelDefinition, type Labels, type LearningBars, labelBars } from './labels.ts';
import { sampleWeights } from './sample-weights.ts';
import { barsOfCloses, sampleBars } from './testing/sample-bars.ts';
import { timeSplits } from './time-splits.ts';

function labelled(bars: LearningBars, definition: LabelDefinition, sides?: Float64Array): Labels {
  const found = labelBars(bars, definition, sides);
  if (!found.ok) throw new Error(found.fault.detail);
  return found.value;
}

const barrier: Extract<LabelDefinition, { kind: 'triple-barrier' }> = {
  kind: 'triple-barrier',
  bars: 3,
  profit: 1,
  stop: 1,
  touch: 'close',
  form: 'sign',
  volatilityBars: 2,
};

/** Two returns of +1 % and −1 %, so that σ is √2 %, then what is given. */
const after = (...returns: readonly number[]): LearningBars => {
  const close = [100];
  for (const each of [0.01, -0.01, ...returns]) close.push((close.at(-1) ?? 0) * (1 + each));
  return barsOfCloses('A', Float64Array.from(close), 0.02);
};

describe('labels', () => {
  it.each([
    ['a rise through the barrier', [0.005, 0.02, -0.1], 1, 4],
    ['a fall through the barrier', [-0.02, 0.1, 0.1], 0, 3],
    ['its time running out above', [0.001, 0.001, 0.001], 1, 5],
    ['its time running out below', [-0.001, -0.001, -0.001], 0, 5],
  ])('end with %s', (_, returns, value, end) => {
    const found = labelled(after(...returns), barrier);
    expect([found.value[2], found.endBar[2]]).toEqual([value, end]);
  });

  it('of a range take the stop first where a bar spans both, at the barrier itself', () => {
    const found = labelled(after(0, 0, 0), { ...barrier, touch: 'range', form: 'size' });
    expect(found.endBar[2]).toBe(3);
    expect(found.value[2]).toBeCloseTo(-Math.SQRT2 * 0.01, 12);
  });

  it('of a range end at the open of a bar that opens beyond a barrier', () => {
    const bars = after(0, 0, 0);
    const opened = (open: number): Labels =>
      labelled(
        { ...bars, open: bars.open.with(3, open) },
        { ...barrier, touch: 'range', form: 'size' },
      );
    const entry = bars.close[2] ?? 0;
    expect(opened(entry * 0.9).value[2]).toBeCloseTo(-0.1, 12);
    expect(opened(entry * 1.1).value[2]).toBeCloseTo(0.1, 12);
    expect(opened(entry * 1.1).endBar[2]).toBe(3);
  });

  it('that only count touches leave out what ran out of time', () => {
    const found = labelled(after(0.001, 0.001, 0.001), { ...barrier, form: 'touched' });
    expect(found.value[2]).toBeNaN();
  });

  it('of a bet on a fall are those of a bet on a rise, the other way round', () => {
    const bars = sampleBars('A', 60, 4);
    const down = labelled(bars, { ...barrier, form: 'size' }, new Float64Array(60).fill(-1));
    const up = labelled(bars, { ...barrier, form: 'size' }, new Float64Array(60).fill(1));
    for (let t = 0; t < 60; t++) {
      if (up.endBar[t] === down.endBar[t] && (up.endBar[t] ?? -1) >= 0) {
        expect(down.value[t]).toBeCloseTo(-(up.value[t] ?? 0), 12);
      }
    }
    expect(labelled(bars, barrier, new Float64Array(60)).value.every(Number.isNaN)).toBe(true);
    const wrong = labelBars(bars, barrier, Float64Array.of(1, 2));
    expect(wrong.ok ? '' : wrong.fault.code).toBe('labels.sides');
  });

  it('of a horizon are the return so many bars later, its sign, or none for a small move', () => {
    const bars = sampleBars('A', 50, 5);
    const horizon = { kind: 'fixed-horizon', bars: 4, volatilityBars: 5 } as const;
    const size = labelled(bars, { ...horizon, form: 'size', threshold: 0 });
    const sign = labelled(bars, { ...horizon, form: 'sign', threshold: 0.5 });
    for (let t = 5; t < 46; t++) {
      const gain = (bars.close[t + 4] ?? 0) / (bars.close[t] ?? 0) - 1;
      expect(size.value[t]).toBe(gain);
      if (!Number.isNaN(sign.value[t])) expect(sign.value[t]).toBe(gain > 0 ? 1 : 0);
    }
    expect(size.value.subarray(46).every(Number.isNaN)).toBe(true);
    const small = sign.value.subarray(5, 46).filter(Number.isNaN).length;
    expect(small).toBeGreaterThan(5);
    expect(small).toBeLessThan(36);
  });

  it('are known at their end: bars beyond change nothing', () => {
    const bars = sampleBars('A', 80, 6);
    const whole = labelled(bars, barrier);
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 79 }), (n) => {
        const short = labelled(
          {
            ...bars,
            high: bars.high.slice(0, n),
            low: bars.low.slice(0, n),
            close: bars.close.slice(0, n),
          },
          barrier,
        );
        for (let t = 0; t < n; t++) {
          const end = whole.endBar[t] ?? -1;
          if (end >= 0 && end < n) expect(short.value[t]).toBe(whole.value[t]);
          else expect(short.value[t]).toBeNaN();
        }
      }),
    );
  });
});

describe('weights', () => {
  // Labels of bars 0, 1 and 4 that end at 3, 2 and 5: bars 2 is shared by two, all others by one.
  const labels: Labels = {
    value: Float64Array.of(1, 0, Number.NaN, Number.NaN, 1, Number.NaN),
    endBar: Int32Array.of(3, 2, -1, -1, 5, -1),
    outcome: new Float64Array(6),
  };
  const close = Float64Array.from([0, 0.01, 0.03, 0.02, 0.02, 0.05], Math.exp);

  it('are the mean share that a label has of its bars, at mean 1', () => {
    const [a, b, c] = [(1 + 0.5 + 1) / 3, 0.5, 1];
    const mean = (a + b + c) / 3;
    const found = sampleWeights(labels, close, 'uniqueness');
    [a / mean, b / mean, 0, 0, c / mean, 0].forEach((each, i) => {
      expect(found[i]).toBeCloseTo(each, 12);
    });
  });

  it('or the size of the move that a label alone explains', () => {
    const [a, b, c] = [Math.abs(0.01 + 0.01 - 0.01), 0.01, 0.03];
    const mean = (a + b + c) / 3;
    const found = sampleWeights(labels, close, 'return');
    [a / mean, b / mean, 0, 0, c / mean, 0].forEach((each, i) => {
      expect(found[i]).toBeCloseTo(each, 12);
    });
  });

  it('are equal where prices stand still', () => {
    expect([...sampleWeights(labels, new Float64Array(6).fill(5), 'return')]).toEqual([
      1, 1, 0, 0, 1, 0,
    ]);
  });
});

describe('splits by time', () => {
  const spans = fc.record({
    n: fc.integer({ min: 12, max: 60 }),
    folds: fc.integer({ min: 2, max: 6 }),
    horizon: fc.integer({ min: 0, max: 3 }),
    embargo: fc.integer({ min: 0, max: 3 }),
  });

  it('are those of a constant horizon where labels have one', () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 1, max: 2 }), ({ n, folds, horizon, embargo }, k) => {
        const tested = Math.min(k, folds - 1);
        const times = Float64Array.from({ length: n }, (_, i) => i);
        const ends = times.map((each) => each + horizon);
        const found = timeSplits(times, ends, { folds, tested, embargo });
        const known =
          tested === 1
            ? purgedFolds(n, folds, { horizon, embargo })
            : combinatorialPurged(n, folds, tested, { horizon, embargo });
        if (!known.ok) throw new Error(known.fault.detail);
        const wanted = 'splits' in known.value ? known.value.splits : known.value;
        if (!found.ok) {
          expect(wanted.some(({ train }) => train.length === 0)).toBe(true);
          return;
        }
        expect(found.value.map(({ train, test }) => [[...train], [...test]])).toEqual(
          wanted.map(({ train, test }) => [[...train], [...test]]),
        );
      }),
    );
  });

  it('never learn from a label that shares time with a tested one, whatever their spans', () => {
    fc.assert(
      fc.property(
        spans,
        fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 60, maxLength: 60 }),
        ({ n, folds, embargo }, lengths) => {
          const times = Float64Array.from({ length: n }, (_, i) => Math.floor(i / 2));
          const ends = times.map((each, i) => each + (lengths[i] ?? 0));
          const distinct = new Set(times).size;
          const found = timeSplits(times, ends, {
            folds: Math.min(folds, distinct),
            tested: 1,
            embargo,
          });
          if (!found.ok) return;
          for (const { train, test } of found.value) {
            const first = Math.min(...[...test].map((i) => times[i] ?? 0));
            const last = Math.max(...[...test].map((i) => Math.max(times[i] ?? 0, ends[i] ?? 0)));
            for (const i of train) {
              const [from = 0, until = 0] = [times[i], ends[i]];
              expect(until <= first || from >= last + embargo).toBe(true);
            }
            const tested = new Set([...test].map((i) => times[i]));
            expect([...train].some((i) => tested.has(times[i]))).toBe(false);
          }
        },
      ),
    );
  });

  it.each([
    [{ folds: 1, tested: 1, embargo: 0 }, /2 or more/],
    [{ folds: 4, tested: 4, embargo: 0 }, /1 to 3/],
    [{ folds: 4, tested: 1, embargo: -1 }, /-1/],
    [{ folds: 2, tested: 1, embargo: 40 }, /Nothing is left/],
  ])('refuse %o', (validation, detail) => {
    const times = Float64Array.from({ length: 20 }, (_, i) => i);
    const ends = times.map((each) => each + 25);
    const found = timeSplits(times, ends, validation);
    expect(found.ok ? '' : found.fault.detail).toMatch(detail);
  });
});
