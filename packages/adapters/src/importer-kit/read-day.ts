import { type Day, dayOf, ok, type Result, refuse } from '@plimsoll/kernel';

/** The order in which a file writes day, month and year; `dmy` and `mdy` also take month names. */
export type DayFormat = 'ymd' | 'dmy' | 'mdy';

/** A day and, where the file has it, the time of that day as the file's clock shows it. */
export interface When {
  readonly day: Day;
  /** `14:30:03.613`; always with hours, minutes and seconds. */
  readonly time?: string;
}

/** The first three letters (four where three are not enough) of month names in the brokers' languages. */
const monthsByName: Readonly<Record<string, number>> = {
  jan: 1,
  ene: 1,
  gen: 1,
  feb: 2,
  fev: 2,
  fév: 2,
  mar: 3,
  mrt: 3,
  mär: 3,
  maa: 3,
  mrz: 3,
  apr: 4,
  abr: 4,
  avr: 4,
  may: 5,
  mai: 5,
  mei: 5,
  maj: 5,
  mag: 5,
  jun: 6,
  juin: 6,
  giu: 6,
  jul: 7,
  juil: 7,
  lug: 7,
  aug: 8,
  ago: 8,
  aoû: 8,
  aou: 8,
  sep: 9,
  set: 9,
  oct: 10,
  okt: 10,
  out: 10,
  ott: 10,
  nov: 11,
  dec: 12,
  dez: 12,
  dic: 12,
  déc: 12,
};

const dayAndTime =
  /^(\d{1,4})[-./ ](\d{1,2}|\p{L}{3,9})\.?,?[-./ ](\d{2}|\d{4})(?:(?:T|,? +)(\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)( ?[AaPp]\.?[Mm]\.?)?)?(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?$/u;
const monthNameFirst = /^(\p{L}{3,9})\.? (\d{1,2}),? (\d{4})(.*)$/u;
const compact = /^(\d{4})(\d{2})(\d{2})$/;

const invalid = (text: string, format: DayFormat) =>
  refuse({
    code: 'import.not-a-day',
    detail: `"${text.slice(0, 40)}" is not a day written ${written[format]}`,
  });

const written = { ymd: 'year-month-day', dmy: 'day-month-year', mdy: 'month-day-year' };

function monthOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const name = text.toLowerCase();
  return monthsByName[name.slice(0, 4)] ?? monthsByName[name.slice(0, 3)] ?? 0;
}

/** Two digits are years of 1970 to 2069. */
const fullYear = (text: string): number => {
  const year = Number(text);
  if (text.length !== 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
};

function timeOf(clock: string, half: string): string | undefined {
  const [hourText = '', minute = '', second = '00'] = clock.split(':');
  let hour = Number(hourText);
  const letter = half.trim().charAt(0).toLowerCase();
  if (letter !== '' && (hour < 1 || hour > 12)) return undefined;
  if (letter === 'p' && hour < 12) hour += 12;
  if (letter === 'a' && hour === 12) hour = 0;
  if (hour > 23 || Number(minute) > 59 || Number(second) >= 60) return undefined;
  return `${String(hour).padStart(2, '0')}:${minute}:${second}`;
}

/**
 * Reads `19-12-2022`, `12/31/2023`, `02-Jan-2025`, `2024-04-18T18:09:12.259Z` and the like. An
 * instant is taken as its own clock writes it: `Z` is the UTC day, `+02:00` the day there.
 */
export function readDay(text: string, format: DayFormat): Result<When> {
  const trimmed = text.trim().replace(compact, '$1-$2-$3').replace(monthNameFirst, '$2 $1 $3$4');
  const named = monthNameFirst.test(text.trim());
  const match = dayAndTime.exec(trimmed);
  if (!match) return invalid(text, format);
  const [, a = '', b = '', c = '', clock, half = ''] = match;
  const byName = named || /\p{L}/u.test(b);
  const order = a.length === 4 ? 'ymd' : byName && format === 'mdy' ? 'dmy' : format;
  if ((order === 'ymd') !== (a.length === 4) || a.length === 3) return invalid(text, format);
  const [year, month, date] = order === 'ymd' ? [a, b, c] : order === 'dmy' ? [c, b, a] : [c, a, b];
  const day = dayOf(fullYear(year), monthOf(month), Number(date));
  if (!day.ok) return invalid(text, format);
  if (clock === undefined) return ok({ day: day.value });
  const time = timeOf(clock, half);
  return time === undefined ? invalid(text, format) : ok({ day: day.value, time });
}

/** The two fields of a transaction that say when. */
export const whenFields = (when: When): { readonly effectiveAt: Day; readonly time?: string } => ({
  effectiveAt: when.day,
  ...(when.time === undefined ? {} : { time: when.time }),
});
