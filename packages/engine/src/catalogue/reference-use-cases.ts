import type { ExposureKey, InstrumentKind, PeriodKind } from '@plimsoll/domain';
import type { Day } from '@plimsoll/kernel';
import type { Constituent, IndexMember, KnownFundamental } from '@plimsoll/ports';
import type { Answer, WriteOptions, Written } from '../use-case.ts';

export interface ResolveQuery {
  readonly text: string;
  /** As instruments were called on that day; as they are called now, and were before, where absent. */
  readonly on?: Day | undefined;
  readonly limit: number;
}

/** An instrument that a text may mean. */
export interface ResolvedView {
  readonly where: 'workspace' | 'market' | 'provider';
  /** Null for what only a provider knows. */
  readonly id: string | null;
  readonly provider: string | null;
  readonly label: string;
  readonly name: string | null;
  readonly kind: InstrumentKind | null;
  readonly symbol: string | null;
  readonly mic: string | null;
  readonly isin: string | null;
  readonly figi: string | null;
  readonly currency: string | null;
  /** `ISIN`, `symbol`, `former symbol FB until 2022-06-09`. */
  readonly matchedBy: string;
  /** Null while it is listed, or nobody has said that it is not. */
  readonly delistedOn: Day | null;
}

export interface ResolutionView {
  readonly text: string;
  /** The likeliest first. */
  readonly matches: ResolvedView[];
  /** What to look at: a mistyped number, a symbol of several venues, a provider that could not answer. */
  readonly notes: string[];
}

/** A name that an instrument went by. */
export interface NameView {
  readonly symbol: string;
  readonly mic: string | null;
  readonly from: Day | null;
  readonly until: Day | null;
  readonly endedBy: string | null;
  readonly source: string;
  /** Known to all, as the name of the public listing. */
  readonly shared: boolean;
}

export interface NewName {
  readonly symbol: string;
  readonly mic?: string | undefined;
  readonly from?: Day | undefined;
  readonly until?: Day | undefined;
}

export interface ConstituentsView {
  readonly fundId: string;
  readonly label: string;
  /** Null where nothing is known of what it holds. */
  readonly asOf: Day | null;
  readonly source: string | null;
  /** Sum of the weights, exact: 1 is all of it. */
  readonly covered: string;
  readonly constituents: (Constituent & {
    /** The instrument of the workspace or the market that it is. */
    readonly instrumentId: string | null;
  })[];
}

export interface NewConstituents {
  readonly asOf: Day;
  readonly constituents: readonly (Pick<Constituent, 'label' | 'weight'> &
    Partial<{ [K in keyof Constituent]: Constituent[K] | undefined }>)[];
}

export interface ExposureQuery {
  readonly portfolio: string;
  readonly base?: string | undefined;
  readonly at?: Day | undefined;
  readonly by: ExposureKey;
  readonly lookThrough: boolean;
}

export interface ExposureView {
  readonly at: Day;
  readonly baseCurrency: string;
  readonly by: ExposureKey;
  readonly lookThrough: boolean;
  /** Value of all that is known, the sum of the rows. */
  readonly total: string;
  readonly rows: {
    /** Null for what is not known or not looked through. */
    readonly key: string | null;
    readonly label: string;
    readonly value: string;
    readonly gross: string;
    /** The part of `value` that is held within funds. */
    readonly through: string;
    /** Of the total, exact; all of them are 1 together. Null where the total is not above 0. */
    readonly share: string | null;
  }[];
  /** Funds that were looked through, with the day of their list. */
  readonly funds: { readonly label: string; readonly asOf: Day; readonly covered: string }[];
  /** What has no value, in words. */
  readonly leftOut: string[];
}

export interface FundamentalsQuery {
  readonly instrument: string;
  readonly metric?: string | undefined;
  readonly period?: PeriodKind | undefined;
  /** Only what had been published by the end of this day. */
  readonly knownAt?: Day | undefined;
}

/** What is known about instruments beside prices and actions. */
export interface ReferenceUseCases {
  /** ISIN, FIGI, CUSIP, SEDOL, WKN, `SYMBOL@MIC`, `provider:SYMBOL`, a symbol or a name. */
  resolveInstruments(workspace: string, query: ResolveQuery): Answer<ResolutionView>;
  /** The same, and what the providers that are turned on find. */
  resolveOnline(workspace: string, query: ResolveQuery): Answer<ResolutionView>;
  instrumentNames(workspace: string, instrument: string): Answer<NameView[]>;
  /** What is said last holds: another instrument's claim to the symbol on those days ends. */
  addInstrumentName(
    workspace: string,
    instrument: string,
    name: NewName,
    write: WriteOptions,
  ): Written<NameView[]>;
  constituents(workspace: string, instrument: string, on: Day | null): Answer<ConstituentsView>;
  setConstituents(
    workspace: string,
    instrument: string,
    wanted: NewConstituents,
    write: WriteOptions,
  ): Written<ConstituentsView>;
  exposure(workspace: string, query: ExposureQuery): Answer<ExposureView>;
  fundamentals(workspace: string, query: FundamentalsQuery): Answer<KnownFundamental[]>;
  indices(workspace: string): Answer<string[]>;
  /** Those in it on the day; today where null. */
  indexMembers(workspace: string, index: string, on: Day | null): Answer<IndexMember[]>;
}
