import { type Transaction, transactionToJson } from '@plimsoll/domain';
import { canonicalJson, type Json } from '@plimsoll/kernel';
import { sha256 } from '../write.ts';

/** Members that say where a transaction stands, not what it is. */
const placing: readonly string[] = ['id', 'source', 'position', 'note'];

/** Members that one format states and another leaves out, with nothing else changed. */
const optional: readonly string[] = ['time', 'price'];

interface Said {
  readonly [key: string]: Json;
}

const saidBy = (transaction: Transaction): Said => transactionToJson(transaction) as Said;

function contentWithout(said: Said, left: ReadonlySet<string>): string {
  const kept = Object.entries(said).filter(([key]) => !left.has(key));
  return canonicalJson(Object.fromEntries(kept));
}

const leftOutOf = {
  full: new Set(placing),
  common: new Set([...placing, ...optional]),
} as const;

/** `full`: all that a transaction says; `common`: that which every format states. */
export type Extent = keyof typeof leftOutOf;

/** Counts how often it has seen a text: the first is 1. */
class Ordinals {
  readonly #seen = new Map<string, number>();

  next(text: string): number {
    const ordinal = (this.#seen.get(text) ?? 0) + 1;
    this.#seen.set(text, ordinal);
    return ordinal;
  }
}

/** What makes a row the same when it is read again. */
export class Fingerprints {
  readonly #ordinals = new Ordinals();

  /**
   * Of a row as it is kept in the record: by the broker's own id where it has one, else by all that
   * the row says in the file's own words, so that it is known again after an instrument was renamed
   * or mapped to another. Rows of one file that say the same are told apart by counting them.
   */
  ofRow(file: number, worded: Transaction, externalId: string | undefined): string {
    const content =
      externalId === undefined
        ? contentWithout(saidBy(worded), leftOutOf.full)
        : contentOfId(worded, externalId);
    return sha256(this.#numbered(file, content));
  }

  /** Of what a row means, whatever names and ids its file has for it. */
  ofMeaning(file: number, transaction: Transaction): Readonly<Record<Extent, string>> {
    const said = saidBy(transaction);
    return {
      full: this.#numbered(file, `full ${contentWithout(said, leftOutOf.full)}`),
      common: this.#numbered(file, `common ${contentWithout(said, leftOutOf.common)}`),
    };
  }

  #numbered(file: number, content: string): string {
    return `${content}#${this.#ordinals.next(`${file}\n${content}`)}`;
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
