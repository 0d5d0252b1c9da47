import type { Strategy } from '@plimsoll/analytics/strategy';
import { defineStrategy, type InstrumentView, type OrderDesk } from '@plimsoll/analytics/strategy';
import { type Facts, factsOf, numberOf } from '../../case-facts.ts';
import type { GoldenCase } from '../../golden-case.ts';

/** What the cases' strategies have in common; they are theirs, so that the engine alone is checked. */
const rule = (id: string) =>
  ({ id, group: 'own', title: id, summary: 'As a case says.', params: {} }) as const;

/** Enters from flat and leaves to flat, one step a bar. */
function step(
  { position }: InstrumentView,
  signal: (value: number) => void,
  when: {
    readonly long: boolean;
    readonly leaveLong: boolean;
    readonly short: boolean;
    readonly leaveShort: boolean;
  },
): void {
  if (position === 0 && when.long) signal(1);
  else if (position === 0 && when.short) signal(-1);
  else if (position > 0 && when.leaveLong) signal(0);
  else if (position < 0 && when.leaveShort) signal(0);
}

/** Asks for a position of so many times the case's size; anew as long as it is not there. */
export type Towards = (orders: OrderDesk, instrument: InstrumentView, times: number) => void;

/** Crossing of two averages: long from the crossing upwards to the one downwards. */
const crossing = (average: 'sma' | 'ema', facts: Facts, towards: Towards): Strategy => {
  const both = facts['ls'] === true;
  return defineStrategy({
    ...rule(average),
    onStart: ({ indicator }) => ({
      fast: indicator(average, { period: numberOf(facts, 'f', 'fast') ?? 50 }),
      slow: indicator(average, { period: numberOf(facts, 's', 'slow') ?? 200 }),
      before: Number.NaN,
    }),
    onBar({ orders, instrument }, state) {
      const side = Math.sign(state.fast.value - state.slow.value);
      if (state.before <= 0 && side > 0) towards(orders, instrument, 1);
      if (state.before >= 0 && side < 0) towards(orders, instrument, both ? -1 : 0);
      state.before = side;
    },
  });
};

const relativeStrength = (facts: Facts, towards: Towards): Strategy => {
  const [low, high] = [numberOf(facts, 'lo', 'low') ?? 30, numberOf(facts, 'hi', 'high') ?? 55];
  return defineStrategy({
    ...rule('rsi'),
    onStart: ({ indicator }) => indicator('rsi', { period: numberOf(facts, 'n', 'period') ?? 14 }),
    onBar({ orders, instrument }, { value }) {
      step(instrument, (times) => towards(orders, instrument, times), {
        long: value < low,
        leaveLong: value > high,
        short: false,
        leaveShort: false,
      });
    },
  });
};

const bollinger = (facts: Facts, towards: Towards): Strategy => {
  const both = facts['ls'] === true;
  const period = numberOf(facts, 'n', 'period') ?? 20;
  const deviations = numberOf(facts, 'k', 'deviations') ?? 2;
  return defineStrategy({
    ...rule('bb'),
    onStart: ({ indicator }) => indicator('bollinger', { period, deviations }),
    onBar({ orders, instrument }, bands) {
      const { close } = instrument;
      step(instrument, (times) => towards(orders, instrument, times), {
        long: close > bands.at('upper'),
        leaveLong: close < bands.at('middle'),
        short: both && close < bands.at('lower'),
        leaveShort: close > bands.at('middle'),
      });
    },
  });
};

const holding = (towards: Towards): Strategy =>
  defineStrategy({
    ...rule('hold'),
    onStart: () => null,
    onBar({ orders, instrument }) {
      if (instrument.position === 0) towards(orders, instrument, 1);
    },
  });

/** Equal weights at the first bar of each month. */
const monthly = (share: number): Strategy =>
  defineStrategy({
    ...rule('monthly'),
    onStart: () => ({ month: '' }),
    onBar({ now, orders, instruments }, state) {
      const month = new Date(now).toISOString().slice(0, 7);
      if (month === state.month) return;
      state.month = month;
      const weight = share / instruments.length;
      orders.rebalance(new Map(instruments.map((each) => [each, weight])));
    },
  });

/** The share of equity that a text such as `target value = 0.98/4 x equity` invests in all. */
const shareIn = (sizing: unknown): number => {
  const found = /(\d*\.?\d+)\s*\/\s*\d+\s*x\s*equity/.exec(String(sizing));
  return found ? Number(found[1]) : 1;
};

/** The strategy that a case names, or undefined where it is none of those known. */
export function strategyOf(golden: GoldenCase, towards: Towards): Strategy | undefined {
  const facts = factsOf(golden['params']);
  const name = String(golden['strategy']).toLowerCase();
  if (/monthly.*equal/.test(name)) return monthly(shareIn(golden['sizing']));
  if (/^(sma|ema)\b/.test(name))
    return crossing(name.startsWith('ema') ? 'ema' : 'sma', facts, towards);
  if (/^rsi\b/.test(name)) return relativeStrength(facts, towards);
  if (/^(bb|bollinger)\b/.test(name)) return bollinger(facts, towards);
  if (/^(bh|hold|buy.?and.?hold)\b/.test(name)) return holding(towards);
  return undefined;
}
