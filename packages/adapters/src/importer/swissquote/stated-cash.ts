import type { Currency } from '@plimsoll/domain';
import type { Decimal } from '@plimsoll/kernel';
import type { StatedTotals } from '@plimsoll/ports';
import type { SwissquoteRow } from './swissquote-row.ts';

/** The last balance of one currency, if the column moves from first to last by just the net amounts. */
function closingBalance(newestFirst: readonly SwissquoteRow[]): Decimal | undefined {
  const first = newestFirst.at(-1);
  const last = newestFirst[0];
  if (first?.balance === undefined || last?.balance === undefined) return undefined;
  const moved = newestFirst.slice(0, -1).reduce((sum, row) => sum + row.net, 0n);
  return first.balance + moved === last.balance ? last.balance : undefined;
}

/** Cash at the end by the balance column, for the currencies in which the column is consistent. */
export function statedCash(newestFirst: readonly SwissquoteRow[]): StatedTotals | undefined {
  const cash: Record<Currency, Decimal> = {};
  for (const [currency, rows] of Map.groupBy(newestFirst, (row) => row.currency)) {
    const closing = closingBalance(rows);
    if (closing !== undefined) cash[currency] = closing;
  }
  return Object.keys(cash).length === 0 ? undefined : { cash };
}
