export { type Client, createClient } from './create-client.ts';
export { compareExact, negateExact, signOf, sumExact } from './exact.ts';
export type {
  AccountChange,
  ColumnMapping,
  ExplainQuery,
  HoldingsQuery,
  ImportChoices,
  NewAccount,
  NewCorporateAction,
  NewInstrument,
  NewPortfolio,
  NewPrices,
  NewRun,
  NewTransactionInput,
  NewWorkspace,
  PerformanceQuery,
  Posting,
  ProposalDecisions,
  QualityDecision,
  QualityQuery,
  QuoteHistoryQuery,
  QuotesQuery,
  RunsQuery,
  TransactionQuery,
  UploadedFile,
} from './inputs.ts';
export { ProblemError, UnreachableError } from './problem-error.ts';
export {
  openQuoteSocket,
  type QuoteSocket,
  type QuoteSocketOptions,
  type QuotesWanted,
  type SocketState,
} from './quote-socket.ts';
export { addressOf, createTransport, type Transport, type TransportOptions } from './transport.ts';
