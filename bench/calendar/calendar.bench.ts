import { type ExchangeCalendar, exchangeCalendars } from '@plimsoll/domain';
import { dayNumber } from '@plimsoll/kernel';
import { line, median, ms, take, title } from '../report.ts';

const from = dayNumber('2000-01-01');
const until = dayNumber('2025-01-01');

const sessionsOf = (calendar: ExchangeCalendar, days: Int32Array): number =>
  days.reduce((count, day) => count + (calendar.session(day) ? 1 : 0), 0);

/** Asks whether each of a million instants is within trading hours. */
function askOpen(calendar: ExchangeCalendar, count: number): number {
  const [start, step] = [from * 86_400_000, ((until - from) * 86_400_000) / count];
  let open = 0;
  for (let at = 0; at < count; at++) if (calendar.isOpenAt(start + at * step)) open++;
  return open;
}

/** Trading days and sessions of 25 years, first asked and again; a million instants. */
export async function run(): Promise<void> {
  title('25 years of one exchange: trading days < 5 ms; then sessions, then 1 M instants');
  line('exchange', 'days, first', 'days, again', 'sessions, first', 'again', 'instants/s');
  for (const mic of ['XNYS', 'XLON', 'XTKS', 'XHKG', 'XNSE']) {
    const calendar = exchangeCalendars.find((each) => each.mic === mic);
    if (!calendar) throw new Error(`no calendar for ${mic}`);
    const first = await take(() => calendar.tradingDays(from, until));
    const again = await median(5, () => calendar.tradingDays(from, until));
    const session = await take(() => sessionsOf(calendar, first.result));
    const kept = await median(5, () => sessionsOf(calendar, first.result));
    const asked = await median(3, () => askOpen(calendar, 1_000_000));
    const rate = `${(1000 / asked.wallMs).toFixed(1)} M`;
    line(mic, ms(first.wallMs), ms(again.wallMs), ms(session.wallMs), ms(kept.wallMs), rate);
  }
}
