import type { DayNumber } from '@plimsoll/kernel';
import type { BarColumns } from '../bar-columns.ts';
import type { QuarantinedBar } from '../inspect-bars.ts';
import type { PriceAction, PriceFacts } from './price-action.ts';
import type { PriceRepair, QualityNote } from './price-repair.ts';

/** What the steps of a repair hand on: their own copy of the bars, and what was found so far. */
export interface WorkingBars {
  readonly bars: BarColumns;
  readonly facts: PriceFacts;
  actions: PriceAction[];
  readonly repairs: PriceRepair[];
  readonly quarantined: QuarantinedBar[];
  readonly notes: QualityNote[];
}

export const priceFields = ['open', 'high', 'low', 'close'] as const;

export const isPrice = (value: number): boolean => value > 0 && value < Number.POSITIVE_INFINITY;

/** A copy that the steps may write to. */
export function workOn(
  bars: BarColumns,
  actions: readonly PriceAction[],
  facts: PriceFacts,
): WorkingBars {
  return {
    bars: {
      days: bars.days.slice(),
      open: bars.open.slice(),
      high: bars.high.slice(),
      low: bars.low.slice(),
      close: bars.close.slice(),
      adjustedClose: bars.adjustedClose.slice(),
      volume: bars.volume.slice(),
    },
    facts,
    actions: [...actions].sort((a, b) => a.day - b.day),
    repairs: [],
    quarantined: [],
    notes: [],
  };
}

/** Rows whose close is a price. */
export function pricedRows(bars: BarColumns): Int32Array {
  const { close } = bars;
  const rows = new Int32Array(close.length);
  let count = 0;
  for (let row = 0; row < close.length; row++) {
    if (isPrice(close[row] as number)) rows[count++] = row;
  }
  return rows.subarray(0, count);
}

/** The first place in `rows` whose day is `day` or later; their number where there is none. */
export function placeOfDay(bars: BarColumns, rows: Int32Array, day: DayNumber): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((bars.days[rows[middle] as number] as number) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A figure as it stands in a sentence. */
export const figure = (value: number): string => String(Number(value.toPrecision(6)));

/** A share as it stands in a sentence. */
export const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`;
