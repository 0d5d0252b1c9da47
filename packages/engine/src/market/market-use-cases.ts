import type { Day } from '@plimsoll/kernel';
import type { Job, ProviderHealth, QualityDecision, QualityItem } from '@plimsoll/ports';
import type { Answer, WriteOptions, Written } from '../use-case.ts';
import type { Freshness } from './freshness.ts';

/** A job as it stands. */
export interface JobView {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly state: Job['state'];
  readonly requestedBy: string;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  /** When it will be done at the rate so far; null where that cannot be told. */
  readonly expectedAt: string | null;
  readonly error: string;
}

/** A job with what has become of its items: those that failed or wait for another try. */
export interface JobDetailView extends JobView {
  readonly items: {
    readonly key: string;
    /** What people call it. */
    readonly label: string;
    readonly state: 'waiting' | 'done' | 'failed';
    readonly attempts: number;
    readonly notBefore: string | null;
    readonly note: string;
  }[];
}

/** How the prices of one instrument of the workspace stand. */
export interface PriceStatusView {
  readonly instrumentId: string;
  readonly label: string;
  /** The listing of the market that it is linked to. */
  readonly listingId: string | null;
  readonly state: Freshness;
  readonly last: Day | null;
  /** The last day that should be there by the calendar of its exchange. */
  readonly expected: Day | null;
  /** Trading days missing after the last. */
  readonly missing: number;
  /** Trading days missing between the first and the last. */
  readonly gaps: number;
  readonly source: string;
  /** What came of it when its providers were last asked, where that was no success. */
  readonly note: string;
}

export interface MarketStatusView {
  readonly providers: ProviderHealth[];
  readonly prices: PriceStatusView[];
  /** What waits for a decision. */
  readonly open: { readonly rows: number; readonly repairs: number; readonly notes: number };
  /** Jobs that are not finished. */
  readonly jobs: JobView[];
}

/** What is wrong with market data as a whole; empty lists where nothing is. */
export interface MarketHealthView {
  readonly providers: { readonly id: string; readonly state: string; readonly detail: string }[];
  readonly datasets: {
    readonly listing: string;
    readonly state: Freshness;
    readonly detail: string;
  }[];
}

/** A row that was kept back, a repair, or a note. */
export interface QualityView extends Omit<QualityItem, 'evidence'> {
  readonly label: string;
  readonly evidence: unknown;
  /** Whether all workspaces see it, as public market data. */
  readonly shared: boolean;
}

export interface QualityQuery {
  readonly state?: QualityItem['state'] | undefined;
  readonly kind?: QualityItem['kind'] | undefined;
  readonly instrument?: string | undefined;
  readonly limit: number;
}

/** Which listing an instrument of the workspace is, and what its providers call it. */
export interface LinkView {
  readonly instrumentId: string;
  readonly label: string;
  readonly listingId: string | null;
  /** Null where it is not linked and nobody has said that it is none. */
  readonly linkedBy: string | null;
  /** What it was recognised by, or why it was not. */
  readonly evidence: string;
  readonly symbols: { readonly provider: string; readonly symbol: string }[];
}

/** A symbol of a provider that an instrument may be. */
export interface CandidateView {
  readonly provider: string;
  readonly symbol: string;
  readonly name: string | null;
  readonly currency: string | null;
  readonly mic: string | null;
}

export interface RefreshRequest {
  readonly kind: 'refresh' | 'backfill';
  /** Instruments of the workspace; all that are linked, of all workspaces, where empty. */
  readonly instruments: readonly string[];
  /** For a back-fill: the first day; all that there is where absent. */
  readonly from?: Day | undefined;
}

/** Public market data: where it comes from, how good it is, and what is done about it. */
export interface MarketUseCases {
  /** Links what can be linked, and queues the work. The job says what becomes of it. */
  refreshPrices(workspace: string, request: RefreshRequest, write: WriteOptions): Written<JobView>;
  /** Newest first. */
  jobs(workspace: string, limit: number): Answer<JobView[]>;
  job(workspace: string, id: string): Answer<JobDetailView>;
  cancelJob(workspace: string, id: string, write: WriteOptions): Written<JobView>;
  /** Goes on with jobs that were begun or queued; they are worked on in the background. */
  resumeJobs(): Promise<void>;
  /** Puts back what is being worked on, before the store is closed. */
  endJobs(): Promise<void>;
  marketStatus(workspace: string): Answer<MarketStatusView>;
  marketHealth(): Promise<MarketHealthView>;
  quality(workspace: string, query: QualityQuery): Answer<QualityView[]>;
  decideQuality(
    workspace: string,
    id: string,
    wanted: { readonly decision: QualityDecision; readonly reason: string },
    write: WriteOptions,
  ): Written<QualityView>;
  priceLinks(workspace: string): Answer<LinkView[]>;
  /** Symbols that the providers find for an instrument: by ISIN, then by symbol, then by name. */
  linkCandidates(workspace: string, instrument: string): Answer<CandidateView[]>;
  linkInstrument(
    workspace: string,
    wanted: { readonly instrument: string; readonly provider: string; readonly symbol: string },
    write: WriteOptions,
  ): Written<LinkView>;
  /** It has no listing, and is not given one by rule again. */
  unlinkInstrument(workspace: string, instrument: string, write: WriteOptions): Written<LinkView>;
}
