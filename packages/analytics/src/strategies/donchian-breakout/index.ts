import { channelRow } from '../../strategy-kit/channel-row.ts';
import { barsParameter, shortParameter, sidesRule } from '../../strategy-kit/sides-rule.ts';
import { closeRow, signalStrategy } from '../../strategy-kit/signal-strategy.ts';

export default signalStrategy({
  id: 'donchian-breakout',
  group: 'breakout',
  title: 'Out of the Donchian channel',
  summary:
    'Buys a close above the highest high of some weeks and sells at a close below the lowest low of fewer: every long trend begins with a new high. Most new highs are not the beginning of one, so many small losses pay for a few large gains.',
  source: 'Donchian, High finance in copper, Financial Analysts Journal, 1960',
  params: {
    enter: barsParameter('Bars of the channel to enter beyond', 20, 1),
    leave: barsParameter('Bars of the channel to leave beyond', 10, 1),
    short: shortParameter,
  },
  warmUp: ({ enter, leave }) => Math.max(enter, leave),
  rows: ({ enter, leave }) => [
    closeRow,
    channelRow(enter, 'upper'),
    channelRow(enter, 'lower'),
    channelRow(leave, 'upper'),
    channelRow(leave, 'lower'),
  ],
  rule: ({ short }) =>
    sidesRule(
      {
        enter: (close, high) => close > high,
        leave: (close, _high, _low, _nearHigh, nearLow) => close < nearLow,
      },
      short
        ? {
            enter: (close, _high, low) => close < low,
            leave: (close, _high, _low, nearHigh) => close > nearHigh,
          }
        : undefined,
    ),
});
