import type { Currency } from '@plimsoll/domain';
import type { Decimal } from '@plimsoll/kernel';
import type { StatedTotals } from '@plimsoll/ports';
import { groupBy } from './join-rows.ts';
import type { StatementRow } from './statement-row.ts';

/** Rows oldest first; statements list the newest first. */
function oldestFirst(rows: readonly StatementRow[]): readonly StatementRow[] {
  const first = rows[0]?.day ?? '';
  const last = rows.at(-1)?.day ?? '';
  return first >= last ? rows.toReversed() : rows;
}

/**
 * The balance at the end of one currency's rows, if the balance column moves from its first row to
 * its last by just what `counted` rows changed; else nothing can be checked against it.
 */
function closingBalance(
  rows: readonly StatementRow[],
  counted: (row: StatementRow) => boolean,
): Decimal | undefined {
  const first = rows[0];
  const last = rows.at(-1);
  if (first?.balance === undefined || last?.balance === undefined) return undefined;
  const opening = first.balance - first.change;
  const moved = rows.filter(counted).reduce((sum, row) => sum + row.change, 0n);
  return opening + moved === last.balance ? last.balance : undefined;
}

/** Cash at the end by the balance column, for the currencies in which the column is consistent. */
export function statedCash(
  rows: readonly StatementRow[],
  counted: (row: StatementRow) => boolean,
): StatedTotals | undefined {
  const cash: Record<Currency, Decimal> = {};
  const stating = oldestFirst(rows).filter((row) => row.balance !== undefined);
  for (const group of groupBy(stating, (row) => row.balanceCurrency)) {
    const closing = closingBalance(group, counted);
    const currency = group[0]?.balanceCurrency;
    if (closing !== undefined && currency !== undefined) cash[currency] = closing;
  }
  return Object.keys(cash).length === 0 ? undefined : { cash };
}
