import { describe, expect, it } from 'vitest';
import { type TurtleBar, TurtleState } from './turtle-state.ts';

const rules = { filter: true, short: false, units: 2, addAt: 0.5, stopAt: 2 };

/** Channels of 90 to 110, those that are left beyond at 95 and 105, with a range of 4. */
const bar = (close: number, given: Partial<TurtleBar> = {}): TurtleBar => ({
  close,
  high: 110,
  low: 90,
  safeHigh: 120,
  safeLow: 80,
  leaveHigh: 105,
  leaveLow: 95,
  range: 4,
  ...given,
});

const steps = (state: TurtleState, bars: readonly TurtleBar[]) =>
  bars.map((each) => {
    const step = state.next(each);
    return step === null ? '-' : `${step.side} ${step.why}`;
  });

describe('turtles', () => {
  it('add a unit at half a range, no more than they may, and leave by the channel', () => {
    const state = new TurtleState(rules);
    expect(
      steps(state, [bar(109), bar(111), bar(112), bar(113), bar(120), bar(108, { leaveLow: 109 })]),
    ).toEqual(['-', '1 breakout', '-', '1 unit 2', '-', '0 way out']);
  });

  it('are stopped two ranges below the newest unit', () => {
    const state = new TurtleState(rules);
    // The unit is of 113, so at 105 it is not beyond 8 and at 104.9 it is.
    expect(steps(state, [bar(111), bar(113), bar(105), bar(104.9)])).toEqual([
      '1 breakout',
      '1 unit 2',
      '-',
      '0 stop',
    ]);
  });

  it('pass over a breakout after one that won, but not beyond the longer channel', () => {
    const won = [bar(111), bar(130), bar(128, { leaveLow: 129, high: 140 })];
    const after = [bar(112), bar(121)];
    expect(steps(new TurtleState({ ...rules, units: 1 }), [...won, ...after])).toEqual([
      '1 breakout',
      '-',
      '0 way out',
      '-',
      '1 fail-safe breakout',
    ]);
    expect(
      steps(new TurtleState({ ...rules, units: 1, filter: false }), [...won, ...after]),
    ).toEqual(['1 breakout', '-', '0 way out', '1 breakout', '-']);
  });

  it('judge a breakout that they passed over too', () => {
    const state = new TurtleState({ ...rules, units: 1 });
    const won = [bar(111), bar(130), bar(128, { leaveLow: 129, high: 140 })];
    // Passed over at 112; it would have lost at 103, so the next is taken.
    expect(steps(state, [...won, bar(112), bar(103), bar(111)])).toEqual([
      '1 breakout',
      '-',
      '0 way out',
      '-',
      '-',
      '1 breakout',
    ]);
  });

  it('sell short below the channel where they may', () => {
    const fall = [bar(89), bar(87), bar(106)];
    expect(steps(new TurtleState(rules), fall)).toEqual(['-', '-', '-']);
    expect(steps(new TurtleState({ ...rules, short: true }), fall)).toEqual([
      '-1 breakout',
      '-1 unit 2',
      '0 stop',
    ]);
  });
});
