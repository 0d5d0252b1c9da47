export type {
  ActionView,
  DecidedView,
  NewAction,
  ProposalDecision,
  ProposalView,
} from './actions/action-use-cases.ts';
export { rebalanceInput } from './analysis/rebalance.ts';
export { createEngine } from './create-engine.ts';
export type {
  AccountChange,
  Answer,
  Engine,
  ExplainQuery,
  HoldingsQuery,
  IdempotencyKey,
  ImportRequest,
  NewAccount,
  NewInstrument,
  NewPortfolio,
  PerformanceQuery,
  PriceImportOptions,
  TransactionQuery,
  UploadedFile,
  WriteOptions,
  Written,
} from './engine.ts';
export type { Compute, EngineContext } from './engine-context.ts';
export type { EngineFault, EngineFaultCode } from './engine-fault.ts';
export { type ConsumerContext, type ConsumerTerms, consume } from './events/consume.ts';
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
