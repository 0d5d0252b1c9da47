import { describe, expect, it } from 'vitest';
import { neighbourhoods, pickTrial } from './plateau.ts';
import { runSearch } from './run-search.ts';
import { crossing, searcherOf } from './testing/found.ts';

describe('a plateau', () => {
  const space = crossing(7);
  /** A lonely peak at (1, 7), and a broad hill about (3, 5). */
  const value = (fast: number, slow: number): number =>
    fast === 1 && slow === 7 ? 9 : 5 - (fast - 3) ** 2 - (slow - 5) ** 2;
  const { trials } = runSearch(searcherOf(space, {}), (asked) =>
    asked.map(({ number, parameters: { fast, slow } }) => ({
      number,
      value: value(Number(fast), Number(slow)),
    })),
  );

  it('has its centre where the neighbours are good too', () => {
    expect(pickTrial(space, trials, 'best')?.trial.parameters).toMatchObject({ fast: 1, slow: 7 });
    expect(pickTrial(space, trials, 'plateau')?.trial.parameters).toMatchObject({
      fast: 3,
      slow: 5,
    });
  });

  it('counts the neighbours that the space allows', () => {
    const corner = neighbourhoods(space, trials).find(({ trial: { value: v } }) => v === 9);
    // (1, 6), (2, 6) and (2, 7).
    expect(corner).toMatchObject({ known: 3, possible: 3, positiveShare: 1 / 3 });
    expect(corner?.mean).toBeCloseTo((9 + 0 + 3 + 0) / 4, 12);
  });

  it('is not claimed where too few neighbours were tried', () => {
    const few = trials.filter(({ number }) => number % 4 === 0);
    expect(pickTrial(space, few, 'plateau')?.how).toContain('too few neighbours');
    expect(pickTrial(space, [], 'plateau')).toBeNull();
  });
});
