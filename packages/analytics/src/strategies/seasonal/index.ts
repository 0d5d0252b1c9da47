import { defineStrategy } from '../../strategy/define-strategy.ts';
import { calendarDay, dayNumberOf } from '../../strategy-kit/schedule.ts';

const month = <const D extends number>(title: string, standard: D) =>
  ({ kind: 'integer', title, min: 1, max: 12, unit: 'month', default: standard }) as const;

export default defineStrategy({
  id: 'seasonal',
  group: 'seasonal',
  title: 'Winter half-year',
  summary:
    'Holds from the first close of one month to the first close of another, by the saying sell in May. It held in most markets over long pasts; nobody knows why, and half of the years prove nothing.',
  source: 'Bouman, Jacobsen, The Halloween Indicator, American Economic Review, 2002',
  params: {
    enter: month('Bought at the first close of', 11),
    leave: month('Sold at the first close of', 5),
  },
  check: ({ enter, leave }) =>
    enter === leave ? `bought and sold in the same month (${enter})` : null,
  onStart: () => ({ day: Number.NaN }),
  onBar({ now, orders, instruments, params: { enter, leave } }, state) {
    const today = dayNumberOf(now);
    if (today === state.day) return;
    state.day = today;
    // Months since the one to buy in; a season over New Year goes round.
    const since = (calendarDay(today).month - enter + 12) % 12;
    const held = since < (leave - enter + 12) % 12;
    for (const view of instruments) {
      if (view.option === null && view.count > 0) orders.signal(view, held ? 1 : 0, 'season');
    }
  },
});
