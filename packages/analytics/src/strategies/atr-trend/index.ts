import { channelRow } from '../../strategy-kit/channel-row.ts';
import {
  barsParameter,
  type SideWhen,
  shortParameter,
  sidesRule,
} from '../../strategy-kit/sides-rule.ts';
import { closeRow, signalStrategy } from '../../strategy-kit/signal-strategy.ts';

/** A side entered beyond the channel and left `distance` × ATR away from the best close since. */
function trailed(sign: 1 | -1, distance: number): SideWhen {
  let best = Number.NaN;
  return {
    enter(close, high, low) {
      best = close;
      return sign === 1 ? close > high : close < low;
    },
    leave(close, _high, _low, range) {
      if (sign * (close - best) > 0) best = close;
      return sign * (best - close) > distance * range;
    },
  };
}

export default signalStrategy({
  id: 'atr-trend',
  group: 'trend',
  title: 'Trend with a trailing stop of true ranges',
  summary:
    'Buys a close above the highest high of some weeks and stays until a close is some average true ranges below the best close since: the stop leaves a trend as much room as it needs. Gives back the last stretch of each trend, and pays for false starts.',
  source:
    'LeBeau, Lucas, Technical Traders Guide to Computer Analysis of the Futures Markets, 1992 (chandelier exit)',
  params: {
    enter: barsParameter('Bars of the channel to enter beyond', 20, 1),
    length: barsParameter('Bars of the average true range', 22, 1),
    distance: {
      kind: 'number',
      title: 'Distance of the stop, in average true ranges',
      help: 'From the best close since the entry; judged at closes.',
      above: 0,
      max: 20,
      default: 3,
    },
    short: shortParameter,
  },
  warmUp: ({ enter, length }) => Math.max(enter, length),
  rows: ({ enter, length }) => [
    closeRow,
    channelRow(enter, 'upper'),
    channelRow(enter, 'lower'),
    { indicator: 'atr', params: { period: length } },
  ],
  rule: ({ distance, short }) =>
    sidesRule(trailed(1, distance), short ? trailed(-1, distance) : undefined),
});
