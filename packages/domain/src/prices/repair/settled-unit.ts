import type { DayView } from './day-view.ts';
import { mostChanges } from './right-level.ts';
import type { WorkingBars } from './working-bars.ts';

/** The share of the days with trades whose unit is that of the prices. */
const most = 2 / 3;
/** How near a step of the log close must be to the unit's, as a share of it. */
const near = 0.1;

/**
 * Tells of a place in the view whether the unit of its close is beyond doubt: true everywhere
 * where no close steps by the unit any more. Where some still do, since no repair was proved, true
 * only of days that stand at the level of two thirds of the days, if the latest day stands there
 * too; of a unit that wavers the latest tells nothing. Days without trades do not count, unless no
 * volume is known at all, and rows in quarantine stand at no level.
 */
export function settledUnit(
  { quarantined }: WorkingBars,
  view: DayView,
  parts: number,
): (place: number) => boolean {
  const gone = new Set(quarantined.map(({ index }) => index));
  const { levels, changes } = levelsOf(view, gone, Math.log(parts));
  if (changes === 0) return () => true;
  const counts = new Map<number, number>();
  let days = 0;
  let latest = 0;
  for (let place = 0; place < levels.length; place++) {
    const level = levels[place] as number;
    const counted = !view.hasVolume || (view.volume[place] as number) > 0;
    if (Number.isNaN(level) || !counted) continue;
    counts.set(level, (counts.get(level) ?? 0) + 1);
    days++;
    latest = level;
  }
  const usual = [...counts].find(([, count]) => count >= most * days)?.[0];
  const isTold = changes > mostChanges || usual === latest;
  return (place) => isTold && levels[place] === usual;
}

/** How many units each day stands above the first; NaN for days whose row is gone. */
function levelsOf({ close, firstRow }: DayView, gone: ReadonlySet<number>, size: number) {
  const levels = new Float64Array(close.length).fill(Number.NaN);
  let level = 0;
  let changes = 0;
  let before: number | undefined;
  for (let place = 0; place < close.length; place++) {
    if (gone.has(firstRow[place] as number)) continue;
    const value = Math.log(close[place] as number);
    const step = value - (before ?? value);
    before = value;
    if (Math.abs(Math.abs(step) - size) < near * size) {
      level += Math.sign(step);
      changes++;
    }
    levels[place] = level;
  }
  return { levels, changes };
}
