import { defineStrategy } from '../../strategy/define-strategy.ts';
import { channelRow } from '../../strategy-kit/channel-row.ts';
import { barsParameter, shortParameter } from '../../strategy-kit/sides-rule.ts';
import { closeRow } from '../../strategy-kit/signal-strategy.ts';
import { TurtleState } from './turtle-state.ts';

const ranges = <const D extends number>(title: string, standard: D) =>
  ({
    kind: 'number',
    title,
    above: 0,
    max: 20,
    unit: 'average true ranges',
    default: standard,
  }) as const;

export default defineStrategy({
  id: 'turtle',
  group: 'breakout',
  title: 'Turtles',
  summary:
    'Buys breakouts in units of equal risk, adds to what goes well, and is out at two average true ranges against it or at a shorter channel. A breakout is passed over if the last would have won, but not beyond the longer channel. Lives on a few long trends; years can pass between them.',
  source:
    'Faith, The Original Turtle Trading Rules, 2003 (system 1); decided at closes instead of within the day',
  params: {
    enter: barsParameter('Bars of the channel to enter beyond', 20, 1),
    leave: barsParameter('Bars of the channel to leave beyond', 10, 1),
    safe: barsParameter('Bars of the channel that is never passed over', 55, 1),
    filter: { kind: 'flag', title: 'Pass over a breakout if the last one won', default: true },
    length: barsParameter('Bars of the average true range', 20, 1),
    risk: {
      kind: 'number',
      title: 'Share of equity that one average true range of a unit is worth',
      above: 0,
      max: 0.2,
      default: 0.01,
    },
    units: { kind: 'integer', title: 'Most units', min: 1, max: 20, default: 4 },
    addAt: ranges('Distance at which a unit is added', 0.5),
    stopAt: ranges('Distance of the stop from the newest unit', 2),
    most: {
      kind: 'number',
      title: 'Largest position, of equity',
      help: 'Of each instrument. Above 1 needs an account with margin.',
      above: 0,
      max: 20,
      default: 1,
    },
    short: shortParameter,
  },
  check: ({ enter, safe }) =>
    enter <= safe
      ? null
      : `the channel that is never passed over (${safe}) is shorter than ${enter}`,
  warmUp: ({ enter, leave, safe, length }) => Math.max(enter, leave, safe, length),
  onStart({ instruments, indicator, params }) {
    const { enter, leave, safe, length } = params;
    return instruments
      .filter(({ option }) => option === null)
      .map((of) => {
        const channel = (period: number) =>
          indicator('donchian', channelRow(period, 'upper').params, { of });
        return {
          of,
          state: new TurtleState(params),
          from: Math.max(enter, leave, safe, length),
          close: indicator(closeRow.indicator, closeRow.params, { of }),
          near: channel(enter),
          out: channel(leave),
          far: channel(safe),
          range: indicator('atr', { period: length }, { of }),
        };
      });
  },
  onBar({ orders, params, portfolio }, markets) {
    for (const { of, state, from, close, near, out, far, range } of markets) {
      if (!of.fresh || of.count <= from) continue;
      const step = state.next({
        close: close.value,
        high: near.at('upper'),
        low: near.at('lower'),
        safeHigh: far.at('upper'),
        safeLow: far.at('lower'),
        leaveHigh: out.at('upper'),
        leaveLow: out.at('lower'),
        range: range.value,
      });
      if (step === null) continue;
      // One unit moves equity by `risk` when its price moves by one average true range.
      const unit = (params.risk * close.value) / range.value;
      const held = of.value / portfolio.equity;
      const weight = held + step.side * unit;
      const capped = Math.max(-params.most, Math.min(params.most, weight));
      if (step.side === 0) orders.toWeight(of, 0, step.why);
      else if (step.side * (capped - held) > 0) orders.toWeight(of, capped, step.why);
    }
  },
});
