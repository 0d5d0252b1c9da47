import type {
  Account,
  ClosingPrices,
  Instrument,
  Portfolio,
  RateSeries,
  Transaction,
} from '@plimsoll/domain';
import type { LedgerEntry, PriceSeries, Store, UnitOfWork } from '@plimsoll/ports';

/** All that figures are computed from, at one state of the workspace. */
export interface LedgerView {
  readonly workspaceId: string;
  /** Number of the newest entry, and of the newest change of catalogue and prices. */
  readonly seq: number;
  readonly catalogueVersion: number;
  readonly priceVersion: number;
  /** Transactions in force. */
  readonly transactions: readonly Transaction[];
  readonly accounts: readonly Account[];
  readonly portfolios: readonly Portfolio[];
  readonly instruments: ReadonlyMap<string, Instrument>;
  readonly prices: ReadonlyMap<string, ClosingPrices>;
  readonly rates: readonly RateSeries[];
  /** Accounts whose cash is part of the record. */
  readonly cashTracked: ReadonlySet<string>;
}

const pageSize = 2000;

/** Text that recurs in every transaction, kept once. */
class Interned {
  readonly #texts = new Map<string, string>();

  of(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }
}

/** The entries read so far and which of them are in force. */
class Entries {
  seq = 0;
  readonly transactions = new Map<string, Transaction>();
  readonly #annulledBy = new Map<string, string>();
  readonly #interned = new Interned();
  inForce: readonly Transaction[] = [];

  take(entries: readonly LedgerEntry[]): void {
    for (const entry of entries) {
      this.seq = entry.seq;
      if (entry.fact.kind === 'transaction') this.#keep(entry.fact.transaction);
      else this.#annulledBy.set(entry.fact.reversal.reverses, entry.fact.reversal.id);
    }
    const all = [...this.transactions.values()];
    this.inForce =
      this.#annulledBy.size === 0
        ? all
        : all.filter((transaction) => this.isInForce(transaction.id));
  }

  #keep(transaction: Transaction): void {
    const shared = transaction as { -readonly [K in keyof Transaction]: Transaction[K] } & {
      currency?: string;
      instrumentId?: string;
    };
    shared.accountId = this.#interned.of(transaction.accountId);
    shared.effectiveAt = this.#interned.of(transaction.effectiveAt);
    shared.type = this.#interned.of(transaction.type) as Transaction['type'];
    if (shared.currency !== undefined) shared.currency = this.#interned.of(shared.currency);
    if (shared.instrumentId !== undefined) {
      shared.instrumentId = this.#interned.of(shared.instrumentId);
    }
    this.transactions.set(transaction.id, transaction);
  }

  /** An entry is in force unless a reversal that is in force annuls it. */
  isInForce(id: string): boolean {
    const reversal = this.#annulledBy.get(id);
    return reversal === undefined || !this.isInForce(reversal);
  }
}

interface Cached {
  readonly entries: Entries;
  view: LedgerView;
}

/**
 * Keeps each workspace's record in memory and brings it up to date before every use: only entries
 * that came since are read, and prices and catalogue only when their version moved on.
 */
export class LedgerViews {
  readonly #store: Store;
  readonly #cached = new Map<string, Cached>();
  readonly #loading = new Map<string, Promise<LedgerView>>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** The workspace as it stands now. Calls at the same time share one read. */
  current(workspaceId: string): Promise<LedgerView> {
    const running = this.#loading.get(workspaceId);
    if (running) return running;
    const load = this.#store
      .read(workspaceId, (unit) => this.within(unit))
      .finally(() => this.#loading.delete(workspaceId));
    this.#loading.set(workspaceId, load);
    return load;
  }

  /** The same inside a running database transaction, which may have written already. */
  async within(unit: UnitOfWork): Promise<LedgerView> {
    const head = await unit.ledger.head();
    const catalogueVersion = await unit.catalogue.version();
    const priceVersion = await unit.prices.version();
    const known = this.#cached.get(unit.workspaceId);
    if (
      known &&
      known.view.seq === head.seq &&
      known.view.catalogueVersion === catalogueVersion &&
      known.view.priceVersion === priceVersion
    ) {
      return known.view;
    }
    const fresh = known && known.entries.seq <= head.seq ? known.entries : new Entries();
    await readEntries(unit, fresh, head.seq);
    const view = await assemble(unit, fresh, known?.view, { catalogueVersion, priceVersion });
    this.#cached.set(unit.workspaceId, { entries: fresh, view });
    return view;
  }

  /** Drops what is cached, after a database transaction that was rolled back. */
  forget(workspaceId: string): void {
    this.#cached.delete(workspaceId);
  }
}

async function readEntries(unit: UnitOfWork, entries: Entries, until: number): Promise<void> {
  while (entries.seq < until) {
    const page = await unit.ledger.since(entries.seq, pageSize);
    if (page.length === 0) return;
    entries.take(page);
  }
}

async function assemble(
  unit: UnitOfWork,
  entries: Entries,
  before: LedgerView | undefined,
  versions: { readonly catalogueVersion: number; readonly priceVersion: number },
): Promise<LedgerView> {
  const sameCatalogue = before?.catalogueVersion === versions.catalogueVersion;
  const accounts = sameCatalogue ? before.accounts : await unit.catalogue.accounts();
  const portfolios = sameCatalogue ? before.portfolios : await unit.catalogue.portfolios();
  const instruments = sameCatalogue
    ? before.instruments
    : new Map((await unit.catalogue.instruments()).map((one) => [one.id, one]));
  const samePrices = sameCatalogue && before.priceVersion === versions.priceVersion;
  const series = samePrices ? null : await unit.prices.closes([...instruments.keys()]);
  return {
    workspaceId: unit.workspaceId,
    seq: entries.seq,
    ...versions,
    transactions: entries.inForce,
    accounts,
    portfolios,
    instruments,
    prices: series
      ? new Map(series.map((one) => [one.instrumentId, one]))
      : (before?.prices ?? new Map()),
    rates: series ? rateSeries(series, instruments) : (before?.rates ?? []),
    cashTracked: trackedAccounts(accounts, entries.inForce),
  };
}

/** FX pairs are instruments named by both currencies: `EURUSD`, priced in the second. */
function rateSeries(
  series: readonly PriceSeries[],
  instruments: ReadonlyMap<string, Instrument>,
): RateSeries[] {
  return series.flatMap(({ instrumentId, days, close, source }) => {
    const pair = instruments.get(instrumentId);
    if (pair?.kind !== 'fx' || pair.symbol === undefined) return [];
    const base = pair.symbol.slice(0, -pair.currency.length);
    return [{ base, quote: pair.currency, days, close, source }];
  });
}

const cashTypes: ReadonlySet<string> = new Set(['deposit', 'withdrawal', 'fx']);

function recordsCash(transaction: Transaction): boolean {
  if (cashTypes.has(transaction.type)) return true;
  const { type } = transaction;
  return (
    (type === 'transfer' || type === 'opening-balance') &&
    (transaction as { readonly instrumentId?: string }).instrumentId === undefined
  );
}

function trackedAccounts(
  accounts: readonly Account[],
  transactions: readonly Transaction[],
): Set<string> {
  const recording = new Set<string>();
  for (const transaction of transactions) {
    if (!recordsCash(transaction)) continue;
    recording.add(transaction.accountId);
    if (transaction.type === 'transfer') recording.add(transaction.toAccountId);
  }
  const tracked = accounts.filter(
    ({ id, cash }) => cash === 'tracked' || (cash === 'auto' && recording.has(id)),
  );
  return new Set(tracked.map(({ id }) => id));
}
