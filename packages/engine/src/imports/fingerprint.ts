import { type Transaction, transactionToJson } from '@plimsoll/domain';
import { canonicalJson, type Json } from '@plimsoll/kernel';
import { sha256 } from '../write.ts';

/** Members that say where a transaction stands, not what it is. */
const placing: ReadonlySet<string> = new Set(['id', 'source', 'position', 'note']);

/**
 * What makes a row the same when it is read again: the broker's own id where it has one, else all
 * that the row says. Rows of one file that say the same are told apart by counting them.
 */
export class Fingerprints {
  readonly #seen = new Map<string, number>();

  of(file: string, transaction: Transaction, externalId: string | undefined): string {
    const content =
      externalId === undefined
        ? canonicalJson(contentOf(transaction))
        : canonicalJson([transaction.accountId, transaction.type, externalId]);
    const key = `${file}\n${content}`;
    const ordinal = (this.#seen.get(key) ?? 0) + 1;
    this.#seen.set(key, ordinal);
    return sha256(`${content}#${ordinal}`);
  }
}

function contentOf(transaction: Transaction): Json {
  const json = transactionToJson(transaction) as { readonly [key: string]: Json };
  return Object.fromEntries(Object.entries(json).filter(([key]) => !placing.has(key)));
}
