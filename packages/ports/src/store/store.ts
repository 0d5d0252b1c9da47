import type {
  Account,
  CorporateAction,
  Instrument,
  Portfolio,
  Reversal,
  Transaction,
  TransactionType,
} from '@plimsoll/domain';
import type { Day, Json } from '@plimsoll/kernel';
import type { BarFileStore } from '../bars/bar-store.ts';
import type { ColumnMapping } from '../importer/importer.ts';
import type { DailyBars } from '../market-data/market-data.ts';
import type { DeadLetterStore, InboxStore, OutboxBacklog, OutboxStore } from './event-stores.ts';
import type { JobStore } from './job-store.ts';
import type { ModelStore } from './model-store.ts';
import type { QualityStore } from './quality-store.ts';
import type { EtlStore, ReferenceStore } from './reference-store.ts';
import type { RunStore } from './run-store.ts';

/** The tenant. Everything else belongs to exactly one. */
export interface Workspace {
  readonly id: string;
  readonly name: string;
  /** Shows the simulated market; never mixed with real records. */
  readonly demo: boolean;
  readonly createdAt: string;
}

/** The system's own workspace: public instruments, their prices and corporate actions, read by all. */
export const marketWorkspace = 'market';

/** One fact of the ledger, before the store numbers and chains it. */
export interface NewEntry {
  readonly fact:
    | { readonly kind: 'transaction'; readonly transaction: Transaction }
    | { readonly kind: 'reversal'; readonly reversal: Reversal };
  /**
   * What makes it the same entry when read again: equal fingerprints of one account are one
   * transaction, unless the earlier was reversed. Null for entries made by hand.
   */
  readonly fingerprint: string | null;
  readonly importId: string | null;
  /** Who recorded it. */
  readonly actor: string;
}

/** A recorded fact. */
export interface LedgerEntry extends NewEntry {
  /** 1, 2, 3 … within the workspace, without gaps. */
  readonly seq: number;
  /** UTC instant, never earlier than that of the entry before. */
  readonly recordedAt: string;
  /** SHA-256, hex, of the entry before and this entry's own content. */
  readonly hash: string;
}

export interface LedgerHead {
  readonly seq: number;
  readonly hash: string;
}

export interface TransactionFilter {
  readonly accountIds?: readonly string[];
  readonly instrumentId?: string;
  readonly types?: readonly TransactionType[];
  readonly from?: Day;
  readonly to?: Day;
  readonly importId?: string;
  readonly ids?: readonly string[];
  /** Part of a note, symbol or name, any case. */
  readonly text?: string;
  readonly includeReversed?: boolean;
}

export interface RecordedTransaction {
  readonly seq: number;
  readonly recordedAt: string;
  readonly transaction: Transaction;
  readonly importId: string | null;
  /** Id of the reversal that annuls it, if any. */
  readonly reversedBy: string | null;
}

/** One page, newest effective day first; `next` continues it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

export interface LedgerStore {
  /**
   * Appends in order, numbered and chained, within the running database transaction, and adds the
   * event `ledger.recorded` (`{first, last, hash}`) to the outbox. An id or fingerprint that is there
   * already, or a reversal of what is reversed already or not there, is a bug and crashes. The import
   * that an entry names must be saved by the end of the transaction.
   */
  append(entries: readonly NewEntry[]): Promise<readonly LedgerEntry[]>;
  head(): Promise<LedgerHead>;
  /** Entries with seq > `after`, in order, at most `limit`. Known by `knownAt` where given. */
  since(after: number, limit: number, knownAt?: string): Promise<readonly LedgerEntry[]>;
  page(
    filter: TransactionFilter,
    cursor: string | null,
    limit: number,
  ): Promise<Page<RecordedTransaction>>;
  count(filter: TransactionFilter): Promise<number>;
  /** Those of the fingerprints that an entry still in force of the account has. */
  knownFingerprints(
    accountId: string,
    fingerprints: readonly string[],
  ): Promise<ReadonlySet<string>>;
}

/** One import of one or more files into one account. */
export interface ImportRecord {
  readonly id: string;
  readonly accountId: string;
  readonly format: string;
  readonly files: readonly {
    readonly name: string;
    readonly sha256: string;
    readonly size: number;
  }[];
  readonly added: number;
  readonly skipped: number;
  readonly refused: number;
  readonly importedAt: string;
  readonly undoneAt: string | null;
}

/** A closing price series as valuation uses it. */
export interface PriceSeries {
  readonly instrumentId: string;
  /** Days since 1970-01-01, strictly rising. */
  readonly days: Int32Array;
  readonly close: Float64Array;
  /** Where they came from, `csv:AAPL.csv`, `ecb`, `simulated`, `by hand`. */
  readonly source: string;
}

export interface PriceStore {
  /** Merges by day: a later import wins on the days it has; what was there before is kept as history. */
  merge(
    instrumentId: string,
    bars: DailyBars,
    source: string,
  ): Promise<{ readonly added: number; readonly changed: number }>;
  /**
   * All closes of the instruments; those without any are left out. An instrument that is linked to a
   * listing has that listing's closes on the days on which it has none of its own. As they are known
   * now, or were known at an instant.
   */
  closes(instrumentIds: readonly string[], knownAt?: string): Promise<readonly PriceSeries[]>;
  bars(instrumentId: string, from: Day, until: Day, knownAt?: string): Promise<DailyBars>;
  /** Grows with each change of any price that figures of the workspace may rest on. */
  version(): Promise<number>;
  quarantine(rows: readonly QuarantinedPrice[]): Promise<void>;
  quarantined(): Promise<readonly QuarantinedPrice[]>;
  coverage(): Promise<readonly PriceCoverage[]>;
}

export interface QuarantinedPrice {
  readonly instrumentId: string;
  readonly day: string;
  readonly source: string;
  readonly reason: string;
  readonly row: Json;
}

export interface PriceCoverage {
  readonly instrumentId: string;
  readonly first: Day;
  readonly last: Day;
  readonly count: number;
  readonly source: string;
}

/** A remembered answer to "which instrument is this?". */
export interface InstrumentAlias {
  /** `isin:US0378331005`, `symbol:AAPL`, `name:apple inc` — lower-cased but for ISIN and symbol. */
  readonly key: string;
  readonly instrumentId: string;
}

export interface CatalogueStore {
  accounts(): Promise<readonly Account[]>;
  saveAccount(account: Account): Promise<void>;
  portfolios(): Promise<readonly Portfolio[]>;
  savePortfolio(portfolio: Portfolio): Promise<void>;
  removePortfolio(id: string): Promise<void>;
  instruments(): Promise<readonly Instrument[]>;
  saveInstruments(instruments: readonly Instrument[]): Promise<void>;
  aliases(): Promise<readonly InstrumentAlias[]>;
  saveAliases(aliases: readonly InstrumentAlias[]): Promise<void>;
  mappings(): Promise<readonly ColumnMapping[]>;
  saveMapping(mapping: ColumnMapping): Promise<void>;
  /** Grows with each change of the catalogue. */
  version(): Promise<number>;
}

export interface ImportStore {
  save(record: ImportRecord): Promise<void>;
  markUndone(id: string, at: string): Promise<void>;
  list(): Promise<readonly ImportRecord[]>;
}

/** The answer to a write, kept so that the same key gets the same answer. */
export interface IdempotencyRecord {
  readonly key: string;
  /** `POST /v1/transactions`. */
  readonly operation: string;
  /** SHA-256, hex, of the canonical request. */
  readonly requestHash: string;
  readonly status: number;
  readonly body: Json;
}

export interface IdempotencyStore {
  find(operation: string, key: string): Promise<IdempotencyRecord | null>;
  save(record: IdempotencyRecord): Promise<void>;
}

/** Which listing of the market an instrument of this workspace is. */
export interface InstrumentLink {
  readonly instrumentId: string;
  /** Null: the user has said that it is none, and it is not linked by rule again. */
  readonly listingId: string | null;
  /** `rule`, or who said so. */
  readonly linkedBy: string;
  /** What it was recognised by, one sentence. */
  readonly evidence: string;
}

export interface LinkStore {
  /** Links of the workspace. A link changes what its instrument is worth, so prices count as changed. */
  links(): Promise<readonly InstrumentLink[]>;
  /** The listing that an instrument is; null where it is none, or none that is known. */
  listingOf(instrumentId: string): Promise<string | null>;
  link(link: InstrumentLink): Promise<void>;
  unlink(instrumentId: string): Promise<void>;
  /** Workspaces that hold a listing of the market; only within a unit of `marketWorkspace`. */
  holders(listingId: string): Promise<readonly string[]>;
  /** What providers call the instruments of this workspace, and those of the market. */
  providerSymbols(
    instrumentIds: readonly string[],
  ): Promise<
    readonly { readonly instrumentId: string; readonly provider: string; readonly symbol: string }[]
  >;
  /** Null takes it away. */
  setProviderSymbol(instrumentId: string, provider: string, symbol: string | null): Promise<void>;
}

/** A corporate action of an instrument as it is known now. Its own id never changes. */
export interface MarketAction extends CorporateAction {
  /** 1, and one more with each correction. */
  readonly version: number;
  /** Whether it turned out that there was none. */
  readonly withdrawn: boolean;
  readonly recordedAt: string;
}

export type NewMarketAction = Pick<MarketAction, 'withdrawn'> & CorporateAction;

/** What the holder of an account decided about an action. */
export interface ActionDecision {
  readonly actionId: string;
  readonly actionVersion: number;
  readonly accountId: string;
  /** `reopened` takes an earlier decision back. */
  readonly decision: 'confirmed' | 'declined' | 'reopened';
  /** What was recorded. */
  readonly transactionIds: readonly string[];
  readonly reason: string;
  /** `rule`, or who. */
  readonly decidedBy: string;
  readonly decidedAt: string;
}

/** Actions of a kind are taken without asking, or not. */
export interface ActionRule {
  readonly kind: CorporateAction['kind'];
  readonly confirm: boolean;
}

export interface ActionStore {
  /**
   * Actions of instruments of this workspace, and of the listings of the market that are named, as
   * they are known now or were known at an instant; oldest first, withdrawn ones left out.
   */
  actions(instrumentIds: readonly string[], knownAt?: string): Promise<readonly MarketAction[]>;
  /** All versions of one action, oldest first. */
  history(id: string): Promise<readonly MarketAction[]>;
  /** Adds what is new, and a version where something changed; gives what was added. */
  save(actions: readonly NewMarketAction[]): Promise<readonly MarketAction[]>;
  /** The newest decision of each action and account. */
  decisions(): Promise<readonly ActionDecision[]>;
  decide(decisions: readonly Omit<ActionDecision, 'decidedAt'>[]): Promise<void>;
  rules(): Promise<readonly ActionRule[]>;
  saveRule(rule: ActionRule, actor: string): Promise<void>;
}

/** The stores of one workspace within one database transaction: all of it commits, or none. */
export interface UnitOfWork {
  readonly workspaceId: string;
  readonly ledger: LedgerStore;
  readonly catalogue: CatalogueStore;
  readonly imports: ImportStore;
  readonly prices: PriceStore;
  readonly barFiles: BarFileStore;
  readonly links: LinkStore;
  readonly actions: ActionStore;
  readonly reference: ReferenceStore;
  readonly etl: EtlStore;
  readonly jobs: JobStore;
  readonly runs: RunStore;
  readonly models: ModelStore;
  readonly quality: QualityStore;
  readonly idempotency: IdempotencyStore;
  readonly outbox: OutboxStore;
  readonly inbox: InboxStore;
  readonly deadLetters: DeadLetterStore;
}

/** One thing that the ledger check found wrong. */
export interface LedgerFinding {
  readonly check: string;
  readonly workspaceId: string;
  readonly seq: number | null;
  readonly detail: string;
}

export interface LedgerCheck {
  readonly workspaces: number;
  readonly entries: number;
  readonly checks: readonly string[];
  readonly findings: readonly LedgerFinding[];
}

/** The system of record. */
export interface Store {
  /** `pglite`, `postgresql`, and what protects it: version, durability as found by the self-test. */
  describe(): Promise<{
    readonly engine: string;
    readonly version: string;
    readonly durable: boolean;
  }>;
  /** Those of users; `marketWorkspace` is always there and not among them. */
  workspaces(): Promise<readonly Workspace[]>;
  createWorkspace(workspace: Workspace): Promise<void>;
  /** Removes a demo workspace whole. Refused (invariant) for any other. */
  removeDemoWorkspace(id: string): Promise<void>;
  /** Runs `work` in a read-only transaction that sees one snapshot of one workspace. */
  read<T>(workspaceId: string, work: (unit: UnitOfWork) => Promise<T>): Promise<T>;
  /**
   * Runs `work` in a transaction under the workspace's write lock and commits; a throw rolls back.
   * Returns only once the commit is on stable storage. A lost race on a server runs `work` again, so
   * it may change nothing outside the unit. Others wait meanwhile: compute before or after.
   */
  write<T>(workspaceId: string, work: (unit: UnitOfWork) => Promise<T>): Promise<T>;
  /** What has still to leave, of every workspace that has anything, the market's among them. */
  backlog(): Promise<readonly OutboxBacklog[]>;
  /**
   * Takes or keeps what only one may do at a time, for so long from now; false while another has it.
   * By the clock of the database, as holders on several hosts must agree.
   */
  takeLease(name: string, holder: string, forMs: number): Promise<boolean>;
  /** Gives it back, where the holder still has it. */
  giveLease(name: string, holder: string): Promise<void>;
  /** The independent check: reads SQL rows only, shares no code with the writing path. */
  verify(): Promise<LedgerCheck>;
  close(): Promise<void>;
}
