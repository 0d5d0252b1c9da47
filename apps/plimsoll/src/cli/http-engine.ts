import { randomUUID } from 'node:crypto';
import { type Client, createClient, createTransport, ProblemError } from '@plimsoll/client';
import type { Engine, EngineFault, UploadedFile } from '@plimsoll/engine';
import { type Json, ok, type Result } from '@plimsoll/kernel';
import type { LedgerCheck } from '@plimsoll/ports';

type Outcome<T> = Promise<Result<T, EngineFault>>;

/** The use-cases of a running server, asked over HTTP. Each write gets a key of its own. */
export function httpEngine(origin: string): Engine {
  const options = (workspace: string) => ({ origin, workspace, fetch, newKey: randomUUID });
  const at = (workspace: string) => createClient(options(workspace));
  const transport = (workspace: string) => createTransport(options(workspace));
  return {
    ...catalogueOver(at, transport),
    ...ledgerOver(at),
    ...importsOver(at, transport),
    ...actionsOver(at),
    ...referenceOver(at),
    ...barsOver(at),
    ...marketOver(at),
    ...runsOver(at),
    ...modelsOver(at),
    holdings: (workspace, { lots, ...query }) =>
      outcome(at(workspace).holdings({ ...query, lots: lots ? 'true' : 'false' })),
    performance: (workspace, query) => outcome(at(workspace).performance(query)),
    series: (workspace, query) => outcome(at(workspace).performanceSeries(query)),
    quotes: (workspace, { symbols, instruments }) =>
      outcome(
        at(workspace).quotes({
          ...(symbols ? { symbols } : {}),
          ...(instruments ? { instruments } : {}),
        }),
      ),
    quoteHistory: (workspace, { from, until, ...query }) =>
      outcome(
        at(workspace).quoteHistory({
          ...query,
          ...(from ? { from } : {}),
          ...(until ? { until } : {}),
        }),
      ) as ReturnType<Engine['quoteHistory']>,
    explain: (workspace, query) => outcome(at(workspace).explain(query)),
    // The text is sent as the JSON that it is.
    analyse: (workspace, id, input) =>
      outcome(at(workspace).analyse(id, JSON.parse(input))) as ReturnType<Engine['analyse']>,
    rebalance: (workspace, input) =>
      outcome(at(workspace).rebalance(JSON.parse(input))) as ReturnType<Engine['rebalance']>,
    exportCsv: (workspace) => outcome(at(workspace).exportCsv()),
    describeStore: async () => (await at('main').health()).store,
    verify: async () =>
      (await transport('main')({ method: 'GET', path: '/verify' })) as LedgerCheck,
  };
}

type At = (workspace: string) => Client;
type Transported = (workspace: string) => ReturnType<typeof createTransport>;

type Catalogue = Pick<
  Engine,
  | 'workspaces'
  | 'createWorkspace'
  | 'createDemo'
  | 'removeDemo'
  | 'accounts'
  | 'createAccount'
  | 'changeAccount'
  | 'portfolios'
  | 'createPortfolio'
  | 'changePortfolio'
  | 'removePortfolio'
  | 'instruments'
  | 'createInstrument'
  | 'changeInstrument'
>;

const catalogueOver = (at: At, transport: Transported): Catalogue => ({
  workspaces: () => at('main').workspaces(),
  createWorkspace: (id, name) => outcome(at('main').addWorkspace({ id, name })),
  createDemo: () => outcome(at('main').makeDemo()),
  removeDemo: () => at('main').removeDemo(),
  accounts: (workspace) => outcome(at(workspace).accounts()),
  createAccount: (workspace, account) => writing(at(workspace).addAccount(account)),
  changeAccount: (workspace, id, change) => writing(at(workspace).changeAccount(id, change)),
  portfolios: (workspace) => outcome(at(workspace).portfolios()),
  createPortfolio: (workspace, portfolio) =>
    writing(at(workspace).addPortfolio({ ...portfolio, accountIds: [...portfolio.accountIds] })),
  changePortfolio: (workspace, id, portfolio) =>
    writing(
      at(workspace).changePortfolio(id, { ...portfolio, accountIds: [...portfolio.accountIds] }),
    ),
  removePortfolio: (workspace, id) =>
    writing(
      at(workspace)
        .removePortfolio(id)
        .then(() => null),
    ),
  instruments: async (workspace, text, limit) => {
    const query = { text, limit };
    const found = transport(workspace)({ method: 'GET', path: '/instruments', query });
    const list = await outcome(found as InstrumentList);
    return list.ok ? ok(list.value.items) : list;
  },
  createInstrument: (workspace, instrument) => writing(at(workspace).addInstrument(instrument)),
  changeInstrument: (workspace, id, change) => writing(at(workspace).changeInstrument(id, change)),
});

type InstrumentList = Promise<{ items: Awaited<ReturnType<Client['instruments']>> }>;

const ledgerOver = (
  at: At,
): Pick<Engine, 'transactions' | 'transaction' | 'postings' | 'record' | 'reverse'> => ({
  transactions: (workspace, { reversed, ...query }) =>
    outcome(
      at(workspace).transactions({ ...query, reversed: reversed ? 'true' : 'false' }),
    ) as ReturnType<Engine['transactions']>,
  transaction: (workspace, id) =>
    outcome(at(workspace).transaction(id)) as ReturnType<Engine['transaction']>,
  postings: (workspace, id) => outcome(at(workspace).postings(id)),
  record: (workspace, transactions) =>
    writing(at(workspace).addTransactions(transactions as readonly Json[] as never)),
  reverse: (workspace, id, reason) => writing(at(workspace).reverseTransaction(id, reason)),
});

type Bars = Pick<Engine, 'bars' | 'barCoverage' | 'importBars' | 'compactBars'>;

const momentOf = (at: number | undefined): { moment: string } | null =>
  at === undefined ? null : { moment: new Date(at).toISOString() };

const barsOver = (at: At): Bars => ({
  bars: (workspace, { from, until, ...query }) => {
    const [first, end] = [momentOf(from), momentOf(until)];
    return outcome(
      at(workspace).bars({
        ...query,
        ...(first && { from: first.moment }),
        ...(end && { until: end.moment }),
      }),
    );
  },
  barCoverage: (workspace) => outcome(at(workspace).barCoverage()),
  importBars: (workspace, files, request) =>
    writing(at(workspace).importBars(sent(files), request)),
  compactBars: (workspace) => outcome(at(workspace).compactBars()),
});

type Actions = Pick<
  Engine,
  | 'actions'
  | 'addAction'
  | 'withdrawAction'
  | 'proposals'
  | 'decideProposals'
  | 'actionRules'
  | 'setActionRule'
>;

const actionsOver = (at: At): Actions => ({
  actions: (workspace, instrument) => outcome(at(workspace).actions(instrument ?? undefined)),
  addAction: (workspace, action) => writing(at(workspace).addAction(action)),
  withdrawAction: (workspace, id) => writing(at(workspace).withdrawAction(id)),
  proposals: (workspace, all) =>
    outcome(at(workspace).proposals(all)) as ReturnType<Engine['proposals']>,
  decideProposals: (workspace, decisions) => writing(at(workspace).decideProposals([...decisions])),
  actionRules: (workspace) => outcome(at(workspace).actionRules()),
  setActionRule: (workspace, rule) => writing(at(workspace).setActionRule(rule)),
});

type Market = Pick<
  Engine,
  | 'refreshPrices'
  | 'jobs'
  | 'job'
  | 'cancelJob'
  | 'resumeJobs'
  | 'endJobs'
  | 'marketStatus'
  | 'marketHealth'
  | 'quality'
  | 'decideQuality'
  | 'priceLinks'
  | 'linkCandidates'
  | 'linkInstrument'
  | 'unlinkInstrument'
>;

const marketOver = (at: At): Market => ({
  refreshPrices: (workspace, { kind, instruments, from }) =>
    writing(
      kind === 'refresh'
        ? at(workspace).refreshPrices(instruments)
        : at(workspace).backfillPrices(instruments, from),
    ),
  jobs: (workspace, limit) => outcome(at(workspace).jobs(limit)),
  job: (workspace, id) => outcome(at(workspace).job(id)),
  cancelJob: (workspace, id) => writing(at(workspace).cancelJob(id)),
  // The server works on its jobs by itself, whoever has gone.
  resumeJobs: async () => undefined,
  endJobs: async () => undefined,
  marketStatus: (workspace) => outcome(at(workspace).marketStatus()),
  marketHealth: async () => (await at('main').health()).market,
  quality: (workspace, query) => outcome(at(workspace).quality(query)),
  decideQuality: (workspace, id, wanted) => writing(at(workspace).decideQuality(id, wanted)),
  priceLinks: (workspace) => outcome(at(workspace).priceLinks()),
  linkCandidates: (workspace, id) => outcome(at(workspace).linkCandidates(id)),
  linkInstrument: (workspace, wanted) => writing(at(workspace).linkInstrument(wanted)),
  unlinkInstrument: (workspace, id) => writing(at(workspace).unlinkInstrument(id)),
});

type Runs = Pick<
  Engine,
  | 'strategies'
  | 'strategy'
  | 'createRun'
  | 'runs'
  | 'run'
  | 'runArtifact'
  | 'cancelRun'
  | 'retryRun'
  | 'rerunRun'
  | 'removeRun'
  | 'compareRuns'
  | 'resumeRuns'
>;

const mediaTypes: Readonly<Record<string, string>> = {
  json: 'application/json',
  csv: 'text/csv',
  html: 'text/html',
  parquet: 'application/vnd.apache.parquet',
};

const runsOver = (at: At): Runs => ({
  strategies: (workspace) =>
    outcome(at(workspace).strategies()) as ReturnType<Engine['strategies']>,
  strategy: (workspace, named) =>
    outcome(at(workspace).strategy(named)) as ReturnType<Engine['strategy']>,
  createRun: (workspace, { kind, config }) =>
    writing(at(workspace).addRun({ kind, config: config as Record<string, unknown> })),
  runs: (workspace, query) => outcome(at(workspace).runs(query)),
  run: (workspace, id) => outcome(at(workspace).run(id)),
  runArtifact: async (workspace, id, name) => {
    const bytes = await outcome(at(workspace).runArtifact(id, name));
    const mediaType = mediaTypes[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    return bytes.ok ? ok({ name, mediaType, bytes: bytes.value }) : bytes;
  },
  cancelRun: (workspace, id) => writing(at(workspace).cancelRun(id)),
  retryRun: (workspace, id) => writing(at(workspace).retryRun(id)),
  rerunRun: (workspace, id) => writing(at(workspace).rerunRun(id)),
  removeRun: (workspace, id) =>
    writing(
      at(workspace)
        .removeRun(id)
        .then(() => null),
    ),
  compareRuns: (workspace, ids) => outcome(at(workspace).compareRuns(ids)),
  // The server works on its runs by itself, whoever has gone.
  resumeRuns: async () => undefined,
});

type Models = Pick<
  Engine,
  'models' | 'model' | 'modelCard' | 'modelDrift' | 'setModelStage' | 'importModel'
>;

const modelsOver = (at: At): Models => ({
  models: (workspace, query) => outcome(at(workspace).models(query)),
  model: (workspace, id) => outcome(at(workspace).model(id)) as ReturnType<Engine['model']>,
  modelCard: async (workspace, id) => {
    const bytes = await outcome(at(workspace).modelCard(id));
    const name = `${id.replace('@', '-')}.html`;
    return bytes.ok ? ok({ name, mediaType: 'text/html', bytes: bytes.value }) : bytes;
  },
  modelDrift: (workspace, id) =>
    outcome(at(workspace).modelDrift(id)) as ReturnType<Engine['modelDrift']>,
  setModelStage: (workspace, id, change) =>
    writing(at(workspace).setModelStage(id, change)) as ReturnType<Engine['setModelStage']>,
  importModel: (workspace, files, wanted) =>
    writing(at(workspace).importModel(sent(files), wanted)) as ReturnType<Engine['importModel']>,
});

type Reference = Pick<
  Engine,
  | 'resolveInstruments'
  | 'resolveOnline'
  | 'instrumentNames'
  | 'addInstrumentName'
  | 'constituents'
  | 'setConstituents'
  | 'exposure'
  | 'fundamentals'
  | 'indices'
  | 'indexMembers'
  | 'previewEtl'
  | 'runEtl'
  | 'etlRuns'
  | 'etlRun'
  | 'etlRefusedRows'
  | 'etlMappings'
  | 'saveEtlMapping'
>;

const referenceOver = (at: At): Reference => ({
  resolveInstruments: (workspace, query) => outcome(at(workspace).resolve(query)),
  resolveOnline: (workspace, query) => outcome(at(workspace).resolve({ ...query, online: 'true' })),
  instrumentNames: (workspace, id) => outcome(at(workspace).instrumentNames(id)),
  addInstrumentName: (workspace, id, name) => writing(at(workspace).addInstrumentName(id, name)),
  constituents: (workspace, id, on) => outcome(at(workspace).constituents(id, on ?? undefined)),
  setConstituents: (workspace, id, wanted) =>
    writing(at(workspace).setConstituents(id, wanted as never)),
  exposure: (workspace, { lookThrough, ...query }) =>
    outcome(at(workspace).exposure({ ...query, lookThrough: lookThrough ? 'true' : 'false' })),
  fundamentals: (workspace, query) => outcome(at(workspace).fundamentals(query)),
  indices: (workspace) => outcome(at(workspace).indices()),
  indexMembers: (workspace, index, on) =>
    outcome(at(workspace).indexMembers(index, on ?? undefined)),
  previewEtl: (workspace, files, request) =>
    outcome(at(workspace).previewEtl(sent(files), request as never)),
  runEtl: (workspace, files, request) =>
    writing(at(workspace).runEtl(sent(files), request as never)),
  etlRuns: (workspace, limit) => outcome(at(workspace).etlRuns(limit)),
  etlRun: (workspace, id) => outcome(at(workspace).etlRun(id)),
  etlRefusedRows: (workspace, id) => outcome(at(workspace).etlRefusedRows(id)),
  etlMappings: (workspace) => outcome(at(workspace).etlMappings()),
  saveEtlMapping: (workspace, mapping) => writing(at(workspace).saveEtlMapping(mapping)),
});

type Imports = Pick<
  Engine,
  | 'formats'
  | 'previewImport'
  | 'importFiles'
  | 'imports'
  | 'undoImport'
  | 'mappings'
  | 'saveMapping'
  | 'setPrices'
  | 'importPrices'
  | 'priceCoverage'
>;

const importsOver = (at: At, transport: Transported): Imports => ({
  formats: () => at('main').formats(),
  previewImport: (workspace, files, request) =>
    outcome(at(workspace).previewImport(sent(files), request as never)) as ReturnType<
      Engine['previewImport']
    >,
  importFiles: (workspace, files, request) =>
    writing(at(workspace).importFiles(sent(files), request as never)),
  imports: (workspace) => outcome(at(workspace).imports()),
  undoImport: (workspace, id) => writing(at(workspace).undoImport(id)),
  mappings: (workspace) => outcome(at(workspace).mappings()) as ReturnType<Engine['mappings']>,
  saveMapping: (workspace, mapping) =>
    writing(at(workspace).saveMapping(mapping as never)).then((saved) =>
      saved.ok ? ok({ value: mapping, replayed: false }) : saved,
    ),
  setPrices: (workspace, instrumentId, prices) =>
    writing(at(workspace).addPrices({ instrumentId, prices: [...prices] })),
  importPrices: (workspace, files, options) => {
    const form = new FormData();
    form.set('options', JSON.stringify(options));
    for (const { name, content } of sent(files)) form.append('files', content, name);
    const path = '/prices/files';
    return writing(
      transport(workspace)({ method: 'POST', path, form }) as ReturnType<Client['importPrices']>,
    );
  },
  priceCoverage: (workspace) => outcome(at(workspace).priceCoverage()),
});

const sent = (files: readonly UploadedFile[]) =>
  files.map(({ name, bytes }) => ({ name, content: new Blob([bytes as Uint8Array<ArrayBuffer>]) }));

/** A problem document becomes the fault that it was made from. */
async function outcome<T>(answer: Promise<T>): Outcome<T> {
  try {
    return ok(await answer);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const {
      type: _t,
      title: _title,
      status: _s,
      code,
      detail,
      requestId: _r,
      ...facts
    } = error.problem;
    // A newer server may know codes that this program does not; they are only passed on.
    return { ok: false, fault: { code: code as EngineFault['code'], detail, facts } };
  }
}

const writing = async <T>(answer: Promise<T>): Outcome<{ value: T; replayed: boolean }> => {
  const result = await outcome(answer);
  return result.ok ? ok({ value: result.value, replayed: false }) : result;
};
