import type { CorporateActionKind, FundamentalUnit, PeriodKind } from '@plimsoll/domain';
import type { Day, Result } from '@plimsoll/kernel';
import type { DailyBars, ProviderAction } from '../market-data/market-data.ts';
import type { Constituent, IndexMember } from '../store/reference-store.ts';

export const etlKinds = ['prices', 'fundamentals', 'constituents', 'reference', 'actions'] as const;

/** What a file holds. */
export type EtlKind = (typeof etlKinds)[number];

/** What a column may mean; other words name a metric (fundamentals) or a symbol (prices). */
export const etlMeanings = [
  'date',
  'time',
  'open',
  'high',
  'low',
  'close',
  'adjusted-close',
  'volume',
  'dividend',
  'split',
  'symbol',
  'isin',
  'figi',
  'cusip',
  'name',
  'mic',
  'currency',
  'metric',
  'value',
  'unit',
  'period',
  'published',
  'weight',
  'sector',
  'industry-group',
  'industry',
  'industry-code',
  'country',
  'asset-class',
  'sub-class',
  'index',
  'from',
  'until',
  'kind',
  'pay-day',
  'other',
  'second',
  'ignore',
] as const;

export type EtlMeaning = (typeof etlMeanings)[number];

export interface EtlFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface EtlReadOptions {
  readonly kind?: EtlKind | undefined;
  /** Title → meaning, where the titles do not say it. */
  readonly columns?: Readonly<Record<string, string>> | undefined;
  /** Index whose members a file lists. */
  readonly index?: string | undefined;
  /** Period of figures whose file does not say it. */
  readonly period?: PeriodKind | undefined;
}

/** What a row calls its instrument. */
export interface EtlInstrument {
  readonly symbol?: string;
  readonly isin?: string;
  readonly figi?: string;
  readonly cusip?: string;
  readonly mic?: string;
  readonly name?: string;
  /** Named by its file, not by a column: small letters are then no statement. */
  readonly namedByFile?: boolean;
}

/** A row that cannot be taken, with what to do about it. */
export interface EtlRefusal {
  readonly file: string;
  readonly line: number | null;
  readonly row: string;
  readonly reason: string;
  readonly fix: string;
}

/** How one table of a file was understood. */
export interface EtlSource {
  readonly file: string;
  /** The sheet, or the member of JSON; empty where the file is one table. */
  readonly table: string;
  /** `long`, `wide`, `one series`, `transposed`. */
  readonly layout: string;
  readonly rows: number;
  readonly columns: { readonly title: string; readonly meaning: string }[];
  readonly notes: string[];
}

/** Prices of one instrument in the order of the file, good and bad. */
export interface EtlPrices {
  readonly file: string;
  readonly instrument: EtlInstrument;
  readonly currency: string | null;
  readonly bars: DailyBars;
  /** Line of each bar. */
  readonly lines: Int32Array;
  readonly actions: readonly ProviderAction[];
}

export interface EtlFigure {
  readonly file: string;
  readonly line: number;
  readonly instrument: EtlInstrument;
  readonly metric: string;
  readonly periodEnd: Day;
  readonly period: PeriodKind;
  readonly value: string;
  readonly unit: FundamentalUnit | null;
  readonly currency: string | null;
  /** Null: unknown, so that it counts as known from the day on which it is read. */
  readonly publishedOn: Day | null;
}

export interface EtlFund {
  readonly file: string;
  /** The fund as its file calls it. */
  readonly fund: EtlInstrument;
  readonly asOf: Day | null;
  readonly constituents: readonly Constituent[];
}

/** What a file says of an instrument itself. */
export interface EtlReference {
  readonly file: string;
  readonly line: number;
  readonly instrument: EtlInstrument;
  readonly currency?: string;
  readonly sector?: string;
  readonly industryGroup?: string;
  readonly industry?: string;
  readonly industryCode?: string;
  readonly country?: string;
  readonly assetClass?: string;
  readonly subClass?: string;
}

export interface EtlAction {
  readonly file: string;
  readonly line: number;
  readonly instrument: EtlInstrument;
  readonly kind: CorporateActionKind;
  readonly day: Day;
  readonly payDay: Day | null;
  readonly value: string;
  readonly currency: string | null;
  readonly other: string | null;
  readonly second: string | null;
}

/** What files say, all of one kind. */
export interface EtlReading {
  readonly kind: EtlKind;
  readonly sources: readonly EtlSource[];
  readonly prices: readonly EtlPrices[];
  readonly figures: readonly EtlFigure[];
  readonly funds: readonly EtlFund[];
  readonly references: readonly EtlReference[];
  readonly members: readonly IndexMember[];
  readonly actions: readonly EtlAction[];
  readonly refused: readonly EtlRefusal[];
}

/** Reads files of any layout; touches nothing else. Refused where no file can be made sense of. */
export interface EtlReader {
  read(files: readonly EtlFile[], options: EtlReadOptions): Promise<Result<EtlReading>>;
}
