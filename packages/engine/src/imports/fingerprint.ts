import { type Transaction, transactionToJson } from '@plimsoll/domain';
import { canonicalJson, type Json } from '@plimsoll/kernel';
import { sha256 } from '../write.ts';

/** Members that say where a transaction stands, not what it is. */
const placing: ReadonlySet<string> = new Set(['id', 'source', 'position', 'note']);

/** All that a transaction says, without where it stands. */
function contentOf(transaction: Transaction): string {
  const json = transactionToJson(transaction) as { readonly [key: string]: Json };
  const said = Object.entries(json).filter(([key]) => !placing.has(key));
  return canonicalJson(Object.fromEntries(said));
}

/** Counts how often it has seen a text: the first is 1. */
class Ordinals {
  readonly #seen = new Map<string, number>();

  next(text: string): number {
    const ordinal = (this.#seen.get(text) ?? 0) + 1;
    this.#seen.set(text, ordinal);
    return ordinal;
  }
}

/**
 * What makes a row the same when it is read again: the broker's own id where it has one, else all
 * that the row says. Rows of one file that say the same are told apart by counting them.
 */
export class Fingerprints {
  readonly #ordinals = new Ordinals();

  of(file: string, transaction: Transaction, externalId: string | undefined): string {
    const content =
      externalId === undefined
        ? contentOf(transaction)
        : canonicalJson([transaction.accountId, transaction.type, externalId]);
    return sha256(`${content}#${this.#ordinals.next(`${file}\n${content}`)}`);
  }
}

/** Fingerprints of what recorded transactions say, whatever id their own file gave them. */
export function contentFingerprints(transactions: Iterable<Transaction>): Set<string> {
  const ordinals = new Ordinals();
  const found = new Set<string>();
  for (const transaction of transactions) {
    const content = contentOf(transaction);
    found.add(sha256(`${content}#${ordinals.next(content)}`));
  }
  return found;
}
