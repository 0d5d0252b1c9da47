import type { Engine } from '@plimsoll/engine';

/**
 * Which thread does the work: one computes what is shown, one takes in what is new, and one, started
 * when it is first needed, asks providers of market data and carries out runs of strategies.
 */
export type Role = 'figures' | 'records' | 'market';

/**
 * Every use-case and its thread. What may take long because of a file or a write is kept away from
 * what a page waits for.
 */
export const roleOf: Readonly<Record<keyof Engine, Role>> = {
  describeStore: 'figures',
  workspaces: 'figures',
  createWorkspace: 'records',
  createDemo: 'records',
  removeDemo: 'records',
  accounts: 'figures',
  createAccount: 'records',
  changeAccount: 'records',
  portfolios: 'figures',
  createPortfolio: 'records',
  changePortfolio: 'records',
  removePortfolio: 'records',
  instruments: 'figures',
  createInstrument: 'records',
  changeInstrument: 'records',
  transactions: 'figures',
  transaction: 'figures',
  postings: 'figures',
  record: 'records',
  reverse: 'records',
  formats: 'figures',
  previewImport: 'records',
  importFiles: 'records',
  imports: 'figures',
  undoImport: 'records',
  mappings: 'figures',
  saveMapping: 'records',
  setPrices: 'records',
  importPrices: 'records',
  priceCoverage: 'figures',
  bars: 'market',
  barCoverage: 'market',
  importBars: 'market',
  compactBars: 'market',
  holdings: 'figures',
  performance: 'figures',
  series: 'figures',
  explain: 'figures',
  analyse: 'figures',
  rebalance: 'figures',
  actions: 'figures',
  addAction: 'records',
  withdrawAction: 'records',
  proposals: 'figures',
  decideProposals: 'records',
  actionRules: 'figures',
  setActionRule: 'records',
  quotes: 'figures',
  quoteHistory: 'figures',
  resolveInstruments: 'figures',
  resolveOnline: 'market',
  instrumentNames: 'figures',
  addInstrumentName: 'records',
  constituents: 'figures',
  setConstituents: 'records',
  exposure: 'figures',
  fundamentals: 'figures',
  indices: 'figures',
  indexMembers: 'figures',
  previewEtl: 'records',
  runEtl: 'records',
  etlRuns: 'figures',
  etlRun: 'figures',
  etlRefusedRows: 'figures',
  etlMappings: 'figures',
  saveEtlMapping: 'records',
  strategies: 'market',
  strategy: 'market',
  createRun: 'market',
  runs: 'figures',
  run: 'figures',
  runArtifact: 'market',
  cancelRun: 'market',
  retryRun: 'market',
  rerunRun: 'market',
  removeRun: 'market',
  compareRuns: 'market',
  resumeRuns: 'market',
  models: 'figures',
  model: 'figures',
  modelCard: 'market',
  modelDrift: 'market',
  setModelStage: 'records',
  importModel: 'market',
  exportCsv: 'figures',
  verify: 'market',
  refreshPrices: 'market',
  jobs: 'figures',
  job: 'figures',
  cancelJob: 'market',
  resumeJobs: 'market',
  endJobs: 'market',
  marketStatus: 'figures',
  marketHealth: 'figures',
  quality: 'figures',
  decideQuality: 'records',
  priceLinks: 'figures',
  linkCandidates: 'market',
  linkInstrument: 'market',
  unlinkInstrument: 'records',
};

export type Method = keyof Engine;

/** Whether the text names a use-case. */
export const isMethod = (name: string): name is Method => Object.hasOwn(roleOf, name);

type Ask = (method: Method, args: readonly unknown[]) => Promise<unknown>;

/** An engine whose every use-case is asked elsewhere. */
export function engineOf(ask: Ask): Engine {
  const methods = Object.keys(roleOf).filter(isMethod);
  const asked = methods.map((method) => [method, (...args: unknown[]) => ask(method, args)]);
  // The table names every method of Engine, and the other side answers with that very method.
  return Object.fromEntries(asked) as unknown as Engine;
}
