import type {
  Account,
  ActionProposal,
  ActionRule,
  AnalysisDescription,
  BarCoverage,
  BarsReply,
  CompactedBars,
  CorporateActionReply,
  DecidedReply,
  Derivation,
  Format,
  Health,
  HoldingsReply,
  ImportedBars,
  ImportPreview,
  ImportRecord,
  ImportSummary,
  Instrument,
  Job,
  JobDetail,
  LinkCandidate,
  MarketProviders,
  MarketStatus,
  Performance,
  PerformanceSeries,
  Portfolio,
  PriceCoverage,
  PriceLink,
  PricesReply,
  QualityItem,
  QuoteHistory,
  QuotesReply,
  RecordedReply,
  Report,
  TransactionDetail,
  TransactionPage,
  Workspace,
} from '@plimsoll/contracts';
import type {
  AccountChange,
  BarImportChoices,
  BarsQuery,
  ColumnMapping,
  ExplainQuery,
  HoldingsQuery,
  ImportChoices,
  NewAccount,
  NewCorporateAction,
  NewInstrument,
  NewPortfolio,
  NewPriceLink,
  NewPrices,
  NewTransactionInput,
  NewWorkspace,
  PerformanceQuery,
  Posting,
  ProposalDecisions,
  QualityDecision,
  QualityQuery,
  QuoteHistoryQuery,
  QuotesQuery,
  TransactionQuery,
  UploadedFile,
} from './inputs.ts';
import { modelClient } from './model-client.ts';
import { referenceClient } from './reference-client.ts';
import { runClient } from './run-client.ts';
import { createTransport, type Query, type Send, type TransportOptions } from './transport.ts';

interface Items<T> {
  readonly items: T[];
}

/** Every request of the API `/v1`, typed by the contracts. */
export type Client = ReturnType<typeof createClient>;

/** A client bound to one server and one workspace. Refusals reject with `ProblemError`. */
export function createClient(options: TransportOptions) {
  const transport = createTransport(options);
  // The contracts are tested against the server's replies; here they are types only, so that
  // the page need not carry a validator.
  const send = <T>(request: Send) => transport(request) as Promise<T>;
  const get = <T>(path: string, query?: object, signal?: AbortSignal) =>
    send<T>({ method: 'GET', path, query: query as Query | undefined, signal });
  const list = async <T>(path: string, query?: object, signal?: AbortSignal) =>
    (await get<Items<T>>(path, query, signal)).items;
  const post = <T>(path: string, body?: unknown) => send<T>({ method: 'POST', path, body });

  return {
    ...catalogue({ send, list, post }),
    ...ledger({ send, get, list, post }),
    ...imports({ send, list, post }),
    ...actions({ send, list, post }),
    ...referenceClient({ send, get, list }),
    ...runClient({ send, get }),
    ...modelClient({ send, get, list }),
    ...bars({ send, get, list, post }),
    ...market({ send, get, list, post }),
    analyses: (signal?: AbortSignal) => list<AnalysisDescription>('/analyses', undefined, signal),
    /** Computes an analysis; what `analyses` lists says what it takes. */
    analyse: (id: string, input: unknown, signal?: AbortSignal) =>
      send<Report>({
        method: 'POST',
        path: `/analyses/${encodeURIComponent(id)}`,
        body: input,
        signal,
      }),
    /** The trades from what is held to target weights. */
    rebalance: (input: unknown, signal?: AbortSignal) =>
      send<Report>({ method: 'POST', path: '/rebalance', body: input, signal }),
    /** Every transaction as native CSV. */
    exportCsv: () => get<string>('/export'),
    health: (signal?: AbortSignal) => get<Health>('/health', undefined, signal),
    holdings: (query: HoldingsQuery, signal?: AbortSignal) =>
      get<HoldingsReply>('/holdings', query, signal),
    performance: (query: PerformanceQuery, signal?: AbortSignal) =>
      get<Performance>('/performance', query, signal),
    performanceSeries: (query: PerformanceQuery, signal?: AbortSignal) =>
      get<PerformanceSeries>('/performance/series', query, signal),
    /** The latest quotes of instruments, by symbol or id; of all where none is named. */
    quotes: (query: QuotesQuery = {}, signal?: AbortSignal) =>
      get<QuotesReply>(
        '/quotes',
        { symbols: query.symbols?.join(','), instruments: query.instruments?.join(',') },
        signal,
      ),
    /** Ticks or bars of the last days. */
    quoteHistory: (query: QuoteHistoryQuery, signal?: AbortSignal) =>
      get<QuoteHistory>('/quotes/history', query, signal),
    explain: (query: ExplainQuery, signal?: AbortSignal) =>
      get<Derivation>('/explain', query, signal),
  };
}

interface Verbs {
  readonly send: <T>(request: Send) => Promise<T>;
  readonly get: <T>(path: string, query?: object, signal?: AbortSignal) => Promise<T>;
  readonly list: <T>(path: string, query?: object, signal?: AbortSignal) => Promise<T[]>;
  readonly post: <T>(path: string, body?: unknown) => Promise<T>;
}

function catalogue({ send, list, post }: Omit<Verbs, 'get'>) {
  return {
    workspaces: (signal?: AbortSignal) => list<Workspace>('/workspaces', undefined, signal),
    addWorkspace: (body: NewWorkspace) => post<Workspace>('/workspaces', body),
    makeDemo: () => post<Workspace>('/demo'),
    removeDemo: () => send<void>({ method: 'DELETE', path: '/demo' }),
    accounts: (signal?: AbortSignal) => list<Account>('/accounts', undefined, signal),
    addAccount: (body: NewAccount) => post<Account>('/accounts', body),
    changeAccount: (id: string, body: AccountChange) =>
      send<Account>({ method: 'PATCH', path: `/accounts/${encodeURIComponent(id)}`, body }),
    portfolios: (signal?: AbortSignal) => list<Portfolio>('/portfolios', undefined, signal),
    addPortfolio: (body: NewPortfolio) => post<Portfolio>('/portfolios', body),
    changePortfolio: (id: string, body: NewPortfolio) =>
      send<Portfolio>({ method: 'PUT', path: `/portfolios/${encodeURIComponent(id)}`, body }),
    removePortfolio: (id: string) =>
      send<void>({ method: 'DELETE', path: `/portfolios/${encodeURIComponent(id)}` }),
    instruments: (text?: string, signal?: AbortSignal) =>
      list<Instrument>('/instruments', { text }, signal),
    addInstrument: (body: NewInstrument) => post<Instrument>('/instruments', body),
    changeInstrument: (id: string, body: Partial<NewInstrument>) =>
      send<Instrument>({ method: 'PATCH', path: `/instruments/${encodeURIComponent(id)}`, body }),
    priceCoverage: (signal?: AbortSignal) =>
      list<PriceCoverage>('/prices/coverage', undefined, signal),
    addPrices: (body: NewPrices) => post<PricesReply>('/prices', body),
    importPrices: (files: readonly UploadedFile[]) =>
      send<PricesReply>({ method: 'POST', path: '/prices/files', form: formOf(files) }),
  };
}

function bars({ send, get, list, post }: Verbs) {
  return {
    bars: (query: BarsQuery, signal?: AbortSignal) => get<BarsReply>('/bars', query, signal),
    barCoverage: (signal?: AbortSignal) => list<BarCoverage>('/bars/coverage', undefined, signal),
    /** Files of bars, trades or quotes of one instrument. */
    importBars: (files: readonly UploadedFile[], choices: BarImportChoices) =>
      send<ImportedBars>({ method: 'POST', path: '/bars/files', form: formOf(files, choices) }),
    compactBars: () => post<CompactedBars>('/bars/compaction'),
  };
}

function actions({ send, list, post }: Omit<Verbs, 'get'>) {
  return {
    actions: (instrument?: string, signal?: AbortSignal) =>
      list<CorporateActionReply>('/actions', { instrument }, signal),
    addAction: (body: NewCorporateAction) => post<CorporateActionReply>('/actions', body),
    withdrawAction: (id: string) =>
      post<CorporateActionReply>(`/actions/${encodeURIComponent(id)}/withdrawal`),
    proposals: (all: boolean, signal?: AbortSignal) =>
      list<ActionProposal>('/actions/proposals', { all: String(all) }, signal),
    decideProposals: (decisions: ProposalDecisions) =>
      post<DecidedReply>('/actions/decisions', { decisions }),
    actionRules: (signal?: AbortSignal) => list<ActionRule>('/actions/rules', undefined, signal),
    setActionRule: (body: ActionRule) =>
      send<ActionRule>({ method: 'PUT', path: '/actions/rules', body }),
  };
}

function market({ send, get, list, post }: Verbs) {
  const at = (id: string) => encodeURIComponent(id);
  return {
    /** Every provider there is, turned on or not. */
    marketProviders: (signal?: AbortSignal) =>
      get<MarketProviders>('/market/providers', undefined, signal),
    marketStatus: (signal?: AbortSignal) => get<MarketStatus>('/market/status', undefined, signal),
    refreshPrices: (instruments: readonly string[]) =>
      post<Job>('/market/refresh', { instruments }),
    backfillPrices: (instruments: readonly string[], from?: string) =>
      post<Job>('/market/backfill', { instruments, from }),
    jobs: (limit?: number, signal?: AbortSignal) => list<Job>('/jobs', { limit }, signal),
    job: (id: string, signal?: AbortSignal) => get<JobDetail>(`/jobs/${at(id)}`, undefined, signal),
    cancelJob: (id: string) => post<Job>(`/jobs/${at(id)}/cancel`),
    quality: (query: QualityQuery, signal?: AbortSignal) =>
      list<QualityItem>('/market/quality', query, signal),
    decideQuality: (id: string, body: QualityDecision) =>
      post<QualityItem>(`/market/quality/${at(id)}/decision`, body),
    priceLinks: (signal?: AbortSignal) => list<PriceLink>('/market/links', undefined, signal),
    linkCandidates: (id: string, signal?: AbortSignal) =>
      list<LinkCandidate>(`/market/links/${at(id)}/candidates`, undefined, signal),
    linkInstrument: (body: NewPriceLink) => post<PriceLink>('/market/links', body),
    unlinkInstrument: (id: string) =>
      send<PriceLink>({ method: 'DELETE', path: `/market/links/${at(id)}` }),
  };
}

function ledger({ get, list, post }: Verbs) {
  return {
    transactions: (query: TransactionQuery, signal?: AbortSignal) =>
      get<TransactionPage>('/transactions', query, signal),
    transaction: (id: string, signal?: AbortSignal) =>
      get<TransactionDetail>(`/transactions/${encodeURIComponent(id)}`, undefined, signal),
    postings: (id: string, signal?: AbortSignal) =>
      list<Posting>(`/transactions/${encodeURIComponent(id)}/postings`, undefined, signal),
    addTransactions: (transactions: readonly NewTransactionInput[]) =>
      post<RecordedReply>('/transactions', { transactions }),
    reverseTransaction: (id: string, reason: string) =>
      post<RecordedReply>(`/transactions/${encodeURIComponent(id)}/reversal`, { reason }),
  };
}

function imports({ send, list, post }: Omit<Verbs, 'get'>) {
  return {
    formats: (signal?: AbortSignal) => list<Format>('/formats', undefined, signal),
    previewImport: (files: readonly UploadedFile[], choices: ImportChoices) =>
      send<ImportPreview>({
        method: 'POST',
        path: '/imports/preview',
        form: formOf(files, choices),
      }),
    importFiles: (files: readonly UploadedFile[], choices: ImportChoices) =>
      send<ImportSummary>({ method: 'POST', path: '/imports', form: formOf(files, choices) }),
    imports: (signal?: AbortSignal) => list<ImportRecord>('/imports', undefined, signal),
    undoImport: (id: string) => post<ImportRecord>(`/imports/${encodeURIComponent(id)}/undo`),
    mappings: (signal?: AbortSignal) => list<ColumnMapping>('/mappings', undefined, signal),
    saveMapping: (body: ColumnMapping) =>
      send<ColumnMapping>({ method: 'PUT', path: '/mappings', body }),
  };
}

/** The options come first, so that a server reading the parts in order has them before the files. */
function formOf(
  files: readonly UploadedFile[],
  options?: ImportChoices | BarImportChoices,
): FormData {
  const form = new FormData();
  if (options !== undefined) form.set('options', JSON.stringify(options));
  for (const file of files) form.append('files', file.content, file.name);
  return form;
}
