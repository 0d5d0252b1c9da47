import type { z } from 'zod';
import type { actionProposal, actionRule, corporateAction, decidedReply } from './actions.ts';
import type { analysisDescription, report } from './analyses.ts';
import type { barCoverage, barsReply, compactedBars, importedBars } from './bars.ts';
import type {
  account,
  instrument,
  portfolio,
  priceCoverage,
  pricesReply,
  workspace,
} from './catalogue.ts';
import type { etlMapping, etlReport, etlRun } from './etl.ts';
import type {
  contribution,
  derivation,
  explainTerm,
  holding,
  holdingsReply,
  lot,
  performance,
  performanceSeries,
} from './figures.ts';
import type { health } from './health.ts';
import type {
  format,
  importOptions,
  importPreview,
  importRecord,
  importSummary,
  instrumentMatch,
  previewRow,
  refusedRow,
} from './imports.ts';
import type {
  job,
  jobDetail,
  linkCandidate,
  marketStatus,
  priceLink,
  qualityItem,
} from './market.ts';
import type { model, modelDetail, modelDrift } from './models.ts';
import type {
  quote,
  quoteChange,
  quoteHistory,
  quoteMessage,
  quoteRequest,
  quoteSource,
  quotesReply,
} from './quotes.ts';
import type {
  constituents,
  exposure,
  fundamental,
  indexMember,
  instrumentName,
  resolution,
} from './reference.ts';
import type { run, runComparison, runDetail, runPage, strategies, strategy } from './runs.ts';
import type {
  newTransaction,
  recordedReply,
  transactionDetail,
  transactionPage,
  transactionRow,
} from './transactions.ts';

export type Workspace = z.infer<typeof workspace>;
export type Account = z.infer<typeof account>;
export type Portfolio = z.infer<typeof portfolio>;
export type Instrument = z.infer<typeof instrument>;
export type BarsReply = z.infer<typeof barsReply>;
export type BarCoverage = z.infer<typeof barCoverage>;
export type ImportedBars = z.infer<typeof importedBars>;
export type CompactedBars = z.infer<typeof compactedBars>;
export type PriceCoverage = z.infer<typeof priceCoverage>;
export type PricesReply = z.infer<typeof pricesReply>;
export type NewTransaction = z.infer<typeof newTransaction>;
export type TransactionDetail = z.infer<typeof transactionDetail>;
export type TransactionRow = z.infer<typeof transactionRow>;
export type TransactionPage = z.infer<typeof transactionPage>;
export type RecordedReply = z.infer<typeof recordedReply>;
export type Format = z.infer<typeof format>;
export type RefusedRow = z.infer<typeof refusedRow>;
export type PreviewRow = z.infer<typeof previewRow>;
export type InstrumentMatch = z.infer<typeof instrumentMatch>;
export type ImportOptions = z.infer<typeof importOptions>;
export type ImportSummary = z.infer<typeof importSummary>;
export type ImportPreview = z.infer<typeof importPreview>;
export type ImportRecord = z.infer<typeof importRecord>;
export type Lot = z.infer<typeof lot>;
export type Holding = z.infer<typeof holding>;
export type HoldingsReply = z.infer<typeof holdingsReply>;
export type Contribution = z.infer<typeof contribution>;
export type Performance = z.infer<typeof performance>;
export type PerformanceSeries = z.infer<typeof performanceSeries>;
export type ExplainTerm = z.infer<typeof explainTerm>;
export type Derivation = z.infer<typeof derivation>;
export type Health = z.infer<typeof health>;
export type Job = z.infer<typeof job>;
export type JobDetail = z.infer<typeof jobDetail>;
export type LinkCandidate = z.infer<typeof linkCandidate>;
export type MarketStatus = z.infer<typeof marketStatus>;
export type PriceLink = z.infer<typeof priceLink>;
export type QualityItem = z.infer<typeof qualityItem>;
export type Report = z.infer<typeof report>;
export type AnalysisDescription = z.infer<typeof analysisDescription>;

export type CorporateActionReply = z.infer<typeof corporateAction>;
export type ActionProposal = z.infer<typeof actionProposal>;
export type ActionRule = z.infer<typeof actionRule>;
export type DecidedReply = z.infer<typeof decidedReply>;
export type Quote = z.infer<typeof quote>;
export type QuoteChange = z.infer<typeof quoteChange>;
export type QuoteHistory = z.infer<typeof quoteHistory>;
export type QuoteMessage = z.infer<typeof quoteMessage>;
export type QuoteRequest = z.infer<typeof quoteRequest>;
export type QuoteSource = z.infer<typeof quoteSource>;
export type QuotesReply = z.infer<typeof quotesReply>;
export type Constituents = z.infer<typeof constituents>;
export type EtlMapping = z.infer<typeof etlMapping>;
export type EtlReport = z.infer<typeof etlReport>;
export type EtlRun = z.infer<typeof etlRun>;
export type Exposure = z.infer<typeof exposure>;
export type FundamentalReply = z.infer<typeof fundamental>;
export type IndexMemberReply = z.infer<typeof indexMember>;
export type InstrumentNameReply = z.infer<typeof instrumentName>;
export type Resolution = z.infer<typeof resolution>;
export type ModelReply = z.infer<typeof model>;
export type ModelDetailReply = z.infer<typeof modelDetail>;
export type ModelDriftReply = z.infer<typeof modelDrift>;
export type RunReply = z.infer<typeof run>;
export type RunDetail = z.infer<typeof runDetail>;
export type RunPage = z.infer<typeof runPage>;
export type RunComparison = z.infer<typeof runComparison>;
export type Strategies = z.infer<typeof strategies>;
export type StrategyReply = z.infer<typeof strategy>;
