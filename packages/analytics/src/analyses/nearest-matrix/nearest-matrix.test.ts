import { describe, expect, it } from 'vitest';
import { noTools } from '../../analysis/testing/ask-analysis.ts';
import nearestMatrix from './index.ts';

const matrix = [
  [1, 0.9, 0.7],
  [0.9, 1, -0.4],
  [0.7, -0.4, 1],
];

describe('the nearest matrix', () => {
  it.each(['correlation', 'clipped', 'covariance'])('as %s has no negative eigenvalue', (kind) => {
    const found = nearestMatrix.compute({ matrix, kind, names: ['A', 'B', 'C'] }, noTools);
    if (!found.ok) throw new Error(found.fault.detail);
    const figure = (id: string) => found.value.figures.find((each) => each.id === id)?.value ?? 0;
    expect(figure('least-before')).toBeLessThan(-0.1);
    expect(figure('least-after')).toBeGreaterThan(-1e-12);
    expect(JSON.parse(JSON.stringify(found.value))).toEqual(found.value);
    expect(found.value.tables[0]?.rows.map((row) => row[0])).toEqual(['A', 'B', 'C']);
  });

  it('is the nearer, the more it is free to be', () => {
    const distance = (kind: string): number => {
      const found = nearestMatrix.compute({ matrix, kind, names: [] }, noTools);
      return (found.ok && found.value.figures[0]?.value) || 0;
    };
    expect(distance('covariance')).toBeLessThan(distance('correlation'));
    expect(distance('correlation')).toBeLessThan(distance('clipped'));
  });

  it.each([
    [[], 'covariance.shape'],
    [[[1, 2]], 'covariance.shape'],
    [
      [
        [1, 0.5],
        [0.4, 1],
      ],
      'covariance.not-symmetric',
    ],
    [[[1e200]], 'covariance.not-finite'],
  ])('refuses %j', (rows, code) => {
    const found = nearestMatrix.compute({ matrix: rows, kind: 'correlation', names: [] }, noTools);
    expect(found).toMatchObject({ ok: false, fault: { code } });
  });

  it('refuses names that are not one a column', () => {
    const found = nearestMatrix.compute({ matrix, kind: 'correlation', names: ['A'] }, noTools);
    expect(found).toMatchObject({
      ok: false,
      fault: { detail: expect.stringContaining('1 names') },
    });
  });
});
