import type { Reversal, Transaction } from '@plimsoll/domain';
import { transactionFromJson } from '@plimsoll/domain';
import { canonicalJson, InvariantError, type Json } from '@plimsoll/kernel';
import type { LedgerEntry, NewEntry } from '@plimsoll/ports';
import { entryHash, factOf, factToJson, type Place } from '../chain.ts';
import { instant } from '../workspace-session.ts';

/** The instruments that a transaction names, each once. */
function instrumentsOf(transaction: Transaction): readonly string[] {
  const named = [
    'instrumentId' in transaction ? transaction.instrumentId : undefined,
    'childId' in transaction ? transaction.childId : undefined,
    'intoId' in transaction ? transaction.intoId : undefined,
    'reinvested' in transaction ? transaction.reinvested?.instrumentId : undefined,
  ];
  return [...new Set(named.filter((id) => id !== undefined))];
}

/** Lower-cased text to search in, without what PostgreSQL's text cannot hold. */
export const searchable = (value: string): string =>
  value.toLowerCase().replaceAll('\0', '').toWellFormed();

/** An entry as the columns of `ledger_entry`, for `json_to_recordset`. */
export interface EntryColumns {
  readonly seq: number;
  readonly id: string;
  readonly kind: string;
  readonly payload: string;
  readonly type: string | null;
  readonly account_id: string | null;
  readonly to_account_id: string | null;
  readonly instrument_ids: readonly string[];
  readonly effective_at: string | null;
  readonly note: string;
  readonly fingerprint: string | null;
  readonly import_id: string | null;
  readonly actor: string;
  readonly recorded_at: string;
  readonly previous_hash: string;
  readonly hash: string;
}

const searchColumns = (fact: NewEntry['fact']) => {
  if (fact.kind === 'reversal') {
    const none = { type: null, account_id: null, to_account_id: null, effective_at: null };
    return { ...none, instrument_ids: [], note: '' };
  }
  const { transaction } = fact;
  return {
    type: transaction.type,
    account_id: transaction.accountId,
    to_account_id: transaction.type === 'transfer' ? transaction.toAccountId : null,
    instrument_ids: instrumentsOf(transaction),
    effective_at: transaction.effectiveAt,
    note: searchable(transaction.note ?? ''),
  };
};

/** Numbers and chains an entry. */
export function entryColumns(entry: NewEntry, place: Place): EntryColumns {
  const payload = canonicalJson(factToJson(entry.fact));
  return {
    ...searchColumns(entry.fact),
    seq: place.seq,
    id: factOf(entry.fact).id,
    kind: entry.fact.kind,
    payload,
    fingerprint: entry.fingerprint,
    import_id: entry.importId,
    actor: entry.actor,
    recorded_at: place.recordedAt,
    previous_hash: place.previousHash,
    hash: entryHash(entry, payload, place),
  };
}

/** An entry `e` as a JSON array, put together by the database: reads several times faster than columns. */
export const entryJson = `json_build_array(e.seq, e.kind, e.payload::json, e.fingerprint, e.import_id,
  e.actor, ${instant('e.recorded_at')}, e.hash)`;

type EntryJson = readonly [
  seq: number,
  kind: string,
  payload: Json,
  fingerprint: string | null,
  importId: string | null,
  actor: string,
  recordedAt: string,
  hash: string,
];

/** Entries from the text of a JSON array of `entryJson`. */
export const ledgerEntries = (page: string): readonly LedgerEntry[] =>
  (JSON.parse(page) as readonly EntryJson[]).map(
    ([seq, kind, payload, fingerprint, importId, actor, recordedAt, hash]) => ({
      fact: readFact(kind, payload),
      seq,
      fingerprint,
      importId,
      actor,
      recordedAt,
      hash,
    }),
  );

function readFact(kind: string, json: Json): NewEntry['fact'] {
  if (kind === 'transaction') return { kind, transaction: transactionFromJson(json) };
  if (kind === 'reversal') return { kind, reversal: json as unknown as Reversal };
  throw new InvariantError(`The ledger holds an entry of unknown kind ${kind}`);
}
