import { present, seededRandom } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import { runBacktest } from '../../backtest/run-backtest.ts';
import { marketOf, settingsOf } from '../../strategy-kit/testing/random-market.ts';
import pairs from './index.ts';
import { PairState } from './pair-state.ts';

const rules = { enter: 2, leave: 0.5, stop: 4, patience: 3 };
const relation = { hedgeRatio: 1.5, constant: 0, deviation: 1, halfLife: 2, p: 0.01 };

/** What is done at one spread after the other, a day each. */
function steps(spreads: readonly number[], given = rules) {
  const state = new PairState(given);
  state.learn({ relation });
  return spreads.map((z) => {
    const step = state.next(z, 0, true);
    return step === null ? '-' : `${step.side} ${step.why}`;
  });
}

describe('the state of a pair', () => {
  it('buys what is cheap and comes back to the middle', () => {
    expect(steps([0, -1.9, -2.1, -1, -0.6, -0.4])).toEqual([
      '-',
      '-',
      '1 spread at z -2.10',
      '-',
      '-',
      '0 back (z -0.40)',
    ]);
    expect(steps([2.5, 0.6, -1])).toEqual(['-1 spread at z 2.50', '-', '0 back (z -1.00)']);
  });

  it('gives up beyond the stop, and waits for the middle before it enters again', () => {
    expect(steps([2.5, 4.1, 2.5, 0.4, 2.5])).toEqual([
      '-1 spread at z 2.50',
      '0 given up (z 4.10)',
      '-',
      '-',
      '-1 spread at z 2.50',
    ]);
    expect(steps([4.5])).toEqual(['-']);
  });

  it('gives up when it takes too long', () => {
    // Three half-lives of two days.
    expect(steps([3, 3, 3, 3, 3, 3, 3, 3])).toEqual([
      '-1 spread at z 3.00',
      '-',
      '-',
      '-',
      '-',
      '-',
      '-',
      '0 too long (z 3.00)',
    ]);
  });

  it('says once what is new, and does nothing without a relation', () => {
    const state = new PairState(rules);
    expect(state.learn({ why: 'not cointegrated (p 0.400, at most 0.05)' })).toBe(
      'not traded: not cointegrated (p 0.400, at most 0.05)',
    );
    expect(state.learn({ why: 'not cointegrated (p 0.500, at most 0.05)' })).toBe(null);
    expect(state.next(-9, 0, true)).toBe(null);
    expect(state.learn({ relation })).toBe('cointegrated');
  });
});

describe('pairs', () => {
  const walk = (seed: number, n: number) => {
    const random = seededRandom(seed);
    let level = Math.log(100);
    return Array.from({ length: n }, () => {
      level += 0.01 * random.normal();
      return level;
    });
  };

  it('find the hedge ratio, and hold both sides by it', () => {
    const random = seededRandom(9);
    const second = walk(8, 160);
    let spread = 0;
    const first = second.map((each) => {
      spread = 0.6 * spread + 0.02 * random.normal();
      return 0.5 * each + 1 + spread;
    });
    const market = marketOf({ A: first.map(Math.exp), B: second.map(Math.exp) }, { step: 0 });
    const settings = settingsOf({ account: { kind: 'margin' } });
    const result = runBacktest(pairs, { window: 120, enter: 1.5 }, market, settings);
    if (!result.ok) throw new Error(result.fault.detail);
    const { fills, log } = result.value;
    expect(log.some(({ text }) => text === 'A and B: cointegrated')).toBe(true);
    const value = (i: number) => (fills.quantity[i] as number) * (fills.price[i] as number);
    expect(fills.at.length).toBeGreaterThanOrEqual(2);
    const [one, other] = fills.instrument[0] === 0 ? [0, 1] : [1, 0];
    const ratio = -value(present(other, 'B')) / value(present(one, 'A'));
    // True is 0.5; estimated of 120 days.
    expect(ratio).toBeGreaterThan(0.35);
    expect(ratio).toBeLessThan(0.65);
    expect(Math.abs(value(0)) + Math.abs(value(1))).toBeCloseTo(100_000, -3);
  });

  it('do not trade what goes its own ways, and say so', () => {
    const market = marketOf({ A: walk(1, 160).map(Math.exp), B: walk(2, 160).map(Math.exp) });
    const result = runBacktest(pairs, { window: 120 }, market, settingsOf());
    if (!result.ok) throw new Error(result.fault.detail);
    expect(result.value.fills.at.length).toBe(0);
    expect(result.value.log[0]?.text).toMatch(/^A and B: not traded: not cointegrated \(p 0\.\d+/);
  });

  it('must be told which two of several', () => {
    const market = marketOf({ A: [1, 2], B: [1, 2], C: [1, 2] });
    const run = (params: object) => runBacktest(pairs, params, market, settingsOf());
    expect(run({})).toMatchObject({
      fault: { detail: expect.stringContaining('name first and second') },
    });
    expect(run({ first: 'A', second: 'C' })).toMatchObject({ ok: true });
  });
});
