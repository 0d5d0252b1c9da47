import { dayFromNumber } from '@plimsoll/kernel';
import type { BarColumns } from '../bar-columns.ts';
import { unitOf } from './dividend-hypotheses.ts';
import { findOffLevels, type LevelSteps, type OffLevel } from './level-path.ts';
import { levelSteps, mostSteps } from './level-steps.ts';
import { repairFieldSlips } from './repair-field-slips.ts';
import { rescaleDividends } from './rescale-dividends.ts';
import { rescaleRows } from './rescale-rows.ts';
import { type Level, levelsOf, mostChanges, rightLevel, settled } from './right-level.ts';
import { splitBasis } from './split-basis.ts';
import { figure, isPrice, pricedRows, type WorkingBars } from './working-bars.ts';

const startCost = 6;
const edgeCost = 5.5;
/** Days after a split within which a step by a hundred is rather a mistake of the split. */
const splitShadow = 30;
/** Volumes that step by more than this say that units were split rather than renamed. */
const calmVolume = Math.log(10);

/**
 * Mends prices in the wrong unit: pence for pounds, cents for rand. Single fields and rows that
 * are a hundredfold (or a hundredth) of their neighbours, stretches that leave the level by a
 * hundred and come back, and all before a day from which prices are in another unit, where people
 * traded on both sides and volumes went on as before.
 */
export function repairUnits(work: WorkingBars): void {
  const { parts } = unitOf(work.facts.currency);
  repairFieldSlips(work, parts);
  const rows = pricedRows(work.bars);
  const large = largeSteps(work.bars, rows, Math.sqrt(parts));
  if (large === 0 || large > mostSteps(rows.length)) return;
  const data = levelSteps(work, rows, splitBasis(work), parts);
  const size = Math.log(parts);
  const changes: number[] = [];
  for (let i = 1; i < rows.length; i++) {
    if (Math.abs(Math.abs(data.steps[i] as number) - size) < 0.1 * size) changes.push(i);
  }
  if (changes.length > mostChanges) noteWavering(work, rows, changes);
  if (changes.length === 0 || changes.length > mostChanges) return;
  const found = findOffLevels(data, {
    ratio: parts,
    scalesVolume: false,
    startCost: () => startCost,
    edgeCost: () => edgeCost,
  });
  const { offs, waiting } = wrongOnes(work, rows, found);
  for (const off of offs) {
    if (!isProved(work, rows, data, off)) continue;
    mend(work, rows.subarray(off.from, off.until), off, parts, rows[off.until]);
  }
  if (waiting !== undefined) holdBack(work, rows, waiting, parts);
}

const isTraded = (bars: BarColumns, rows: Int32Array): boolean =>
  rows.some((row) => (bars.volume[row] as number) > 0);

/** What is off beside the right level. */
interface Wrong {
  readonly offs: readonly OffLevel[];
  /** The latest rows, where too few of them confirm another unit. */
  readonly waiting: Level | undefined;
}

/**
 * The rows in the wrong unit. A stretch in which nobody traded, between days in which somebody did,
 * is no price at all and left to quarantine; at the end the latest trade decides.
 */
function wrongOnes({ bars }: WorkingBars, rows: Int32Array, found: readonly OffLevel[]): Wrong {
  const levels = levelsOf(bars, rows, found);
  const right = rightLevel(levels);
  const others = levels.filter(({ times }) => times !== right);
  const isKnown = others.every(({ times }) => Math.abs(times - (right ?? 0)) === 1);
  if (right === null || !isKnown) return { offs: [], waiting: undefined };
  const certainty = found[0]?.certainty ?? 0;
  const isLatest = ({ until }: Level): boolean => until === rows.length;
  const offs = others
    .filter((level) =>
      isLatest(level) ? level.support === 0 : level.from === 0 || level.support > 0,
    )
    .map(({ from, until, times }): OffLevel => {
      const shape = from === 0 ? 'start' : 'stretch';
      return { from, until, times: times > right ? 1 : -1, shape, certainty };
    });
  return { offs, waiting: others.find((level) => isLatest(level) && level.support > 0) };
}

/** How many closes are this many times the one before, or its part. */
function largeSteps({ close }: BarColumns, rows: Int32Array, ratio: number): number {
  let count = 0;
  for (let i = 1; i < rows.length; i++) {
    const step = (close[rows[i] as number] as number) / (close[rows[i - 1] as number] as number);
    if (step > ratio || step < 1 / ratio) count++;
  }
  return count;
}

/** Rows beside an edge in which a trade tells the right level. */
const fresh = 10;

function isProved(work: WorkingBars, rows: Int32Array, data: LevelSteps, off: OffLevel): boolean {
  if (isNearSplit(work, rows, off)) return false;
  if (off.shape === 'stretch') {
    const beside = [
      rows.subarray(Math.max(0, off.from - fresh), off.from),
      rows.subarray(off.until, off.until + fresh),
    ];
    return beside.some((part) => isTraded(work.bars, part)) || !isTraded(work.bars, rows);
  }
  const volumeStep = data.volumeSteps[off.until] as number;
  return Math.abs(volumeStep) < calmVolume;
}

/** Whether an edge follows closely on a split of a ratio that could be taken for the unit's. */
function isNearSplit({ bars, actions }: WorkingBars, rows: Int32Array, off: OffLevel): boolean {
  const days = [off.from, off.until].map((place) => bars.days[rows[place] ?? -1] ?? Number.NaN);
  return actions.some(
    (action) =>
      action.kind === 'split' &&
      isPrice(action.ratio) &&
      days.some((day) => Math.abs(day - action.day) <= splitShadow),
  );
}

function mend(
  work: WorkingBars,
  rows: Int32Array,
  off: OffLevel,
  parts: number,
  next: number | undefined,
): void {
  const { bars } = work;
  const factor = off.times === 1 ? 1 / parts : parts;
  const last = rows.at(-1) as number;
  const close = bars.close[last] as number;
  const onward =
    next === undefined
      ? ''
      : ` and ${figure(bars.close[next] as number)} on ${dayFromNumber(bars.days[next] as number)}`;
  if (off.shape === 'start' && next !== undefined) noteSwitch(work, next, parts, off);
  rescaleRows(work, rows, { factor, withVolume: false, next });
  rescaleDividends(work, rows, factor);
  const day = bars.days[last] as number;
  work.repairs.push({
    code: off.shape === 'start' ? 'unit-switch' : 'unit-slip-100x',
    day,
    from: bars.days[rows[0] as number] as number,
    until: day + 1,
    rows: rows.length,
    fields: ['close', 'open', 'high', 'low', 'adjustedClose'],
    before: close,
    after: bars.close[last] as number,
    factor,
    why: `The close is ${figure(close)} on ${dayFromNumber(day)}${onward}, ${parts} times ${off.times === 1 ? 'less' : 'more'}: the unit of the price changed.`,
    certainty: off.certainty,
  });
}

/** Whoever keeps earlier rows of the series has them in the old unit. */
function noteSwitch({ bars, notes }: WorkingBars, next: number, parts: number, off: OffLevel) {
  const day = bars.days[next] as number;
  notes.push({
    day,
    kind: 'suspect-unit-change',
    detail: `From ${dayFromNumber(day)} on prices are in a unit ${parts} times ${off.times === 1 ? 'larger' : 'smaller'}; earlier ones were mended here, and those that are kept from before may be in the old unit.`,
  });
}

/** The latest few rows in a unit of their own wait in quarantine until more of them confirm it. */
function holdBack(work: WorkingBars, rows: Int32Array, latest: Level, parts: number): void {
  const { bars, quarantined } = work;
  const before = bars.close[rows[latest.from - 1] as number] as number;
  for (const row of rows.subarray(latest.from)) {
    const close = bars.close[row] as number;
    quarantined.push({
      index: row,
      day: bars.days[row] as number,
      code: 'unit-slip',
      reason: `The close ${figure(close)} is ${close > before ? '' : '1/'}${parts} times what it was before, ${figure(before)}; it waits until ${settled} days confirm the new unit.`,
    });
  }
}

function noteWavering({ bars, notes }: WorkingBars, rows: Int32Array, changes: readonly number[]) {
  const day = bars.days[rows[changes[0] as number] as number] as number;
  notes.push({
    day,
    kind: 'unit-wavers',
    detail: `From ${dayFromNumber(day)} on the prices change ${changes.length} times between two units; which of them is right cannot be told.`,
  });
}
