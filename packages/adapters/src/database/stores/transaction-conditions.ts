import type { TransactionFilter } from '@plimsoll/ports';
import type { SqlValue } from '../session.ts';
import { searchable } from './entry-row.ts';

/**
 * Whether entry `e` is annulled: the chain of reversals that goes back to it has odd length.
 * A second reversal in the chain annuls the first, and so brings the entry back.
 */
export const annulled = `(SELECT count(*) % 2 = 1 FROM reversal a
  WHERE a.workspace_id = e.workspace_id AND a.root = e.id)`;

/** A filter as the conditions of a WHERE on `ledger_entry e`, with the values they name. */
export function transactionConditions(
  workspaceId: string,
  filter: TransactionFilter,
): { readonly conditions: string[]; readonly values: SqlValue[] } {
  const values: SqlValue[] = [workspaceId];
  const conditions = ['e.workspace_id = $1', "e.kind = 'transaction'"];
  const add = (value: SqlValue, condition: (parameter: string) => string): void => {
    conditions.push(condition(`$${values.push(value)}`));
  };
  const { accountIds, instrumentId, types, from, to, importId, ids, text } = filter;
  if (accountIds) {
    add(
      accountIds,
      (p) => `(e.account_id = ANY(${p}::text[]) OR e.to_account_id = ANY(${p}::text[]))`,
    );
  }
  if (instrumentId !== undefined) add([instrumentId], (p) => `e.instrument_ids @> ${p}::text[]`);
  if (types) add(types, (p) => `e.type = ANY(${p}::text[])`);
  if (from !== undefined) add(from, (p) => `e.effective_at >= ${p}::date`);
  if (to !== undefined) add(to, (p) => `e.effective_at <= ${p}::date`);
  if (importId !== undefined) add(importId, (p) => `e.import_id = ${p}`);
  if (ids) add(ids, (p) => `e.id = ANY(${p}::text[])`);
  if (text !== undefined && text !== '') add(searchable(text), mentions);
  if (filter.includeReversed !== true) conditions.push(`NOT ${annulled}`);
  return { conditions, values };
}

const mentions = (p: string): string => `(position(${p}::text IN e.note) > 0
  OR e.instrument_ids && ARRAY(SELECT i.id FROM instrument i
    WHERE i.workspace_id = $1 AND position(${p}::text IN i.label) > 0))`;
