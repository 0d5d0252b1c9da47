import { dayFromNumber } from '@plimsoll/kernel';
import { figure, isPrice, priceFields, type WorkingBars } from './working-bars.ts';

/** Mends single rows from what the row itself says. */
export function repairRows(work: WorkingBars): void {
  const { days } = work.bars;
  for (let row = 0; row < days.length; row++) {
    if (!mendMissingClose(work, row)) continue;
    unswapRange(work, row);
  }
}

/**
 * High and low are swapped where the high is below the low and open and close, where known, lie
 * between them.
 */
function unswapRange({ bars, repairs }: WorkingBars, row: number): void {
  const high = bars.high[row] as number;
  const low = bars.low[row] as number;
  if (!(isPrice(high) && isPrice(low) && high < low)) return;
  const inside = (value: number) => Number.isNaN(value) || (value >= high && value <= low);
  if (!inside(bars.open[row] as number) || !inside(bars.close[row] as number)) return;
  bars.high[row] = low;
  bars.low[row] = high;
  const day = bars.days[row] as number;
  repairs.push({
    code: 'swapped-high-low',
    day,
    from: day,
    until: day + 1,
    rows: 1,
    fields: ['high', 'low'],
    before: high,
    after: low,
    factor: Number.NaN,
    why: `The high ${figure(high)} is below the low ${figure(low)}, and open and close lie between them.`,
    certainty: Number.POSITIVE_INFINITY,
  });
}

/** Whether the row has a close now; rows without one go to quarantine. */
function mendMissingClose(work: WorkingBars, row: number): boolean {
  const { bars, quarantined } = work;
  const close = bars.close[row] as number;
  if (isPrice(close)) return true;
  const day = bars.days[row] as number;
  const isEmpty = priceFields.every((field) => !isPrice(bars[field][row] as number));
  const isMissing = Number.isNaN(close) || (close === 0 && isEmpty);
  quarantined.push(
    isMissing
      ? {
          index: row,
          day,
          code: 'missing-row',
          reason: `${dayFromNumber(day)} has ${close === 0 ? 'zeroes' : 'nothing'} where its prices belong.`,
        }
      : {
          index: row,
          day,
          code: 'not-a-price',
          reason: `The close is ${close}; a price is a number above 0.`,
        },
  );
  return false;
}
