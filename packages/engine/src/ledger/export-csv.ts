import { orderLedger } from '@plimsoll/domain';
import { present } from '@plimsoll/kernel';
import type { EngineContext } from '../engine-context.ts';
import type { LedgerView } from './ledger-view.ts';

/** The record in force as native CSV, in ledger order. */
export function exportCsv(context: EngineContext, view: LedgerView): string {
  const accounts = new Map(view.accounts.map(({ id, name }) => [id, name]));
  return context.exportNativeCsv(orderLedger(view.transactions), {
    account: (id) => accounts.get(id) ?? id,
    instrument: (id) => present(view.instruments.get(id), `instrument ${id}`),
  });
}
