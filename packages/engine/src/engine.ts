import type { Account, AssetClass, InstrumentKind, TransactionType } from '@plimsoll/domain';
import type { Day, Json } from '@plimsoll/kernel';
import type { ColumnMapping, LedgerCheck, Workspace } from '@plimsoll/ports';
import type { ActionUseCases } from './actions/action-use-cases.ts';
import type { BarUseCases } from './bars/bar-use-cases.ts';
import type { ReferenceUseCases } from './catalogue/reference-use-cases.ts';
import type { EtlUseCases } from './etl/etl-use-cases.ts';
import type { LiveUseCases } from './live/live-use-cases.ts';
import type { MarketUseCases } from './market/market-use-cases.ts';
import type { ModelUseCases } from './models/model-use-cases.ts';
import type { RunUseCases } from './runs/run-use-cases.ts';
import type { Answer, UploadedFile, WriteOptions, Written } from './use-case.ts';
import type {
  AccountView,
  DerivationView,
  HoldingsView,
  ImportPreviewView,
  ImportRecordView,
  ImportSummaryView,
  InstrumentView,
  PerformanceView,
  PortfolioView,
  PostingView,
  PriceCoverageView,
  PricesView,
  RecordedView,
  ReportView,
  SeriesView,
  TransactionDetailView,
  TransactionPageView,
} from './views.ts';

export interface NewAccount {
  readonly name: string;
  readonly currency: string;
  readonly lotMethod?: Account['lotMethod'];
  readonly cash?: Account['cash'];
  readonly fees?: Account['fees'];
  readonly allowShort?: boolean;
}
export type AccountChange = {
  readonly [K in Exclude<keyof NewAccount, 'currency'>]?: NewAccount[K] | undefined;
};

export interface NewPortfolio {
  readonly name: string;
  readonly currency: string;
  readonly accountIds: readonly string[];
  readonly benchmarkId?: string | null;
}

export interface NewInstrument {
  readonly kind: InstrumentKind;
  readonly name: string;
  readonly currency: string;
  readonly multiplier?: string;
  readonly priceFactor?: string;
  readonly isin?: string | undefined;
  readonly figi?: string | undefined;
  readonly cusip?: string | undefined;
  readonly symbol?: string | undefined;
  readonly mic?: string | undefined;
  readonly sector?: string | undefined;
  readonly country?: string | undefined;
  readonly industryGroup?: string | undefined;
  readonly industry?: string | undefined;
  readonly industryCode?: string | undefined;
  readonly assetClass?: AssetClass | undefined;
  readonly subClass?: string | undefined;
}

export interface TransactionQuery {
  readonly account?: string | undefined;
  readonly portfolio?: string | undefined;
  readonly instrument?: string | undefined;
  readonly type?: TransactionType | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly import?: string | undefined;
  readonly text?: string | undefined;
  readonly reversed?: boolean | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface ImportRequest {
  readonly account: string;
  readonly format?: string | undefined;
  readonly acceptValid: boolean;
  readonly currency?: string | undefined;
  readonly mapping?: ColumnMapping | undefined;
  /** Instrument key → instrument id. */
  readonly instruments?: Readonly<Record<string, string>> | undefined;
}

export interface PriceImportOptions {
  /** Currency of series whose instrument is not known yet. */
  readonly currency?: string | undefined;
}

export interface HoldingsQuery {
  readonly portfolio: string;
  readonly base?: string | undefined;
  readonly at?: Day | undefined;
  readonly lots: boolean;
}

export interface PerformanceQuery {
  readonly portfolio: string;
  readonly base?: string | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly benchmark?: string | undefined;
}

export interface ExplainQuery extends PerformanceQuery {
  readonly figure: string;
  readonly at?: Day | undefined;
}

/**
 * The use-cases, the one door for web, command line and whatever comes. Plain data in and out, so
 * that it can be called across a thread. Every method names the workspace first.
 */
export interface Engine
  extends ActionUseCases,
    BarUseCases,
    LiveUseCases,
    MarketUseCases,
    ReferenceUseCases,
    EtlUseCases,
    RunUseCases,
    ModelUseCases {
  describeStore(): Promise<{
    readonly engine: string;
    readonly version: string;
    readonly durable: boolean;
  }>;
  workspaces(): Promise<readonly Workspace[]>;
  createWorkspace(id: string, name: string): Answer<Workspace>;
  /** Makes the simulated demo workspace, or answers the one that is there. */
  createDemo(): Answer<Workspace>;
  removeDemo(): Promise<void>;

  accounts(workspace: string): Answer<AccountView[]>;
  createAccount(workspace: string, account: NewAccount, write: WriteOptions): Written<AccountView>;
  changeAccount(
    workspace: string,
    id: string,
    change: AccountChange,
    write: WriteOptions,
  ): Written<AccountView>;
  portfolios(workspace: string): Answer<PortfolioView[]>;
  createPortfolio(
    workspace: string,
    portfolio: NewPortfolio,
    write: WriteOptions,
  ): Written<PortfolioView>;
  changePortfolio(
    workspace: string,
    id: string,
    portfolio: NewPortfolio,
    write: WriteOptions,
  ): Written<PortfolioView>;
  removePortfolio(workspace: string, id: string, write: WriteOptions): Written<null>;
  /** Those whose label, name or identifiers contain the text, at most `limit`. */
  instruments(workspace: string, text: string, limit: number): Answer<InstrumentView[]>;
  createInstrument(
    workspace: string,
    instrument: NewInstrument,
    write: WriteOptions,
  ): Written<InstrumentView>;
  changeInstrument(
    workspace: string,
    id: string,
    change: Partial<NewInstrument>,
    write: WriteOptions,
  ): Written<InstrumentView>;

  transactions(workspace: string, query: TransactionQuery): Answer<TransactionPageView>;
  transaction(workspace: string, id: string): Answer<TransactionDetailView>;
  postings(workspace: string, id: string): Answer<PostingView[]>;
  /** All or none. Each is a transaction as JSON (`newTransaction` of the contracts), exact numbers as text. */
  record(
    workspace: string,
    transactions: readonly Json[],
    write: WriteOptions,
  ): Written<RecordedView>;
  reverse(
    workspace: string,
    id: string,
    reason: string,
    write: WriteOptions,
  ): Written<RecordedView>;

  formats(): Promise<readonly { readonly id: string; readonly title: string }[]>;
  previewImport(
    workspace: string,
    files: readonly UploadedFile[],
    request: ImportRequest,
  ): Answer<ImportPreviewView>;
  /** Refused rows without `acceptValid`: a fault `import.refused` whose facts hold `summary`. */
  importFiles(
    workspace: string,
    files: readonly UploadedFile[],
    request: ImportRequest,
    write: WriteOptions,
  ): Written<ImportSummaryView>;
  imports(workspace: string): Answer<ImportRecordView[]>;
  undoImport(workspace: string, id: string, write: WriteOptions): Written<ImportRecordView>;
  mappings(workspace: string): Answer<readonly ColumnMapping[]>;
  saveMapping(
    workspace: string,
    mapping: ColumnMapping,
    write: WriteOptions,
  ): Written<ColumnMapping>;

  setPrices(
    workspace: string,
    instrumentId: string,
    prices: readonly { readonly day: Day; readonly close: string }[],
    write: WriteOptions,
  ): Written<PricesView>;
  importPrices(
    workspace: string,
    files: readonly UploadedFile[],
    options: PriceImportOptions,
    write: WriteOptions,
  ): Written<PricesView>;
  priceCoverage(workspace: string): Answer<PriceCoverageView[]>;

  holdings(workspace: string, query: HoldingsQuery): Answer<HoldingsView>;
  performance(workspace: string, query: PerformanceQuery): Answer<PerformanceView>;
  series(workspace: string, query: PerformanceQuery): Answer<SeriesView>;
  explain(workspace: string, query: ExplainQuery): Answer<DerivationView>;
  /**
   * Computes an analysis. `input` is the JSON text of its values; data may be references to the
   * record, and `portfolio`, `from`, `to` and `base` stand for all that is not given.
   */
  analyse(workspace: string, id: string, input: string): Answer<ReportView>;
  /**
   * The trades from what is held to target weights, given or optimised, with fees paid and the lots
   * that the sales close. `input` is the JSON text of `rebalanceInput`, with `optimise` beside it.
   */
  rebalance(workspace: string, input: string): Answer<ReportView>;
  /** The whole record as native CSV that imports back to the same. */
  exportCsv(workspace: string): Answer<string>;
  verify(): Promise<LedgerCheck>;
}
