import type { Report } from '@plimsoll/analytics/analysis';
import type {
  Account,
  AssetClass,
  InstrumentKind,
  LotMethod,
  TransactionType,
} from '@plimsoll/domain';
import type { Day, Json } from '@plimsoll/kernel';
import type { ColumnMapping } from '@plimsoll/ports';

/** Plain data that crosses threads and becomes JSON as it is. Exact numbers are decimal text. */
type ExactText = string;

export interface AccountView {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly lotMethod: LotMethod;
  readonly cash: Account['cash'];
  readonly fees: Account['fees'];
  readonly allowShort: boolean;
}

export interface PortfolioView {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly accountIds: string[];
  readonly benchmarkId: string | null;
}

export interface InstrumentView {
  readonly id: string;
  readonly kind: InstrumentKind;
  readonly label: string;
  readonly name: string;
  readonly currency: string;
  readonly multiplier: ExactText;
  readonly priceFactor: ExactText;
  readonly isin: string | null;
  readonly figi: string | null;
  readonly cusip: string | null;
  readonly symbol: string | null;
  readonly mic: string | null;
  readonly sector: string | null;
  readonly country: string | null;
  readonly industryGroup: string | null;
  readonly industry: string | null;
  readonly industryCode: string | null;
  readonly assetClass: AssetClass | null;
  readonly subClass: string | null;
  readonly simulated: boolean;
}

export interface PriceCoverageView {
  readonly instrumentId: string;
  readonly label: string;
  readonly first: Day;
  readonly last: Day;
  readonly count: number;
  readonly source: string;
}

export interface PricesView {
  readonly added: number;
  readonly changed: number;
  readonly refused: {
    readonly file: string;
    readonly line: number | null;
    readonly reason: string;
    readonly fix: string;
  }[];
  readonly series: {
    readonly instrumentId: string;
    readonly label: string;
    readonly added: number;
    readonly changed: number;
    readonly first: Day | null;
    readonly last: Day | null;
  }[];
}

export interface TransactionRowView {
  readonly id: string;
  readonly seq: number;
  readonly type: TransactionType;
  readonly effectiveAt: Day;
  readonly time: string | null;
  readonly recordedAt: string;
  readonly accountId: string;
  readonly account: string;
  readonly instrumentId: string | null;
  readonly instrument: string | null;
  readonly quantity: ExactText | null;
  readonly price: ExactText | null;
  readonly amount: ExactText | null;
  readonly fee: ExactText | null;
  readonly tax: ExactText | null;
  readonly currency: string | null;
  readonly note: string | null;
  readonly source: {
    readonly importId: string;
    readonly file: string;
    readonly line: number;
  } | null;
  readonly reversedBy: string | null;
  readonly fact: { [key: string]: Json | undefined };
}

export interface TransactionPageView {
  readonly items: TransactionRowView[];
  readonly next: string | null;
  readonly total: number;
}

export interface RecordedView {
  readonly added: number;
  readonly ids: string[];
}

export interface PostingView {
  readonly account: string;
  readonly commodity: string;
  readonly quantity: ExactText;
  readonly currency: string;
  readonly weight: ExactText;
}

/** One transaction as lists show it, with its postings. */
export interface TransactionDetailView extends TransactionRowView {
  readonly postings: PostingView[];
}

export interface RefusedRowView {
  readonly file: string;
  readonly line: number;
  readonly column: string | null;
  readonly value: string;
  readonly code: string;
  readonly reason: string;
  readonly fix: string;
}

export interface PreviewRowView {
  readonly file: string;
  readonly line: number;
  readonly status: 'add' | 'duplicate' | 'refused' | 'ignored';
  readonly type: string | null;
  readonly effectiveAt: Day | null;
  readonly instrument: string | null;
  readonly quantity: ExactText | null;
  readonly price: ExactText | null;
  readonly amount: ExactText | null;
  readonly fee: ExactText | null;
  readonly tax: ExactText | null;
  readonly currency: string | null;
  readonly reason: string | null;
  readonly fix: string | null;
}

export interface InstrumentMatchView {
  readonly key: string;
  readonly name: string | null;
  readonly isin: string | null;
  readonly symbol: string | null;
  readonly currency: string | null;
  readonly status: 'known' | 'new';
  readonly instrumentId: string | null;
  readonly rows: number;
}

export interface ImportSummaryView {
  readonly importId: string | null;
  readonly account: string;
  readonly format: string;
  readonly added: number;
  readonly skipped: number;
  readonly ignored: number;
  readonly refused: RefusedRowView[];
  readonly checks: {
    readonly what: string;
    readonly stated: ExactText;
    readonly ours: ExactText;
    readonly agrees: boolean;
  }[];
}

export interface ImportPreviewView extends ImportSummaryView {
  readonly rows: PreviewRowView[];
  readonly instruments: InstrumentMatchView[];
  readonly suggestedMapping: ColumnMapping | null;
  readonly columns: string[];
}

export interface ImportRecordView {
  readonly id: string;
  readonly accountId: string;
  readonly account: string;
  readonly format: string;
  readonly files: { readonly name: string; readonly sha256: string; readonly size: number }[];
  readonly added: number;
  readonly skipped: number;
  readonly refused: number;
  readonly importedAt: string;
  readonly undoneAt: string | null;
}

export interface LotView {
  readonly openedBy: string;
  readonly openedOn: Day;
  readonly quantity: ExactText;
  readonly cost: ExactText;
  readonly currency: string;
  readonly baseCost: ExactText | null;
  readonly value: ExactText | null;
  readonly gain: ExactText | null;
}

export interface HoldingView {
  readonly account: string;
  readonly accountId: string;
  readonly instrument: string;
  readonly instrumentId: string | null;
  readonly name: string;
  readonly kind: string;
  readonly isin: string | null;
  readonly quantity: ExactText;
  readonly cost: ExactText | null;
  readonly price: ExactText | null;
  readonly value: ExactText | null;
  readonly gain: ExactText | null;
  readonly currency: string;
  readonly baseCurrency: string;
  readonly baseCost: ExactText | null;
  readonly baseValue: ExactText | null;
  readonly baseGain: ExactText | null;
  readonly pricePart: ExactText | null;
  readonly fxPart: ExactText | null;
  readonly weight: number | null;
  readonly priceState: 'market' | 'carried' | 'stale' | 'trade' | 'none' | 'cash';
  readonly pricedOn: Day | null;
  readonly simulated: boolean;
  readonly reasons: Record<string, string>;
  readonly lots?: LotView[] | undefined;
}

export interface HoldingsView {
  readonly at: Day;
  readonly baseCurrency: string;
  readonly value: ExactText | null;
  readonly cost: ExactText | null;
  readonly gain: ExactText | null;
  readonly leftOut: string[];
  readonly holdings: HoldingView[];
}

export interface ContributionView {
  readonly instrumentId: string | null;
  readonly instrument: string;
  readonly gain: ExactText | null;
  readonly realised: ExactText;
  readonly unrealised: ExactText | null;
  readonly income: ExactText;
  readonly fees: ExactText;
  readonly taxes: ExactText;
  readonly fx: ExactText | null;
  readonly contribution: number | null;
}

export interface BenchmarkView {
  readonly instrumentId: string;
  readonly label: string;
  readonly twr: number | null;
  readonly xirr: number | null;
  readonly value: ExactText | null;
  readonly gain: ExactText | null;
  readonly reasons: Record<string, string>;
}

export interface PerformanceView {
  readonly portfolio: string;
  readonly currency: string;
  readonly from: Day | null;
  readonly to: Day;
  readonly startValue: ExactText | null;
  readonly value: ExactText | null;
  readonly paidIn: ExactText | null;
  readonly gain: ExactText | null;
  readonly realised: ExactText | null;
  readonly unrealised: ExactText | null;
  readonly income: ExactText | null;
  readonly fees: ExactText | null;
  readonly taxes: ExactText | null;
  readonly feesInCost: ExactText | null;
  readonly taxesInCost: ExactText | null;
  readonly fx: ExactText | null;
  readonly pricePart: ExactText | null;
  readonly twr: number | null;
  readonly twrAnnualised: number | null;
  readonly xirr: number | null;
  readonly modifiedDietz: number | null;
  readonly simpleReturn: number | null;
  readonly maxDrawdown: number | null;
  readonly drawdown: {
    readonly peak: Day;
    readonly trough: Day;
    readonly recovered: Day | null;
  } | null;
  readonly volatility: number | null;
  readonly sample: {
    readonly first: Day | null;
    readonly last: Day;
    readonly days: number;
    readonly missing: number;
  };
  readonly reasons: Record<string, string>;
  readonly notes: string[];
  readonly leftOut: string[];
  readonly contributions: ContributionView[];
  readonly benchmark: BenchmarkView | null;
}

export interface SeriesView {
  readonly currency: string;
  readonly days: Day[];
  readonly value: (number | null)[];
  readonly paidIn: (number | null)[];
  readonly benchmark: (number | null)[] | null;
  readonly twr: (number | null)[];
  readonly drawdown: (number | null)[];
}

export interface TermView {
  readonly label: string;
  readonly sign: string;
  readonly value: string | null;
  readonly unit: string;
  readonly day: Day | null;
  readonly source: string | null;
  readonly note: string | null;
  readonly figure: string | null;
}

export interface DerivationView {
  readonly figure: string;
  readonly title: string;
  readonly value: string | null;
  readonly unit: string;
  readonly reason: string | null;
  readonly formula: string;
  readonly terms: TermView[];
  readonly conventions: string[];
  readonly transactions: {
    readonly count: number;
    readonly query: string;
    readonly items: {
      readonly id: string;
      readonly effectiveAt: Day;
      readonly type: string;
      readonly text: string;
      readonly source: string | null;
    }[];
  };
  readonly leftOut: string[];
  readonly computedAt: string;
  readonly ledgerSeq: number;
}

/** The same data with members that may be set, as what crosses threads and comes from JSON has them. */
type Settable<T> = T extends readonly (infer Each)[]
  ? Settable<Each>[]
  : T extends object
    ? { -readonly [K in keyof T]: Settable<T[K]> }
    : T;

/** A report with the id of the analysis that made it. */
export type ReportView = Settable<Report> & { readonly analysis: string };
