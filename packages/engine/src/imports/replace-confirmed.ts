import { matchBooked } from '@plimsoll/domain';
import type { UnitOfWork } from '@plimsoll/ports';
import type { LedgerView } from '../ledger/ledger-view.ts';
import type { PlannedRow } from './planned-row.ts';

/**
 * Marks rows that tell of what a confirmed corporate action recorded: the broker knows the day, the
 * cent and the tax, so the row takes the place of the transaction instead of standing beside it.
 *
 * @returns The ledger without the transactions that are replaced.
 */
export async function replaceConfirmed(
  unit: UnitOfWork,
  view: LedgerView,
  rows: readonly PlannedRow[],
): Promise<LedgerView> {
  const decisions = await unit.actions.decisions();
  const byActions = new Set(
    decisions.flatMap(({ decision, transactionIds }) =>
      decision === 'confirmed' ? transactionIds : [],
    ),
  );
  if (byActions.size === 0) return view;
  const recorded = view.transactions.filter(({ id }) => byActions.has(id));
  const added = rows.filter(({ status }) => status === 'add');
  const matched = matchBooked(
    added.map(({ transaction }) => transaction),
    recorded,
  );
  for (const [index, { id }] of matched) (added[index] as PlannedRow).replaces = id;
  const gone = new Set([...matched.values()].map(({ id }) => id));
  return { ...view, transactions: view.transactions.filter(({ id }) => !gone.has(id)) };
}
