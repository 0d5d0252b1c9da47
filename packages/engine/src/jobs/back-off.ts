/** Tries of an item before it is given up. */
export const mostAttempts = 5;

/** A provider that wants to be left alone for longer is asked at the next refresh. */
export const longestAskedMs = 30 * 60_000;

const firstPauseMs = 2_000;
const longestPauseMs = 10 * 60_000;

/**
 * How long an item rests after its n-th failed try, milliseconds: 2 s doubled with each, at most ten
 * minutes, of which a random part between half and all, so that many do not come back at once. What
 * the provider asked for is kept to.
 *
 * @param attempts Tries so far, 1 or more.
 * @param random   In [0, 1).
 */
export function backOffMs(attempts: number, random: number, askedMs = 0): number {
  const whole = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempts - 1));
  return Math.round(Math.max(askedMs, whole * (0.5 + random / 2)));
}
