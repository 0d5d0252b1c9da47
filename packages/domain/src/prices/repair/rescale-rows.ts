import { splitBasis } from './split-basis.ts';
import { priceFields, type WorkingBars } from './working-bars.ts';

/** How rows are rescaled. */
export interface Rescaling {
  /** What prices are multiplied with. */
  readonly factor: number;
  /** Whether units were meant, so that volumes are divided. */
  readonly withVolume: boolean;
  /** The first row after them that is right; undefined where there is none. */
  readonly next: number | undefined;
}

/**
 * Multiplies the prices of these rows, and divides their volumes where units were meant. The
 * adjusted closes go along, unless they stand at the right level already.
 */
export function rescaleRows(
  work: WorkingBars,
  rows: Int32Array,
  { factor, withVolume, next }: Rescaling,
): void {
  const { bars } = work;
  const isAdjustedRight = adjustedIsRight(work, rows, factor, next);
  const scaled = [...priceFields, ...(isAdjustedRight ? [] : (['adjustedClose'] as const))];
  for (const row of rows) {
    for (const field of scaled) bars[field][row] = (bars[field][row] as number) * factor;
    if (!withVolume) continue;
    const volume = bars.volume[row] as number;
    const shared = volume / factor;
    bars.volume[row] = Number.isInteger(volume) ? Math.round(shared) : shared;
  }
}

/** Whether adjusted ÷ close fits the next row's only after the close alone is rescaled. */
function adjustedIsRight(
  work: WorkingBars,
  rows: Int32Array,
  factor: number,
  next: number | undefined,
): boolean {
  const last = rows.at(-1);
  if (last === undefined || next === undefined) return false;
  const basisAt = splitBasis(work);
  const factorOf = (row: number): number =>
    ((work.bars.adjustedClose[row] as number) * basisAt(row)) / (work.bars.close[row] as number);
  const step = Math.log(factorOf(last) / factorOf(next));
  return Math.abs(step - Math.log(factor)) < Math.abs(step);
}
