import type { Transaction } from '@plimsoll/domain';
import type { UnitOfWork } from '@plimsoll/ports';
import type { LedgerView } from '../ledger/ledger-view.ts';
import { type Extent, meaningsOf } from './fingerprint.ts';
import type { PlannedRow } from './planned-row.ts';

/**
 * Marks rows that are recorded already, or stand in an earlier one of the files: by fingerprint, by
 * the id that our own export gives them, and by what they mean. Two rows of one format that mean the
 * same are still two where the broker gave them two ids; in a format that gives no ids, or that is
 * another than the one the record came from, equal meaning is all there is to go by.
 */
export async function markDuplicates(
  unit: UnitOfWork,
  view: LedgerView,
  rows: readonly PlannedRow[],
): Promise<void> {
  const formats = new Map((await unit.imports.list()).map(({ id, format }) => [id, format]));
  const byAccount = Map.groupBy(rows, ({ transaction }) => transaction.accountId);
  for (const [accountId, ofAccount] of byAccount) {
    const fingerprints = ofAccount.map(({ fingerprint }) => fingerprint);
    const known = await unit.ledger.knownFingerprints(accountId, fingerprints);
    const recorded = view.transactions.filter((one) => one.accountId === accountId);
    markInAccount(ofAccount, new Seen(known, recorded, formats));
  }
}

function markInAccount(rows: readonly PlannedRow[], seen: Seen): void {
  for (const row of rows) {
    if (row.status === 'add' && seen.has(row)) row.status = 'duplicate';
    seen.add(row);
  }
}

/** What one account's record, and the rows before, hold. */
class Seen {
  readonly #fingerprints: Set<string>;
  readonly #recorded: readonly Transaction[];
  readonly #formats: ReadonlyMap<string, string>;
  readonly #meanings = new Map<string, ReadonlySet<string>>();
  readonly #before = new Map<string, Record<Extent, Set<string>>>();
  #ids: ReadonlySet<string> | null = null;

  constructor(
    fingerprints: ReadonlySet<string>,
    recorded: readonly Transaction[],
    formats: ReadonlyMap<string, string>,
  ) {
    this.#fingerprints = new Set(fingerprints);
    this.#recorded = recorded;
    this.#formats = formats;
  }

  has({ fingerprint, externalId, meaning, format }: PlannedRow): boolean {
    if (this.#fingerprints.has(fingerprint)) return true;
    if (externalId === undefined) {
      if (this.#meaningsOf(null, 'full').has(meaning.full)) return true;
      if (this.#before.get(format)?.full.has(meaning.full)) return true;
    } else if (this.#isOwnId(externalId)) {
      return true;
    }
    return this.#hasForeign(format, meaning.common);
  }

  add({ fingerprint, meaning, format }: PlannedRow): void {
    this.#fingerprints.add(fingerprint);
    const before = this.#before.get(format) ?? { full: new Set(), common: new Set() };
    this.#before.set(format, before);
    before.full.add(meaning.full);
    before.common.add(meaning.common);
  }

  #hasForeign(format: string, meaning: string): boolean {
    if (this.#meaningsOf(format, 'common').has(meaning)) return true;
    return [...this.#before].some(([other, { common }]) => other !== format && common.has(meaning));
  }

  #isOwnId(externalId: string): boolean {
    this.#ids ??= new Set(this.#recorded.map(({ id }) => id));
    return this.#ids.has(externalId);
  }

  /** Of the recorded transactions, without those that came in `except`; each asked for is kept. */
  #meaningsOf(except: string | null, extent: Extent): ReadonlySet<string> {
    const key = except ?? '';
    const known = this.#meanings.get(key);
    if (known) return known;
    const wanted =
      except === null
        ? this.#recorded
        : this.#recorded.filter(({ source }) => !this.#cameIn(source?.importId, except));
    const found = meaningsOf(wanted, extent);
    this.#meanings.set(key, found);
    return found;
  }

  #cameIn(importId: string | undefined, format: string): boolean {
    const formats = importId === undefined ? undefined : this.#formats.get(importId);
    return formats?.split(', ').includes(format) ?? false;
  }
}
