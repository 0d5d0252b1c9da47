import type { Instrument } from '../ledger/instrument.ts';
import type { CalendarRules } from './calendar-rules.ts';
import { defineCalendar } from './define-calendar.ts';
import type { ExchangeCalendar } from './exchange-calendar.ts';
import { australia } from './exchanges/australia.ts';
import { frankfurt, xetra } from './exchanges/deutsche-boerse.ts';
import { amsterdam, brussels, lisbon, milan, oslo, paris } from './exchanges/euronext.ts';
import { hongKong } from './exchanges/hong-kong.ts';
import { bse, nse } from './exchanges/india.ts';
import { london } from './exchanges/london.ts';
import { madrid } from './exchanges/madrid.ts';
import { newYork } from './exchanges/new-york.ts';
import { currencies, roundTheClock, weekdays } from './exchanges/no-exchange.ts';
import { copenhagen, helsinki, stockholm } from './exchanges/nordic.ts';
import { six } from './exchanges/six.ts';
import { tokyo } from './exchanges/tokyo.ts';
import { toronto } from './exchanges/toronto.ts';

const under = (rules: CalendarRules, mic: string, name: string): CalendarRules => ({
  ...rules,
  mic,
  name,
});

/** The calendars of all exchanges that are known, one for each ISO 10383 operating code. */
export const exchangeCalendars: readonly ExchangeCalendar[] = [
  newYork,
  under(newYork, 'XNAS', 'Nasdaq'),
  under(newYork, 'ARCX', 'NYSE Arca'),
  under(newYork, 'XASE', 'NYSE American'),
  under(newYork, 'BATS', 'Cboe BZX'),
  under(newYork, 'OTCM', 'OTC Markets'),
  toronto,
  under(toronto, 'XTSX', 'TSX Venture Exchange'),
  london,
  xetra,
  frankfurt,
  paris,
  amsterdam,
  brussels,
  lisbon,
  milan,
  oslo,
  six,
  stockholm,
  helsinki,
  copenhagen,
  madrid,
  tokyo,
  under(tokyo, 'XJPX', 'Japan Exchange Group'),
  hongKong,
  australia,
  nse,
  bse,
].map(defineCalendar);

/** Market segments that keep the calendar of another code. */
const segments: Readonly<Record<string, string>> = {
  XNGS: 'XNAS',
  XNMS: 'XNAS',
  XNCM: 'XNAS',
  BATY: 'BATS',
  EDGA: 'BATS',
  EDGX: 'BATS',
  IEXG: 'BATS',
  XOTC: 'OTCM',
  PINX: 'OTCM',
  MTAA: 'XMIL',
  ETFP: 'XMIL',
  XJAS: 'XTKS',
};

const byMic = new Map(exchangeCalendars.map((each) => [each.mic, each]));
for (const [segment, mic] of Object.entries(segments)) {
  const calendar = byMic.get(mic);
  if (calendar) byMic.set(segment, calendar);
}

const everyDay = defineCalendar(roundTheClock);
const currencyDays = defineCalendar(currencies);
const mondayToFriday = defineCalendar(weekdays);

/** The calendar of an exchange by its ISO 10383 code, upper case; null where it is not known. */
export const exchangeCalendar = (mic: string): ExchangeCalendar | null => byMic.get(mic) ?? null;

/**
 * The calendar that an instrument's prices follow: crypto every day, currencies Monday to Friday,
 * the exchange's where its code is known, else Monday to Friday marked as a guess.
 */
export function calendarFor(
  instrument: Pick<Instrument, 'kind' | 'mic' | 'currency'>,
): ExchangeCalendar {
  if (instrument.kind === 'crypto' || instrument.kind === 'sim-coin') return everyDay;
  if (instrument.kind === 'fx') return currencyDays;
  return (instrument.mic && exchangeCalendar(instrument.mic)) || mondayToFriday;
}
