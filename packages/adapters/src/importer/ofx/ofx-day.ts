import { dayOf, ok, type Result, refuse } from '@plimsoll/kernel';
import type { When } from '../../importer-kit/index.ts';

const shape =
  /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(?:[.:]\d{1,6})?(?: ?\[[^\]]{0,12}\]?)?$/;

/** Midnight and noon stand for "some time that day" in most files. */
const placeholders = new Set(['00:00:00', '12:00:00']);

/**
 * Reads `20090401`, `20090401122017.000[-5:EST]`. The day is the one written: it is in the zone that
 * the bank names, or in the bank's own where it names none.
 */
export function readOfxDay(text: string): Result<When> {
  const match = shape.exec(text);
  const day = match ? dayOf(Number(match[1]), Number(match[2]), Number(match[3])) : undefined;
  if (!match || !day?.ok) {
    return refuse({
      code: 'import.not-a-day',
      detail: `"${text.slice(0, 40)}" is not a day written like 20240131.`,
    });
  }
  const time = `${match[4]}:${match[5]}:${match[6] ?? '00'}`;
  const isTime = match[4] !== undefined && Number(match[4]) < 24 && Number(match[5]) < 60;
  return ok(isTime && !placeholders.has(time) ? { day: day.value, time } : { day: day.value });
}
