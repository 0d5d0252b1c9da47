import type { Fundamental, InstrumentName, PeriodKind } from '@plimsoll/domain';
import type { Day, Json } from '@plimsoll/kernel';

/** A symbol that an index counts during `[from, until)`. */
export interface IndexMember {
  /** `^GSPC`. */
  readonly index: string;
  readonly symbol: string;
  readonly from: Day;
  /** The first day on which it does not; null while it does. */
  readonly until: Day | null;
  readonly source: string;
}

/** A part of a fund, as the fund's list says it. */
export interface Constituent {
  readonly isin: string | null;
  readonly symbol: string | null;
  readonly mic: string | null;
  readonly label: string;
  /** Exact; 1 is the whole fund. */
  readonly weight: string;
  readonly sector: string | null;
  readonly country: string | null;
  readonly currency: string | null;
  readonly assetClass: string | null;
}

/** What a fund held on a day. */
export interface FundHoldings {
  readonly fundId: string;
  readonly asOf: Day;
  readonly constituents: readonly Constituent[];
  readonly source: string;
}

export interface FundamentalFilter {
  readonly instrumentIds: readonly string[];
  readonly metrics?: readonly string[];
  readonly period?: PeriodKind;
  /** What had been published by the end of this day; all that is known where absent. */
  readonly knownAt?: Day;
}

/** A figure with when we learnt it. */
export interface KnownFundamental extends Fundamental {
  readonly recordedAt: string;
}

/** What is known about instruments beside their prices. Rows of the market are read by all. */
export interface ReferenceStore {
  /** What the instruments of this workspace were called. */
  names(): Promise<readonly InstrumentName[]>;
  /** Takes the place of all names of the workspace; a symbol that would name two on a day crashes. */
  replaceNames(names: readonly InstrumentName[]): Promise<void>;
  /** Of an index, those in it on a day, or all that ever were; by symbol. This workspace's and the market's. */
  members(index: string, on: Day | null): Promise<readonly IndexMember[]>;
  /** Indices that members are known of. */
  indices(): Promise<readonly string[]>;
  /** One that is there by index, symbol and first day learns its end; gives how many were new or changed. */
  saveMembers(
    members: readonly IndexMember[],
  ): Promise<{ readonly added: number; readonly changed: number }>;
  /** The newest of each fund that is not after the day, this workspace's before the market's. */
  holdings(fundIds: readonly string[], on: Day): Promise<readonly FundHoldings[]>;
  /** A list of a day that is there already takes its place; what it was stays as history. False where nothing changed. */
  saveHoldings(holdings: FundHoldings): Promise<boolean>;
  /**
   * Of each metric and period the figure published last, by instrument, metric and period. This
   * workspace's and the market's.
   */
  fundamentals(filter: FundamentalFilter): Promise<readonly KnownFundamental[]>;
  /** Adds what is new or different; nothing is ever changed. */
  saveFundamentals(
    figures: readonly Fundamental[],
  ): Promise<{ readonly added: number; readonly changed: number }>;
}

/** One load of files. */
export interface EtlRun {
  readonly id: string;
  readonly kind: string;
  /** Of the files and how they were asked to be read, SHA-256. */
  readonly digest: string;
  readonly actor: string;
  readonly recordedAt: string;
  /** What came of it, as it was answered. */
  readonly report: Json;
}

/** Which column of a file means what, kept under a name. */
export interface EtlMapping {
  readonly name: string;
  readonly kind: string;
  /** Title → meaning. */
  readonly columns: Readonly<Record<string, string>>;
}

export interface EtlStore {
  /** Newest first, without the rows. */
  runs(limit: number): Promise<readonly EtlRun[]>;
  run(id: string): Promise<EtlRun | null>;
  save(run: Omit<EtlRun, 'recordedAt'>): Promise<void>;
  mappings(): Promise<readonly EtlMapping[]>;
  saveMapping(mapping: EtlMapping): Promise<void>;
}
