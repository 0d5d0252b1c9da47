import { dayFromNumber } from '@plimsoll/kernel';
import { figure, isPrice, pricedRows, type WorkingBars } from './working-bars.ts';

/**
 * Fills single adjusted closes that are unknown (a zero, an infinity) from the close and the factor
 * of the next row that has both, less what goes ex in between. Series without adjusted closes, and
 * what lies after the last of them, stay as they are.
 */
export function fillAdjusted(work: WorkingBars): void {
  const { bars, facts } = work;
  if (facts.prices === 'as-traded') return;
  const rows = pricedRows(bars);
  const ex = exAmounts(work);
  let next = -1;
  let run = 0;
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i] as number;
    if (isKnown(bars.adjustedClose[row] as number)) {
      next = i;
      run = 0;
      continue;
    }
    run++;
    if (next !== i + 1 || run > longestRun) continue;
    const close = bars.close[row] as number;
    const nextRow = rows[next] as number;
    const factor = (bars.adjustedClose[nextRow] as number) / (bars.close[nextRow] as number);
    const amount = ex(bars.days[row] as number, bars.days[nextRow] as number);
    const adjusted = close * factor * (1 - amount / close);
    if (!isPrice(adjusted) || factor > largestFactor) continue;
    fill(work, row, adjusted, factor);
    next = i;
  }
}

/** Rows in a row that may be filled. */
const longestRun = 5;
/** Adjusted closes lie below the close, or a little above where what was paid was asked back. */
const largestFactor = 1.5;

const isKnown = (value: number): boolean => Number.isFinite(value) && value !== 0;

function fill({ bars, repairs }: WorkingBars, row: number, adjusted: number, factor: number): void {
  const day = bars.days[row] as number;
  const before = bars.adjustedClose[row] as number;
  bars.adjustedClose[row] = adjusted;
  repairs.push({
    code: 'zero-row',
    day,
    from: day,
    until: day + 1,
    rows: 1,
    fields: ['adjustedClose'],
    before,
    after: adjusted,
    factor: Number.NaN,
    why: `${dayFromNumber(day)} has no adjusted close; the close is ${figure(bars.close[row] as number)}, and adjusted closes are ${figure(factor)} times the close on the next day.`,
    certainty: Number.POSITIVE_INFINITY,
  });
}

/** What goes ex after one day, up to and including another. */
function exAmounts({ actions }: WorkingBars): (after: number, until: number) => number {
  const days: number[] = [];
  const sums: number[] = [0];
  for (const action of actions) {
    if (action.kind === 'split' || !isPrice(action.amount)) continue;
    days.push(action.day);
    sums.push((sums.at(-1) as number) + action.amount);
  }
  const upTo = (day: number): number => sums[countUpTo(days, day)] as number;
  return (after, until) => upTo(until) - upTo(after);
}

/** How many of the rising days are this day or earlier. */
function countUpTo(days: readonly number[], day: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle] as number) <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}
