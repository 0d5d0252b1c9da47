import type {
  accountChange,
  barImportOptions,
  barsQuery,
  columnMapping,
  etlOptions,
  explainQuery,
  exposureQuery,
  fundamentalsQuery,
  holdingsQuery,
  importOptions,
  modelStage,
  modelsQuery,
  newAccount,
  newConstituents,
  newCorporateAction,
  newInstrument,
  newInstrumentName,
  newPortfolio,
  newPriceLink,
  newPrices,
  newRun,
  newTransaction,
  newWorkspace,
  performanceQuery,
  posting,
  proposalDecisions,
  qualityDecision,
  qualityQuery,
  resolveQuery,
  runsQuery,
  transactionQuery,
} from '@plimsoll/contracts';

/** What a caller gives to a schema: fields with a default may be left out. */
type Input<Schema extends { _zod: { input: unknown } }> = Schema['_zod']['input'];

export type BarsQuery = Partial<Input<typeof barsQuery>> & { readonly instrument: string };
export type BarImportChoices = Input<typeof barImportOptions>;
export type NewWorkspace = Input<typeof newWorkspace>;
export type NewAccount = Input<typeof newAccount>;
export type AccountChange = Input<typeof accountChange>;
export type NewPortfolio = Input<typeof newPortfolio>;
export type NewInstrument = Input<typeof newInstrument>;
export type NewCorporateAction = Input<typeof newCorporateAction>;
export type ProposalDecisions = Input<typeof proposalDecisions>['decisions'];
export type NewPrices = Input<typeof newPrices>;
export type NewRun = Input<typeof newRun>;
export type ModelsQuery = Input<typeof modelsQuery>;
export type ModelStageInput = Input<typeof modelStage>;
export type RunsQuery = Partial<Input<typeof runsQuery>>;
export type NewPriceLink = Input<typeof newPriceLink>;
export type QualityDecision = Input<typeof qualityDecision>;
export type QualityQuery = Partial<Input<typeof qualityQuery>>;
export type NewTransactionInput = Input<typeof newTransaction>;
export type HoldingsQuery = Input<typeof holdingsQuery>;
export type PerformanceQuery = Input<typeof performanceQuery>;
export type ExplainQuery = Input<typeof explainQuery>;
export type TransactionQuery = Partial<Input<typeof transactionQuery>>;
export type ImportChoices = Input<typeof importOptions>;
export type ColumnMapping = Input<typeof columnMapping>;
export type EtlOptions = Input<typeof etlOptions>;
export type ExposureQuery = Input<typeof exposureQuery>;
export type FundamentalsQuery = Input<typeof fundamentalsQuery>;
export type NewConstituents = Input<typeof newConstituents>;
export type NewInstrumentName = Input<typeof newInstrumentName>;
export type ResolveQuery = Input<typeof resolveQuery>;
export type Posting = Input<typeof posting>;

/** A file as a form sends it. */
export interface UploadedFile {
  readonly name: string;
  readonly content: Blob;
}

/** Instruments by symbol, ISIN or name, and by id. */
export interface QuotesQuery {
  readonly symbols?: readonly string[];
  readonly instruments?: readonly string[];
}

export interface QuoteHistoryQuery {
  /** Id or label. */
  readonly instrument: string;
  readonly timeframe?: 'tick' | '1m' | '5m';
  /** ISO instants; the last hour where not given. */
  readonly from?: string;
  readonly until?: string;
}
