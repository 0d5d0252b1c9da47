import { type Day, daysBetween, type PanelInput } from '@plimsoll/kernel';

/** Levels of instruments over days, with gaps. */
export interface Levels {
  readonly days: readonly Day[];
  readonly names: readonly string[];
  /** Shape [days × names], NaN where not known. */
  readonly values: Float64Array;
}

/**
 * Prices as they are; returns compounded to levels that begin with 1 the day they begin, a missing
 * return being a day without a level.
 */
export function levelsOf({ days = [], names, values, are = 'prices' }: PanelInput): Levels {
  const width = names.length;
  const levels = new Float64Array(values.length * width).fill(Number.NaN);
  const standing = new Float64Array(width).fill(1);
  values.forEach((row, t) => {
    row.forEach((value, j) => {
      if (value === null) return;
      if (are === 'returns') standing[j] *= 1 + value;
      levels[t * width + j] = are === 'returns' ? standing[j] : value;
    });
  });
  return { days, names, values: levels };
}

/** How long before an episode's first day a close may be, to count as its close. */
const stalest = 7;

/** What a window of the past would do to the portfolio of today. */
export interface Replay {
  /** Return of each instrument, held through; null where neither it nor a stand-in is known. */
  readonly returns: readonly (number | null)[];
  /** Names whose history does not reach there, replaced by their beta × the index. */
  readonly proxied: readonly string[];
  /** Names for which there is not even that; they count as unchanged. */
  readonly unknown: readonly string[];
  /** Σ w_i r_i, holdings bought at the start and held; null where nothing at all is known. */
  readonly portfolio: number | null;
}

/**
 * Holds today's weights from the close on or before the first day to the close on or before the
 * last, Σ w_i (P_end ÷ P_start − 1).
 *
 * @param weights Shape [names].
 * @param standIn What to take for an instrument without history there; null where there is nothing.
 */
export function replay(
  levels: Levels,
  weights: Float64Array,
  window: { readonly from: Day; readonly to: Day },
  standIn: (name: string) => number | null = () => null,
): Replay {
  const proxied: string[] = [];
  const unknown: string[] = [];
  const returns = levels.names.map((name, j) => {
    const start = closeOn(levels, j, window.from);
    const end = closeOn(levels, j, window.to);
    if (start !== null && end !== null) return end / start - 1;
    const replaced = standIn(name);
    (replaced === null ? unknown : proxied).push(name);
    return replaced;
  });
  const isKnown = returns.some((each) => each !== null);
  return {
    returns,
    proxied,
    unknown,
    portfolio: isKnown
      ? returns.reduce<number>((sum, each, j) => sum + weights[j] * (each ?? 0), 0)
      : null,
  };
}

/** The last level on or before a day and at most a week old; null where there is none. */
function closeOn({ days, names, values }: Levels, column: number, day: Day): number | null {
  let row = lastOnOrBefore(days, day);
  for (; row >= 0; row--) {
    if (daysBetween(days[row], day) > stalest) return null;
    const value = values[row * names.length + column];
    if (!Number.isNaN(value)) return value;
  }
  return null;
}

function lastOnOrBefore(days: readonly Day[], day: Day): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (days[middle] <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
