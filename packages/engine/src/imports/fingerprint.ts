import { hash } from 'node:crypto';
import { type Transaction, transactionToJson } from '@plimsoll/domain';
import { canonicalJson } from '@plimsoll/kernel';
import { sha256 } from '../write.ts';

/** Members that say where a transaction stands, not what it is. */
const placing: readonly string[] = ['id', 'source', 'position', 'note'];

/** Members that one format states and another leaves out, with nothing else changed. */
const optional: readonly string[] = ['time', 'price'];

function contentWithout(transaction: Transaction, left: ReadonlySet<string>): string {
  const kept: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(transaction)) {
    if (!left.has(key)) kept[key] = member;
  }
  return canonicalJson(transactionToJson(kept as unknown as Transaction));
}

/** Stands for a content that is only compared: of many rows, the contents would fill the memory. */
const digest = (content: string): string => hash('sha256', content, 'base64url');

const leftOutOf = {
  full: new Set(placing),
  common: new Set([...placing, ...optional]),
} as const;

/** `full`: all that a transaction says; `common`: that which every format states. */
export type Extent = keyof typeof leftOutOf;

/** Counts how often it has seen a text in a file: the first is 1. */
class Ordinals {
  readonly #seen = new Map<number, Map<string, number>>();

  next(file: number, text: string): number {
    const seen = this.#seen.get(file) ?? new Map<string, number>();
    this.#seen.set(file, seen);
    const ordinal = (seen.get(text) ?? 0) + 1;
    seen.set(text, ordinal);
    return ordinal;
  }
}

/** What makes a row the same when it is read again. */
export class Fingerprints {
  readonly #rows = new Ordinals();
  readonly #meanings = { full: new Ordinals(), common: new Ordinals() };

  /**
   * Of a row as it is kept in the record: by the broker's own id where it has one, else by all that
   * the row says in the file's own words, so that it is known again after an instrument was renamed
   * or mapped to another. Rows of one file that say the same are told apart by counting them.
   */
  ofRow(file: number, worded: Transaction, externalId: string | undefined): string {
    const content =
      externalId === undefined
        ? contentWithout(worded, leftOutOf.full)
        : contentOfId(worded, externalId);
    return sha256(`${content}#${this.#rows.next(file, digest(content))}`);
  }

  /** Of what a row means, whatever names and ids its file has for it. */
  ofMeaning(file: number, transaction: Transaction): Readonly<Record<Extent, string>> {
    const full = digest(contentWithout(transaction, leftOutOf.full));
    const common = optional.some((member) => member in transaction)
      ? digest(contentWithout(transaction, leftOutOf.common))
      : full;
    return {
      full: this.#numbered('full', file, full),
      common: this.#numbered('common', file, common),
    };
  }

  /** Most stand once in their file, and so need no text of their own. */
  #numbered(extent: Extent, file: number, meaning: string): string {
    const ordinal = this.#meanings[extent].next(file, meaning);
    return ordinal === 1 ? meaning : `${meaning}#${ordinal}`;
  }
}

type Named = Pick<Transaction, 'accountId' | 'type'>;

const contentOfId = ({ accountId, type }: Named, externalId: string): string =>
  canonicalJson([accountId, type, externalId]);

/** Of the row to which the broker gave an id. */
export const fingerprintOfId = (named: Named, externalId: string): string =>
  sha256(`${contentOfId(named, externalId)}#1`);

/** What recorded transactions mean, as `ofMeaning` has it for rows. */
export function meaningsOf(
  transactions: Iterable<Transaction>,
  extent: Extent,
): ReadonlySet<string> {
  const fingerprints = new Fingerprints();
  const found = new Set<string>();
  for (const transaction of transactions) {
    found.add(fingerprints.ofMeaning(0, transaction)[extent]);
  }
  return found;
}
