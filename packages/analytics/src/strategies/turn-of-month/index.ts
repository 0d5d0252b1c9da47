import { weekday } from '@plimsoll/kernel';
import { defineStrategy } from '../../strategy/define-strategy.ts';
import { calendarDay, dayNumberOf } from '../../strategy-kit/schedule.ts';

/** Mondays to Fridays after `day` in its month. */
function weekdaysLeft(day: number): number {
  const { month } = calendarDay(day);
  let left = 0;
  for (let next = day + 1; calendarDay(next).month === month; next++) {
    if (weekday(next) < 5) left++;
  }
  return left;
}

/** Mondays to Fridays of its month up to and with `day`. */
function weekdaysGone(day: number): number {
  let gone = 0;
  for (let past = day - calendarDay(day).day + 1; past <= day; past++) {
    if (weekday(past) < 5) gone++;
  }
  return gone;
}

export default defineStrategy({
  id: 'turn-of-month',
  group: 'seasonal',
  title: 'Turn of the month',
  summary:
    'Holds from the last trading days of a month into the first of the next, when salaries and pension money are put in; in cash for the rest. What it earns is thin, so costs decide, and it has grown thinner since it was published.',
  source: 'Lakonishok, Smidt, Are Seasonal Anomalies Real?, Review of Financial Studies, 1988',
  params: {
    before: {
      kind: 'integer',
      title: 'Weekdays held before the month ends',
      help: 'Counted from Monday to Friday; holidays are not known in advance.',
      min: 1,
      max: 15,
      default: 1,
    },
    after: {
      kind: 'integer',
      title: 'Weekdays held after it began',
      min: 0,
      max: 15,
      default: 3,
    },
  },
  onStart: () => ({ day: Number.NaN }),
  onBar({ now, orders, instruments, params }, state) {
    const today = dayNumberOf(now);
    if (today === state.day) return;
    state.day = today;
    // Decided at a close and carried out at the next open: what is wanted is a day ahead.
    const left = weekdaysLeft(today);
    const within = left <= params.before || weekdaysGone(today) < params.after;
    const held = left === 0 ? params.after > 0 : within;
    for (const view of instruments) {
      if (view.option === null && view.count > 0) orders.signal(view, held ? 1 : 0, 'month');
    }
  },
});
