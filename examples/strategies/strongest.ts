import { defineStrategy } from '@plimsoll/strategy';
import { highest } from './_ranks.ts';

export default defineStrategy({
  id: 'strongest',
  group: 'own',
  title: 'The strongest of several',
  summary:
    'Every so many sessions holds, in equal parts, the instruments that have risen most, as long as they have risen at all. The rest stays in cash.',
  params: {
    lookBack: { kind: 'integer', title: 'Bars that are looked back over', min: 2, default: 120 },
    hold: { kind: 'integer', title: 'Instruments held at once', min: 1, default: 2 },
    every: { kind: 'integer', title: 'Sessions between decisions', min: 1, default: 21 },
  },
  check: ({ lookBack, every }) =>
    every > lookBack ? `every (${every}) is longer than lookBack (${lookBack})` : null,
  warmUp: ({ lookBack }) => lookBack + 1,
  onStart: () => ({ sessions: 0 }),
  onDayClose: ({ params, instruments, orders, log }, memory) => {
    if (memory.sessions++ % params.every !== 0) return;
    const riseOf = (one: (typeof instruments)[number]) =>
      one.alive ? one.close / one.at('close', params.lookBack) - 1 : Number.NaN;
    const chosen = highest(instruments, params.hold, riseOf).filter((one) => riseOf(one) > 0);
    log(`holds ${chosen.map(({ id }) => id).join(', ') || 'nothing'}`);
    orders.rebalance(new Map(chosen.map((one) => [one, 1 / params.hold])), 'strongest');
  },
});
