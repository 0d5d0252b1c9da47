import { dayFromNumber } from '@plimsoll/kernel';
import type { BarColumns } from '../bar-columns.ts';
import type { PriceRepairCode, RepairedField } from './price-repair.ts';
import { figure, isPrice, priceFields, type WorkingBars } from './working-bars.ts';

/**
 * Mends single rows from what the row itself says: swapped high and low, zeroes that stand for
 * "unknown", and closes that the adjusted close tells. Rows that are left without a close go to
 * quarantine.
 */
export function repairRows(work: WorkingBars): void {
  const { bars } = work;
  for (let row = 0; row < bars.days.length; row++) {
    if (!hasClose(work, row)) continue;
    clearZeroes(work, row);
    unswapRange(work, row);
  }
}

/**
 * High and low are swapped where the high is below the low and open and close, where known, lie
 * between them.
 */
function unswapRange(work: WorkingBars, row: number): void {
  const { bars } = work;
  const high = bars.high[row] as number;
  const low = bars.low[row] as number;
  if (!(isPrice(high) && isPrice(low) && high < low)) return;
  const inside = (value: number) => Number.isNaN(value) || (value >= high && value <= low);
  if (!inside(bars.open[row] as number) || !inside(bars.close[row] as number)) return;
  bars.high[row] = low;
  bars.low[row] = high;
  record(work, row, 'swapped-high-low', ['high', 'low'], [high, low], {
    why: `The high ${figure(high)} is below the low ${figure(low)}, and open and close lie between them.`,
  });
}

/** An open, high, low or adjusted close of 0 beside a close is unknown, not a price. */
function clearZeroes(work: WorkingBars, row: number): void {
  const { bars } = work;
  const fields = (['open', 'high', 'low', 'adjustedClose'] as const).filter(
    (field) => bars[field][row] === 0,
  );
  if (fields.length === 0) return;
  for (const field of fields) bars[field][row] = Number.NaN;
  record(work, row, 'zero-row', fields, [0, Number.NaN], {
    why: `The close of ${dayFromNumber(bars.days[row] as number)} is ${figure(bars.close[row] as number)}, so that 0 for ${fields.join(', ')} means unknown.`,
  });
}

/** Whether the row has a close, or has one now; rows without one go to quarantine. */
function hasClose(work: WorkingBars, row: number): boolean {
  const { bars, quarantined } = work;
  const close = bars.close[row] as number;
  if (isPrice(close)) return true;
  if ((Number.isNaN(close) || close === 0) && closeFromAdjusted(work, row)) return true;
  const day = bars.days[row] as number;
  const name = dayFromNumber(day);
  const isEmpty = priceFields.every((field) => !isPrice(bars[field][row] as number));
  const isMissing = isEmpty && (Number.isNaN(close) || close === 0);
  const missing = close === 0 ? 'zeroes' : 'nothing';
  quarantined.push({
    index: row,
    day,
    ...(isMissing
      ? { code: 'missing-row', reason: `${name} has ${missing} where its prices belong.` }
      : noClose(close)),
  });
  return false;
}

function noClose(close: number) {
  return Number.isNaN(close)
    ? { code: 'no-close' as const, reason: 'The row has no close.' }
    : {
        code: 'not-a-price' as const,
        reason: `The close is ${close}; a price is a number above 0.`,
      };
}

/** Adjusted ÷ close of the rows on both sides must agree to this. */
const sameFactor = 1e-4;

/**
 * The close is the adjusted close ÷ the factor that the rows on both sides have in common, where no
 * action takes effect between them.
 */
function closeFromAdjusted(work: WorkingBars, row: number): boolean {
  const { bars, actions } = work;
  const adjusted = bars.adjustedClose[row] as number;
  if (!isPrice(adjusted) || row === 0 || row + 1 >= bars.days.length) return false;
  const before = factorAt(bars, row - 1);
  const after = factorAt(bars, row + 1);
  if (!isPrice(before) || !(Math.abs(after / before - 1) < sameFactor)) return false;
  const from = bars.days[row - 1] as number;
  const until = bars.days[row + 1] as number;
  if (actions.some(({ day }) => from < day && day <= until)) return false;
  const given = bars.close[row] as number;
  const close = adjusted / after;
  if (!isInRange(bars, row, close)) return false;
  bars.close[row] = close;
  record(work, row, 'missing-row', ['close'], [given, close], {
    why: `The adjusted close is ${figure(adjusted)}, and adjusted closes are ${figure(after)} times the close on the days before and after.`,
  });
  return true;
}

/** Whether the value does not contradict the day's high and low, as far as they are prices. */
function isInRange(bars: BarColumns, row: number, value: number): boolean {
  const high = bars.high[row] as number;
  const low = bars.low[row] as number;
  return !(isPrice(high) && value > high * 1.001) && !(isPrice(low) && value < low * 0.999);
}

const factorAt = (bars: BarColumns, row: number): number =>
  (bars.adjustedClose[row] as number) / (bars.close[row] as number);

function record(
  work: WorkingBars,
  row: number,
  code: PriceRepairCode,
  fields: readonly RepairedField[],
  [before, after]: readonly [number, number],
  { why }: { readonly why: string },
): void {
  const day = work.bars.days[row] as number;
  work.repairs.push({
    code,
    day,
    from: day,
    until: day + 1,
    rows: 1,
    fields,
    before,
    after,
    factor: Number.NaN,
    why,
    certainty: Number.POSITIVE_INFINITY,
  });
}
