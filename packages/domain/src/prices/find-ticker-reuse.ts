import { type DayNumber, dayFromNumber } from '@plimsoll/kernel';
import type { BarColumns } from './bar-columns.ts';
import { median } from './robust-scale.ts';

/** Whom a symbol stood for from a day on, as a source tells it. */
export interface SymbolIdentity {
  readonly day: DayNumber;
  readonly name: string | null;
  readonly isin: string | null;
}

/** A day from which a series is probably of another instrument. */
export interface TickerReuse {
  /** The first day after the break. */
  readonly day: DayNumber;
  /** One sentence with the figures. */
  readonly detail: string;
}

/** Days without a bar after which a symbol may have been given to another. */
const longHole = 90;
/** Bars on each side that tell the level. */
const window = 20;
const otherLevel = Math.log(3);
const otherVolume = Math.log(20);

/**
 * Finds symbols that were given to another instrument: a hole of three months or more with prices
 * three times, or volumes twenty times, higher or lower after it, or another ISIN from some day on
 * (a new name alone is a renaming).
 *
 * @param bars       Days rising.
 * @param identities By day.
 */
export function findTickerReuse(
  bars: BarColumns,
  identities: readonly SymbolIdentity[] = [],
): TickerReuse[] {
  const found: TickerReuse[] = [];
  for (let i = 1; i < bars.days.length; i++) {
    const day = bars.days[i] as number;
    const before = bars.days[i - 1] as number;
    if (day - before < longHole) continue;
    const price = stepAt(bars.close, i);
    const volume = stepAt(bars.volume, i);
    if (!(Math.abs(price) > otherLevel || Math.abs(volume) > otherVolume)) continue;
    found.push({
      day,
      detail: `Nothing from ${dayFromNumber(before)} to ${dayFromNumber(day)}, and then prices ${times(price)} and volumes ${times(volume)}: the symbol may be another instrument's now.`,
    });
  }
  for (let i = 1; i < identities.length; i++) {
    const earlier = identities[i - 1] as SymbolIdentity;
    const later = identities[i] as SymbolIdentity;
    if (earlier.isin === null || later.isin === null || earlier.isin === later.isin) continue;
    found.push({
      day: later.day,
      detail: `From ${dayFromNumber(later.day)} the symbol stands for ${later.isin} (${later.name ?? 'no name'}), before for ${earlier.isin} (${earlier.name ?? 'no name'}).`,
    });
  }
  return found.sort((a, b) => a.day - b.day);
}

/** Log of the median of the values after ÷ before. */
function stepAt(column: Float64Array, at: number): number {
  const usual = (from: number, until: number): number =>
    median(Array.from(column.subarray(Math.max(0, from), until)).filter((value) => value > 0));
  return Math.log(usual(at, at + window) / usual(at - window, at));
}

const times = (step: number): string =>
  Number.isNaN(step) ? 'unknown' : `${Number(Math.exp(step).toPrecision(3))} times what they were`;
