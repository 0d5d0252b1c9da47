import { isDay } from '@plimsoll/kernel';

/** The instant at which a day begins, as providers stamp it; what is no day stays as it is. */
export const stampOf = (day: unknown, hour = 0): unknown =>
  typeof day === 'string' && isDay(day) ? Date.parse(`${day}T00:00:00Z`) + hour * 3_600_000 : day;
