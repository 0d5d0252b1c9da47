import type { WorkingBars } from './working-bars.ts';

const scaled = ['open', 'high', 'low', 'close', 'adjustedClose'] as const;

/** Multiplies the prices of these rows, and divides their volumes where units were meant. */
export function rescaleRows(
  { bars }: WorkingBars,
  rows: Int32Array,
  factor: number,
  withVolume: boolean,
): void {
  for (const row of rows) {
    for (const field of scaled) bars[field][row] = (bars[field][row] as number) * factor;
    if (!withVolume) continue;
    const volume = bars.volume[row] as number;
    const shared = volume / factor;
    bars.volume[row] = Number.isInteger(volume) ? Math.round(shared) : shared;
  }
}
