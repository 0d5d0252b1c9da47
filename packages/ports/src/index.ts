export { type TimedBars, type Timeframe, timeframes } from '@plimsoll/domain';
export type {
  BarCoverage,
  BarFile,
  BarFileContent,
  BarFileFinding,
  BarFileReader,
  BarFileStore,
  BarMatrix,
  BarRange,
  BarStore,
  RetiredBarFile,
} from './bars/bar-store.ts';
export type {
  Bus,
  BusDefinition,
  BusHealth,
  BusMessage,
  BusSubscription,
  BusWorld,
  Delivery,
  RunningSubscription,
  TakeDead,
} from './bus/bus.ts';
export { type BusFault, BusRefusal } from './bus/bus-refusal.ts';
export type { Clock } from './clock/clock.ts';
export {
  type EtlAction,
  type EtlFigure,
  type EtlFile,
  type EtlFund,
  type EtlInstrument,
  type EtlKind,
  type EtlMeaning,
  type EtlPrices,
  type EtlReader,
  type EtlReading,
  type EtlReadOptions,
  type EtlReference,
  type EtlRefusal,
  type EtlSource,
  etlKinds,
  etlMeanings,
} from './etl/etl-reader.ts';
export type {
  ColumnMapping,
  IgnoredRow,
  ImportedRow,
  ImportedTransaction,
  Importer,
  ImportFile,
  ImportOptions,
  InstrumentHint,
  ParsedFile,
  RefusedRow,
  StatedTotals,
} from './importer/importer.ts';
export type {
  Inference,
  InferenceFault,
  InferenceSession,
  Tensor,
  TensorSlot,
} from './inference/inference.ts';
export { type PredictionPlace, predictRows } from './inference/predict-rows.ts';
export {
  type LiveBars,
  type LiveTimeframe,
  liveTimeframes,
  type StoredTicks,
  type TickHistory,
  type TickStore,
} from './live/tick-store.ts';
export type { DemoRecords, DemoSource } from './market-data/demo-records.ts';
export {
  type DailyBars,
  type DailyHistory,
  type IntradayHistory,
  type MarketDataCapabilities,
  type MarketDataDefinition,
  type MarketDataFault,
  type MarketDataProvider,
  type PriceFileReader,
  type PriceFileSeries,
  type ProviderAction,
  type ProviderSymbol,
  type ProviderWorld,
  providerActionKinds,
  type RejectedBar,
} from './market-data/market-data.ts';
export type {
  MarketDataNeed,
  MarketDataSources,
  ProviderSummary,
} from './market-data/market-data-sources.ts';
export type { ProviderHealth, ProviderState } from './market-data/provider-health.ts';
export type {
  Quote,
  QuoteStream,
  QuoteStreamSink,
  StreamState,
  TickBatch,
} from './market-data/quotes.ts';
export type { ColumnFiles, FileColumn } from './objects/column-files.ts';
export { type ObjectFault, ObjectRefusal } from './objects/object-refusal.ts';
export type { ObjectStore } from './objects/object-store.ts';
export type { LinearSolver, LinearSolverLimits } from './solver/linear-solver.ts';
export type {
  DeadLetter,
  DeadLetterStore,
  DurableConsumer,
  InboxStore,
  NewDeadLetter,
  OutboxBacklog,
  OutboxEvent,
  OutboxStore,
  PendingEvent,
} from './store/event-stores.ts';
export {
  type Job,
  type JobItem,
  type JobLease,
  type JobState,
  type JobStore,
  jobStates,
  type NewJob,
} from './store/job-store.ts';
export {
  type ModelStage,
  type ModelStageChange,
  type ModelStore,
  modelStages,
  type NewStoredModel,
  type StoredModel,
} from './store/model-store.ts';
export {
  type QualityDecision,
  type QualityFilter,
  type QualityFinding,
  type QualityItem,
  type QualityStore,
  qualityDecisions,
  qualityKinds,
} from './store/quality-store.ts';
export type {
  Constituent,
  EtlMapping,
  EtlRun,
  EtlStore,
  FundamentalFilter,
  FundHoldings,
  IndexMember,
  KnownFundamental,
  ReferenceStore,
} from './store/reference-store.ts';
export {
  type NewRun,
  type Run,
  type RunArtifact,
  type RunEnd,
  type RunFigures,
  type RunFilter,
  type RunKind,
  type RunProgressMark,
  type RunState,
  type RunStore,
  type RunTries,
  runKinds,
  runStates,
} from './store/run-store.ts';
export {
  type ActionDecision,
  type ActionRule,
  type ActionStore,
  type CatalogueStore,
  type IdempotencyRecord,
  type IdempotencyStore,
  type ImportRecord,
  type ImportStore,
  type InstrumentAlias,
  type InstrumentLink,
  type LedgerCheck,
  type LedgerEntry,
  type LedgerFinding,
  type LedgerHead,
  type LedgerStore,
  type LinkStore,
  type MarketAction,
  marketWorkspace,
  type NewEntry,
  type NewMarketAction,
  type Page,
  type PriceCoverage,
  type PriceSeries,
  type PriceStore,
  type QuarantinedPrice,
  type RecordedTransaction,
  type Store,
  type TransactionFilter,
  type UnitOfWork,
  type Workspace,
} from './store/store.ts';
export { type StoreFault, StoreRefusal } from './store/store-refusal.ts';
