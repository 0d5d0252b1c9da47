import { dayFromNumber } from '@plimsoll/kernel';
import { findOffLevels, type OffLevel } from './level-path.ts';
import { levelSteps } from './level-steps.ts';
import type { PriceAction } from './price-action.ts';
import type { PriceRepairCode } from './price-repair.ts';
import { rescaleDividends } from './rescale-dividends.ts';
import { rescaleRows } from './rescale-rows.ts';
import { splitBasis } from './split-basis.ts';
import { figure, isPrice, placeOfDay, pricedRows, type WorkingBars } from './working-bars.ts';

type Split = PriceAction & { readonly kind: 'split' };

/** Rows before and after a split that are looked at: about a year, and three weeks. */
const before = 260;
const after = 15;
/** No instrument splits more often; a longer list is not believed. */
const mostSplits = 200;
/** Ratios nearer to 1 are like what prices do of themselves. */
const smallestRatio = Math.log(1.25);
/** A provider forgets or repeats a split up to a day so many rows before it, or after it. */
const nearBefore = 7;
const nearAfter = 5;
const startCost = 5;
/** What each row farther away costs. */
const perRowBefore = 0.8;
const perRowAfter = 1.5;
const edgeCost = 5.5;
const edgeCostNear = 3.5;

/**
 * Mends rows to which a split was not applied, or twice: prices that step by its ratio where it
 * took effect within two weeks, or that leave the level by it and come back by it, with volumes
 * that do not speak against it.
 */
export function repairSplits(work: WorkingBars): void {
  if (work.facts.interval === 'intraday') return;
  const splits = work.actions.filter(
    (action): action is Split => action.kind === 'split' && isPrice(action.ratio),
  );
  if (splits.length === 0 || splits.length > mostSplits) return;
  const rows = pricedRows(work.bars);
  for (const split of splits) {
    if (Math.abs(Math.log(split.ratio)) >= smallestRatio) repairSplit(work, rows, split);
  }
}

function repairSplit(work: WorkingBars, rows: Int32Array, split: Split): void {
  const at = placeOfDay(work.bars, rows, split.day);
  const first = Math.max(0, at - before);
  const window = rows.subarray(first, Math.min(rows.length, at + after));
  const data = levelSteps(work, window, splitBasis(work), split.ratio);
  const far = (row: number): number => {
    const rowsAfter = row - (at - first);
    return (
      perRowBefore * Math.max(0, -rowsAfter - nearBefore) +
      perRowAfter * Math.max(0, rowsAfter - nearAfter)
    );
  };
  const found = findOffLevels(data, {
    ratio: split.ratio,
    scalesVolume: true,
    startCost: (row) => startCost + far(row),
    edgeCost: (row) => (far(row) === 0 ? edgeCostNear : edgeCost),
  });
  for (const off of found) {
    const from = off.shape === 'start' ? 0 : first + off.from;
    mend(work, rows.subarray(from, first + off.until), split, off, {
      step: data.steps[off.until] ?? Number.NaN,
      next: rows[first + off.until],
    });
  }
}

interface Edge {
  readonly step: number;
  readonly next: number | undefined;
}

function mend(work: WorkingBars, rows: Int32Array, split: Split, off: OffLevel, edge: Edge): void {
  const factor = off.times === 1 ? 1 / split.ratio : split.ratio;
  const last = rows.at(-1) as number;
  const close = work.bars.close[last] as number;
  rescaleRows(work, rows, { factor, withVolume: true, next: edge.next });
  rescaleDividends(work, rows, factor);
  const day = work.bars.days[last] as number;
  const next = edge.next === undefined ? undefined : (work.bars.days[edge.next] as number);
  const onward =
    next === undefined
      ? ''
      : `, on ${dayFromNumber(next)} it is ${figure(work.bars.close[edge.next as number] as number)}`;
  work.repairs.push({
    code: codeOf(off),
    day,
    from: work.bars.days[rows[0] as number] as number,
    until: day + 1,
    rows: rows.length,
    fields: ['close', 'open', 'high', 'low', 'adjustedClose', 'volume'],
    before: close,
    after: close * factor,
    factor,
    why: `The close of ${dayFromNumber(day)} is ${figure(close)}${onward}: the split of ${figure(split.ratio)} for 1 on ${dayFromNumber(split.day)} was applied ${off.times === 1 ? 'not at all' : 'twice'} here.`,
    certainty: off.certainty,
  });
}

function codeOf(off: OffLevel): PriceRepairCode {
  if (off.shape === 'stretch') return 'bad-split';
  return off.times === 1 ? 'missed-split' : 'doubled-split';
}
