import type { Account } from '@plimsoll/domain';
import type { ImportedRow } from '@plimsoll/ports';
import { findAccount, newAccount } from '../catalogue/catalogue.ts';
import type { ImportRequest } from '../engine.ts';
import type { EngineContext } from '../engine-context.ts';
import type { ReadFile } from './planned-row.ts';
import { nativeTable } from './recognise.ts';
import { currencyOf } from './to-transaction.ts';

/** The accounts that files name, made where there is none of the name. */
export class ImportAccounts {
  readonly #main: Account;
  readonly #known: Account[];
  readonly #made = new Set<string>();
  readonly #used = new Set<Account>();
  readonly #context: EngineContext;
  readonly #request: ImportRequest;
  readonly #rows: readonly ImportedRow[];
  readonly #several: boolean;

  constructor(
    context: EngineContext,
    known: readonly Account[],
    files: readonly ReadFile[],
    request: ImportRequest,
  ) {
    this.#context = context;
    this.#request = request;
    this.#known = [...known];
    this.#rows = files.flatMap(({ parsed }) => parsed.rows);
    const named = new Set(this.#rows.flatMap(({ account }) => account ?? []));
    this.#several =
      named.size > 1 ||
      this.#rows.some(namesAnother) ||
      files.some(({ format }) => format === nativeTable);
    this.#main = this.#findOrMake(
      request.account,
      () => statedCurrency(files) ?? mainCurrency(this.#rows) ?? 'EUR',
    );
  }

  /** The one the user chose; where all rows name others, the first of those. */
  get main(): Account {
    const [first] = this.#used;
    return first === undefined || this.#used.has(this.#main) ? this.#main : first;
  }

  get all(): readonly Account[] {
    return this.#known;
  }

  /** Those made for rows of the files. */
  get made(): readonly Account[] {
    return [...this.#used].filter(({ id }) => this.#made.has(id));
  }

  /**
   * A file of several accounts names them, and the native CSV names whichever the user wants; in a
   * broker's file of one, the user's name for it wins over the broker's.
   */
  of(name: string | undefined): Account {
    const account =
      name === undefined || !this.#several
        ? this.#main
        : this.#findOrMake(
            name,
            () =>
              mainCurrency(this.#rows.filter((row) => row.account === name)) ?? this.#main.currency,
          );
    this.#used.add(account);
    return account;
  }

  #findOrMake(name: string, currency: () => string): Account {
    const found = findAccount(this.#known, name);
    if (found) return found;
    const made = newAccount(this.#context.newId(), {
      name,
      currency: this.#request.currency ?? currency(),
    });
    this.#known.push(made);
    this.#made.add(made.id);
    return made;
  }
}

const namesAnother = ({ transaction }: ImportedRow): boolean => transaction.type === 'transfer';

const statedCurrency = (files: readonly ReadFile[]): string | undefined =>
  files.find(({ parsed }) => parsed.currency !== undefined)?.parsed.currency;

/** The currency most rows are paid in. */
function mainCurrency(rows: readonly ImportedRow[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { transaction } of rows) {
    const settled = (transaction as { settlement?: { currency: string } }).settlement?.currency;
    const currency = settled ?? currencyOf(transaction);
    if (currency !== '') counts.set(currency, (counts.get(currency) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
