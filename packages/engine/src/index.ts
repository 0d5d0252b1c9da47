export type {
  ActionView,
  DecidedView,
  NewAction,
  ProposalDecision,
  ProposalView,
} from './actions/action-use-cases.ts';
export { rebalanceInput } from './analysis/rebalance.ts';
export type {
  BarCoverageView,
  BarImport,
  BarsQuery,
  BarsView,
  ImportedBarsView,
} from './bars/bar-use-cases.ts';
export { createEngine } from './create-engine.ts';
export type {
  AccountChange,
  Engine,
  ExplainQuery,
  HoldingsQuery,
  ImportRequest,
  NewAccount,
  NewInstrument,
  NewPortfolio,
  PerformanceQuery,
  PriceImportOptions,
  TransactionQuery,
} from './engine.ts';
export type { Compute, EngineContext, RunParts } from './engine-context.ts';
export type { EngineFault, EngineFaultCode } from './engine-fault.ts';
export type { EtlReportView, EtlRequest } from './etl/etl-use-cases.ts';
export { type ConsumerContext, type ConsumerTerms, consume } from './events/consume.ts';
export type { FeedState } from './live/feed.ts';
export type { LiveInstrument } from './live/live-instrument.ts';
export { LivePipeline, type LiveStatus } from './live/live-pipeline.ts';
export { type LiveSettings, liveSettings } from './live/live-settings.ts';
export type { QuotesView, QuoteView } from './live/live-use-cases.ts';
export { loadLiveInstruments } from './live/load-live-instruments.ts';
export { fieldOf, QuoteBoard, type QuoteUpdate, quoteFields } from './live/quote-board.ts';
export { type LiveNews, QuoteDesk, withLive } from './live/quote-desk.ts';
export { quoteEvent } from './live/quote-event.ts';
export type {
  CandidateView,
  JobDetailView,
  JobView,
  LinkView,
  MarketHealthView,
  MarketStatusView,
  PriceStatusView,
  QualityQuery,
  QualityView,
  RefreshRequest,
} from './market/market-use-cases.ts';
export type {
  ModelDetailView,
  ModelDriftView,
  ModelView,
} from './models/model-use-cases.ts';
export { loadMarketFiles } from './runs/load-files.ts';
export type { LoadedMarket } from './runs/loaded-market.ts';
export {
  type RunConfig,
  type RunUniverse,
  readRunConfig,
  runConfig,
  runConfigJson,
  settingsOf,
} from './runs/run-config.ts';
export { type FileRun, type FileRunParts, runOnFiles } from './runs/run-on-files.ts';
export { runReportOf } from './runs/run-report.ts';
export type {
  RunComparisonView,
  RunDetailView,
  RunFigure,
  RunPageView,
  RunSummary,
  RunsQuery,
  RunView,
  StrategiesView,
  StrategyView,
} from './runs/run-use-cases.ts';
export type {
  BrokenStrategy,
  StrategyCatalogue,
  StrategyEntry,
} from './runs/strategy-catalogue.ts';
export type {
  Answer,
  IdempotencyKey,
  UploadedFile,
  WriteOptions,
  Written,
} from './use-case.ts';
export type {
  AccountView,
  ContributionView,
  DerivationView,
  HoldingsView,
  HoldingView,
  ImportPreviewView,
  ImportRecordView,
  ImportSummaryView,
  InstrumentMatchView,
  InstrumentView,
  LotView,
  PerformanceView,
  PortfolioView,
  PostingView,
  PreviewRowView,
  PriceCoverageView,
  PricesView,
  RecordedView,
  RefusedRowView,
  ReportView,
  SeriesView,
  TermView,
  TransactionDetailView,
  TransactionPageView,
  TransactionRowView,
} from './views.ts';
