import { barsParameter, shortParameter, sidesRule } from '../../strategy-kit/sides-rule.ts';
import { signalStrategy } from '../../strategy-kit/signal-strategy.ts';

const level = (title: string, standard: number) =>
  ({ kind: 'number', title, min: 0, max: 100, default: standard }) as const;

export default signalStrategy({
  id: 'rsi-reversion',
  group: 'mean-reversion',
  title: 'Buying weakness by relative strength',
  summary:
    'Buys where falls have outweighed rises so much that the relative strength index is below a level, and sells when it is above another: fear overshoots. A market that goes on falling is bought all the way down.',
  source: 'Wilder, New Concepts in Technical Trading Systems, 1978',
  params: {
    period: barsParameter('Bars of the index', 14),
    enter: level('Buy below', 30),
    leave: level('Sell above', 70),
    short: { ...shortParameter, help: 'At 100 less the levels. Needs an account with margin.' },
  },
  check: ({ enter, leave }) =>
    enter < leave
      ? null
      : `the level to buy below (${enter}) must be under that to sell (${leave})`,
  warmUp: ({ period }) => period,
  rows: ({ period }) => [{ indicator: 'rsi', params: { period } }],
  rule: ({ enter, leave, short }) =>
    sidesRule(
      { enter: (rsi) => rsi < enter, leave: (rsi) => rsi > leave },
      short ? { enter: (rsi) => rsi > 100 - enter, leave: (rsi) => rsi < 100 - leave } : undefined,
    ),
});
