import { type Day, dayOf, ok, type Result, refuse } from '@plimsoll/kernel';

/** A day and, where stated, the time of day, both as the broker writes them. */
export interface IbkrMoment {
  readonly day: Day;
  readonly time?: string;
}

const shape = /^(\d{4})(-?)(\d\d)\2(\d\d)(?:[;, T]{1,2}(\d\d):?(\d\d):?(\d\d))?(?: ?[A-Z]{2,4})?$/;
const shortMonth = /^(\d\d)-([A-Z][a-z]{2})-(\d\d)(?:[;, ]{1,2}(\d\d):?(\d\d):?(\d\d))?$/;
const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';

const withTime = (
  day: Day,
  [hours, minutes, seconds]: readonly (string | undefined)[],
): IbkrMoment =>
  hours !== undefined && Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) < 60
    ? { day, time: `${hours}:${minutes}:${seconds}` }
    : { day };

/**
 * Reads `20230522`, `20230522;093406`, `2013-10-23, 20:25:00` or `22-May-23`. Days with slashes are
 * refused: reports are set up with the day or the month first, and do not say which.
 */
export function readIbkrDay(text: string): Result<IbkrMoment> {
  const iso = shape.exec(text);
  const short = iso ? null : shortMonth.exec(text);
  const month = short ? months.indexOf(short[2] ?? '-') / 3 + 1 : Number(iso?.[3]);
  const year = short ? 2000 + Number(short[3]) : Number(iso?.[1]);
  const day = dayOf(year, month, Number(short ? short[1] : iso?.[4]));
  if ((iso || short) && Number.isInteger(month) && day.ok) {
    return ok(withTime(day.value, short ? short.slice(4, 7) : (iso?.slice(5, 8) ?? [])));
  }
  return refuse({
    code: 'day.invalid',
    detail: `"${text.slice(0, 40)}" is not a day like 20230522 or 2023-05-22.`,
  });
}
