import type { PriceAction } from './price-action.ts';
import { isPrice, placeOfDay, pricedRows, type WorkingBars } from './working-bars.ts';

/** How near what adjusted closes took off must be to the amount. */
const near = 0.05;

/**
 * Multiplies dividends that were paid on rows whose prices were, where the adjusted closes say that
 * the amounts were in the same wrong unit: what they took off is the mended amount ÷ the mended close.
 */
export function rescaleDividends(work: WorkingBars, rows: Int32Array, factor: number): void {
  const { bars } = work;
  const first = bars.days[rows[0] as number] as number;
  const last = bars.days[rows.at(-1) as number] as number;
  const priced = pricedRows(bars);
  work.actions = work.actions.map((action): PriceAction => {
    if (action.kind === 'split' || action.day < first || action.day > last) return action;
    const place = placeOfDay(bars, priced, action.day);
    const before = priced[place - 1];
    const on = priced[place];
    if (before === undefined || on === undefined) return action;
    const factorOf = (row: number) =>
      (bars.adjustedClose[row] as number) / (bars.close[row] as number);
    const taken = 1 - factorOf(before) / factorOf(on);
    const share = action.amount / (bars.close[before] as number);
    const fits = (expected: number) => Math.abs(taken - expected) <= near * expected;
    return isPrice(taken) && !fits(share) && fits(share * factor)
      ? { ...action, amount: action.amount * factor }
      : action;
  });
}
