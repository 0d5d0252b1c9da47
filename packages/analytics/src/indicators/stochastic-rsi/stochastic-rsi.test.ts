import { expect, it } from 'vitest';
import { runIndicator } from '../../indicator/index.ts';
import stochasticRsi from './index.ts';

it('says nothing while the market stands still, though its index trembles in the last bits', () => {
  const moving = Array.from({ length: 60 }, (_, i) => 100 + Math.sin(i) * 3);
  const close = Float64Array.from([...moving, ...new Array<number>(60).fill(101)]);
  const [k] = runIndicator(stochasticRsi, { period: 14, window: 14 }, { value: close });
  // Fourteen bars after the last move the whole window is of one index.
  expect([...(k?.subarray(60 + 14) ?? [])].filter((x) => !Number.isNaN(x))).toEqual([]);
  expect(k?.subarray(40, 60).every((x) => x >= 0 && x <= 100)).toBe(true);
});
