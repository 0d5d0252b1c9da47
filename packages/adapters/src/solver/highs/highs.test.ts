import { linearSolverConformance } from '@plimsoll/ports/conformance';
import type { LinearProgram } from '@plimsoll/quant/solver';
import { describe, expect, it } from 'vitest';
import { highs } from './index.ts';
import { loadHighs } from './load-highs.ts';
import { solveWithHighs } from './solve-with-highs.ts';

linearSolverConformance(highs);

/** Twelve kinds of things, as many as go in: hard enough to branch. */
const packing = (kinds: number): LinearProgram => ({
  cost: Float64Array.from({ length: kinds }, (_, i) => -(17 + ((i * 31) % 13))),
  rows: {
    start: Int32Array.of(0, kinds),
    column: Int32Array.from({ length: kinds }, (_, i) => i),
    value: Float64Array.from({ length: kinds }, (_, i) => 11 + ((i * 17) % 19)),
  },
  rowLower: Float64Array.of(Number.NEGATIVE_INFINITY),
  rowUpper: Float64Array.of(251),
  lower: new Float64Array(kinds),
  upper: new Float64Array(kinds).fill(3),
  integers: Int32Array.from({ length: kinds }, (_, i) => i),
});

describe('HiGHS', () => {
  it('keeps no memory of programs that are done', async () => {
    const runtime = await loadHighs();
    const solve = solveWithHighs(runtime, 60);
    const { integers: _, ...relaxed } = packing(12);
    for (let i = 0; i < 50; i++) solve(relaxed);
    const before = runtime.memoryBytes;
    for (let i = 0; i < 1000; i++) expect(solve(relaxed).status).toBe('optimal');
    expect(runtime.memoryBytes).toBe(before);
  });

  it('finds the best of all whole numbers', async () => {
    const solve = await highs.open();
    const { cost, rows } = packing(5);
    let best = 0;
    for (let code = 0; code < 4 ** 5; code++) {
      const counts = [0, 1, 2, 3, 4].map((i) => Math.floor(code / 4 ** i) % 4);
      const total = (of: Float64Array): number =>
        counts.reduce((sum, count, i) => sum + count * (of[i] ?? 0), 0);
      if (total(rows.value) <= 120) best = Math.min(best, total(cost));
    }
    const solution = solve({ ...packing(5), rowUpper: Float64Array.of(120) });
    expect(solution.objective).toBe(best);
    expect(solution.x.every(Number.isInteger)).toBe(true);
  });

  it('says that its time is up', async () => {
    const solve = await highs.open({ seconds: 1e-9 });
    expect(solve(packing(40)).status).toBe('limit');
    await expect(highs.open({ seconds: 0 })).rejects.toThrow('above 0 seconds');
  });

  it('does not take a program whose parts have not one length', async () => {
    const solve = await highs.open();
    expect(() => solve({ ...packing(3), upper: new Float64Array(2) })).toThrow(/upper|length/i);
    expect(solve(packing(3)).status).toBe('optimal');
  });
});
