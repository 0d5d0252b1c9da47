import { decimal } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import { undoGuessedSplits, withoutSplits } from './without-splits.ts';

const closes = (...close: number[]) => ({
  days: Int32Array.from(close, (_, i) => 20_000 + i),
  close: Float64Array.from(close),
});
const split = (day: number, numerator: string, denominator = '1') => ({
  day: 20_000 + day,
  numerator: decimal(numerator),
  denominator: decimal(denominator),
});

describe('recorded splits', () => {
  it('are undone in the closes before them', () => {
    expect([...withoutSplits(closes(100, 102, 51.5, 52), [split(2, '2')])]).toEqual([
      50, 51, 51.5, 52,
    ]);
  });

  it('joining shares raises the closes before', () => {
    expect([...withoutSplits(closes(1, 1.1, 11, 12), [split(2, '1', '10')])]).toEqual([
      10, 11, 11, 12,
    ]);
  });

  it('that the provider has undone already are left alone', () => {
    expect([...withoutSplits(closes(50, 51, 51.5, 52), [split(2, '2')])]).toEqual([
      50, 51, 51.5, 52,
    ]);
  });
});

describe('splits of which the record does not tell', () => {
  const wobble = (n: number, from: number): number[] =>
    Array.from({ length: n }, (_, i) => from * (1 + 0.01 * Math.sin(i)));
  const guess = (kind: 'equity' | 'crypto', ...close: number[]) => {
    const bars = closes(...close);
    return { level: bars.close, found: undoGuessedSplits({ kind }, bars, bars.close) };
  };

  it('are undone and told', () => {
    const { level, found } = guess('equity', ...wobble(30, 200), ...wobble(30, 100));
    expect(found).toEqual([{ day: '2024-11-03', ratio: 2 }]);
    expect(Math.max(...level)).toBeLessThan(102);
  });

  it('are not seen in a fall that no ratio explains, nor in a coin', () => {
    expect(guess('equity', ...wobble(30, 200), ...wobble(30, 130)).found).toEqual([]);
    expect(guess('crypto', ...wobble(30, 200), ...wobble(30, 100)).found).toEqual([]);
  });

  it('are not seen where such steps are usual', () => {
    const wild = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 100 : 150));
    expect(guess('equity', ...wild, 75).found).toEqual([]);
  });
});
