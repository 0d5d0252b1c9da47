import { type Day, type Fault, ok, type Result, refuse } from '@plimsoll/kernel';

/**
 * The calendar day of an instant where an account or exchange is: 07:30 UTC on New Year's Day is
 * still the old year in Los Angeles.
 *
 * @param instant Milliseconds since 1970-01-01T00:00:00Z.
 * @param zone An IANA name, `America/Los_Angeles`.
 * @returns the day, refused where the zone is not known.
 */
export function dayInZone(instant: number, zone: string): Result<Day, Fault> {
  try {
    const parts = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    }).formatToParts(instant);
    const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
    return ok(`${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refuse({
      code: 'zone.unknown',
      detail: `"${zone}" is not a time zone like Europe/Berlin, or ${instant} is not an instant.`,
    });
  }
}
