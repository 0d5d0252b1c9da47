import { type DayNumber, dayNumber } from '@plimsoll/kernel';

const msPerDay = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once per zone: making one costs a thousand times what using it does. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(zone, made);
  return made;
}

/** What clocks in a zone show at an instant, asked of the platform. */
function shownIn(zone: string, instant: number): number {
  const shown = formatOf(zone).format(instant);
  const part = (from: number): number => Number(shown.slice(from, from + 2));
  // "03/31/2026, 09:30:00"
  const day = dayNumber(`${shown.slice(6, 10)}-${shown.slice(0, 2)}-${shown.slice(3, 5)}`);
  const seconds = part(12) * 3600 + part(15) * 60 + part(18);
  return day * msPerDay + seconds * 1000 + (((instant % 1000) + 1000) % 1000);
}

/** By zone and day: how far its clocks are ahead at that day's 00:00 UTC. */
const midnightOffsets = new Map<string, Map<DayNumber, number>>();

function midnightOffset(zone: string, day: DayNumber): number {
  const offsets = midnightOffsets.get(zone) ?? new Map<DayNumber, number>();
  if (offsets.size === 0) midnightOffsets.set(zone, offsets);
  const kept = offsets.get(day);
  if (kept !== undefined) return kept;
  const offset = shownIn(zone, day * msPerDay) - day * msPerDay;
  offsets.set(day, offset);
  return offset;
}

/**
 * What clocks in a zone show at an instant, as if they showed UTC.
 *
 * The platform is asked once a day, and again only on days between whose midnights clocks change,
 * as asking costs some two microseconds.
 *
 * @param zone An IANA name that exists.
 * @param instant Milliseconds since 1970-01-01T00:00:00Z, from the year 1 on.
 * @returns milliseconds from 1970-01-01 00:00 on the zone's own clocks.
 */
export function wallClock(zone: string, instant: number): number {
  if (zone === 'UTC') return instant;
  const day = Math.floor(instant / msPerDay);
  const offset = midnightOffset(zone, day);
  return offset === midnightOffset(zone, day + 1) ? instant + offset : shownIn(zone, instant);
}

/** The calendar day that a zone's clocks show at an instant. */
export const zoneDay = (zone: string, instant: number): DayNumber =>
  Math.floor(wallClock(zone, instant) / msPerDay);

/**
 * The instant at which a zone's clocks show a time of a day. A time that clocks skip in spring is
 * read with the offset from before the change.
 *
 * @param minutes From the day's 00:00; negative for the day before.
 * @returns milliseconds since 1970-01-01T00:00:00Z.
 */
export function instantInZone(zone: string, day: DayNumber, minutes: number): number {
  const wall = day * msPerDay + minutes * 60_000;
  const offset = (instant: number): number => wallClock(zone, instant) - instant;
  const guess = wall - offset(wall);
  const better = wall - offset(guess);
  if (better === guess || wallClock(zone, better) === wall) return better;
  return Math.max(guess, better);
}
