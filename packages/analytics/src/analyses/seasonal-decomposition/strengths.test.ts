import { describe, expect, it } from 'vitest';
import { figureOf, reportOf } from '../../analysis/testing/ask-analysis.ts';
import decomposition from './index.ts';

const days = Array.from({ length: 300 }, (_, t) =>
  new Date(Date.UTC(2019, 6, 1 + t)).toISOString().slice(0, 10),
);
const decomposed = (of: (t: number) => number) =>
  reportOf(decomposition, { series: { days, values: days.map((_, t) => of(t)) }, form: 'values' });

describe('strengths of trend and season', () => {
  it.each([5, 1e-9 / 3, 1e9 / 7])('are none of a series that stays at %d', (level) => {
    const { figures } = decomposed(() => level);
    for (const id of ['trend-strength', 'season-strength']) {
      expect(figures.find((each) => each.id === id)).toMatchObject({
        value: null,
        why: expect.stringContaining('does not vary'),
      });
    }
  });

  it('are near 1 of a series that is made of both, whatever its size', () => {
    for (const size of [1e-9, 1, 1e9]) {
      const found = decomposed((t) => size * (t / 10 + Math.sin((2 * Math.PI * t) / 12)));
      expect(figureOf(found, 'trend-strength')).toBeGreaterThan(0.9);
      expect(figureOf(found, 'season-strength')).toBeGreaterThan(0.9);
    }
  });
});
