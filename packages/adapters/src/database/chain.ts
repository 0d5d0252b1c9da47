import { hash } from 'node:crypto';
import { type Reversal, type Transaction, transactionToJson } from '@plimsoll/domain';
import { canonicalJson, type Json } from '@plimsoll/kernel';
import type { NewEntry } from '@plimsoll/ports';

const reversalToJson = (reversal: Reversal): Json => ({
  id: reversal.id,
  reverses: reversal.reverses,
  reason: reversal.reason,
});

/** A fact as JSON: what is stored as its payload. */
export const factToJson = (fact: NewEntry['fact']): Json =>
  fact.kind === 'transaction' ? transactionToJson(fact.transaction) : reversalToJson(fact.reversal);

/** The transaction or reversal itself. */
export const factOf = (fact: NewEntry['fact']): Transaction | Reversal =>
  fact.kind === 'transaction' ? fact.transaction : fact.reversal;

/** What the store gives an entry beside its content. */
export interface Place {
  readonly workspaceId: string;
  readonly seq: number;
  readonly recordedAt: string;
  readonly previousHash: string;
}

/**
 * SHA-256, hex, of the hash before and the entry's canonical JSON. Workspace, number and id are
 * part of it, so an entry can be neither changed nor moved. `payload` is the fact's canonical JSON;
 * it is put where its member stands among the others, so that it is written only once.
 */
export function entryHash(entry: NewEntry, payload: string, place: Place): string {
  const before = canonicalJson({
    actor: entry.actor,
    effectiveAt: entry.fact.kind === 'transaction' ? entry.fact.transaction.effectiveAt : null,
    fingerprint: entry.fingerprint,
    id: factOf(entry.fact).id,
    importId: entry.importId,
    kind: entry.fact.kind,
  });
  const after = canonicalJson({
    recordedAt: place.recordedAt,
    seq: place.seq,
    workspace: place.workspaceId,
  });
  const content = `${before.slice(0, -1)},"payload":${payload},${after.slice(1)}`;
  return hash('sha256', place.previousHash + content);
}
