import { createHash } from 'node:crypto';
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
 * part of it, so an entry can be neither changed nor moved.
 */
export function entryHash(entry: NewEntry, payload: Json, place: Place): string {
  const content = canonicalJson({
    workspace: place.workspaceId,
    seq: place.seq,
    id: factOf(entry.fact).id,
    kind: entry.fact.kind,
    payload,
    actor: entry.actor,
    effectiveAt: entry.fact.kind === 'transaction' ? entry.fact.transaction.effectiveAt : null,
    recordedAt: place.recordedAt,
    fingerprint: entry.fingerprint,
    importId: entry.importId,
  });
  return createHash('sha256').update(place.previousHash).update(content).digest('hex');
}
