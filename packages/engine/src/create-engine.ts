import { instrumentLabel } from '@plimsoll/domain';
import { ok, type Result } from '@plimsoll/kernel';
import { marketWorkspace, StoreRefusal, type UnitOfWork, type Workspace } from '@plimsoll/ports';
import { actionUseCases, offerActions } from './actions/actions.ts';
import { computeRebalance, prepareRebalance } from './analysis/rebalance.ts';
import { computeReport, prepareAnalysis } from './analysis/run-analysis.ts';
import { barUseCases } from './bars/bars.ts';
import { verifyAll } from './bars/verify-all.ts';
import * as catalogue from './catalogue/catalogue.ts';
import { accountView, instrumentView, portfolioView } from './catalogue/catalogue-views.ts';
import { referenceUseCases } from './catalogue/reference.ts';
import { createDemo, demoWorkspaceId } from './demo/create-demo.ts';
import type { Engine, PerformanceQuery } from './engine.ts';
import { type EngineContext, today } from './engine-context.ts';
import { type EngineFault, fault } from './engine-fault.ts';
import { etlUseCases } from './etl/etl.ts';
import { explain } from './explain/explain.ts';
import { importFiles, previewImport, readForImport, undoImport } from './imports/run-import.ts';
import { exportCsv } from './ledger/export-csv.ts';
import { type LedgerView, LedgerViews } from './ledger/ledger-view.ts';
import {
  transactionDetail,
  transactionPage,
  transactionPostings,
} from './ledger/transaction-rows.ts';
import { liveUseCases } from './live/quotes.ts';
import { marketUseCases } from './market/market.ts';
import { modelUseCases } from './models/models.ts';
import { importPrices, readPriceFiles, setPrices } from './prices/import-prices.ts';
import { recordTransactions, reverseTransaction } from './record/record.ts';
import { removeArtifacts } from './runs/run-objects.ts';
import { runUseCases } from './runs/runs.ts';
import type { Answer, WriteOptions, Written } from './use-case.ts';
import { type BenchmarkLevels, benchmarkLevels, benchmarkView } from './valuation/benchmark.ts';
import { FigureCache } from './valuation/figure-cache.ts';
import { holdingsView } from './valuation/holdings-view.ts';
import type { Measurement } from './valuation/measure.ts';
import { performanceView, seriesView } from './valuation/performance-view.ts';
import { checkPeriod, resolveScope } from './valuation/scope.ts';
import { Writer } from './write.ts';

/** Public market data is nobody's record: it is reached through what rests on it. */
const unknownWorkspace = fault('workspace.unknown', `There is no workspace "${marketWorkspace}".`);

const reserved: readonly string[] = [demoWorkspaceId, marketWorkspace];

/** Puts the use-cases together over one store. */
export function createEngine(context: EngineContext): Engine {
  const { store } = context;
  const views = new LedgerViews(store);
  const writer = new Writer(context, views);
  const figures = new FigureCache();

  /** Runs `work` on the workspace as it stands; a workspace that is not there is a fault. */
  const inWorkspace = async <T>(work: () => Promise<Result<T, EngineFault>>): Answer<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof StoreRefusal && error.fault.code === 'store.unknown-workspace') {
        return fault('workspace.unknown', error.message);
      }
      if (error instanceof StoreRefusal && error.fault.code === 'store.invalid-cursor') {
        return fault('request.invalid', error.message);
      }
      throw error;
    }
  };
  const look = <T>(
    workspace: string,
    work: (view: LedgerView) => Promise<Result<T, EngineFault>> | Result<T, EngineFault>,
  ): Answer<T> =>
    inWorkspace(async () =>
      workspace === marketWorkspace ? unknownWorkspace : work(await views.current(workspace)),
    );
  const write = <T>(
    workspace: string,
    options: WriteOptions,
    work: (unit: UnitOfWork) => Promise<Result<T, EngineFault>>,
  ): Written<T> =>
    inWorkspace(async () =>
      workspace === marketWorkspace ? unknownWorkspace : writer.write(workspace, options, work),
    );
  const measured = async (
    view: LedgerView,
    query: PerformanceQuery,
  ): Promise<
    Result<{ measurement: Measurement; benchmark: BenchmarkLevels | null }, EngineFault>
  > => {
    const scope = resolveScope(view, query);
    if (!scope.ok) return scope;
    const to = query.to ?? today(context);
    const period = checkPeriod(query.from, to);
    if (!period.ok) return period;
    const measurement = figures.measurement(view, scope.value, query.from, to);
    const wanted = query.benchmark ?? scope.value.portfolio.benchmarkId;
    if (wanted === undefined || wanted === 'none') return ok({ measurement, benchmark: null });
    const levels = await benchmarkLevels(store, view, measurement, wanted);
    return levels.ok ? ok({ measurement, benchmark: levels.value }) : levels;
  };

  const readOnly = <T>(
    workspace: string,
    work: (unit: UnitOfWork) => Promise<Result<T, EngineFault>>,
  ): Answer<T> =>
    inWorkspace(async () =>
      workspace === marketWorkspace ? unknownWorkspace : store.read(workspace, work),
    );

  /** Reads the workspace together with what is in the database beside its ledger. */
  const read = <T>(
    workspace: string,
    work: (unit: UnitOfWork, view: LedgerView) => Promise<Result<T, EngineFault>>,
  ): Answer<T> =>
    inWorkspace(async () =>
      workspace === marketWorkspace
        ? unknownWorkspace
        : store.read(workspace, async (unit) => work(unit, await views.within(unit))),
    );

  const { endRuns, ...runs } = runUseCases({ context, read: readOnly, write });
  const market = marketUseCases({
    context,
    read: readOnly,
    readMarket: (work) => store.read(marketWorkspace, work),
    write,
    writeMarket: (options, work) => writer.write(marketWorkspace, options, work),
    offer: (listingIds) => offerActions({ context, views }, listingIds),
  });

  return {
    ...barUseCases({ context, look, write }),
    ...actionUseCases({ context, views, read, write }),
    ...liveUseCases({
      store,
      ticks: context.ticks,
      nowMs: () => Date.parse(context.clock.now()),
      look,
    }),
    ...referenceUseCases({
      context,
      figures,
      read,
      readMarket: (work) => store.read(marketWorkspace, work),
      write,
    }),
    ...etlUseCases({ context, read, write }),
    ...market,
    ...runs,
    ...modelUseCases({ context, read: readOnly, write }),
    endJobs: async () => {
      await Promise.all([market.endJobs(), endRuns()]);
    },
    describeStore: () => store.describe(),
    workspaces: () => store.workspaces(),
    createWorkspace: async (id, name) => {
      if ((await store.workspaces()).some((one) => one.id === id) || reserved.includes(id)) {
        return fault('workspace.exists', `There is a workspace "${id}" already.`);
      }
      const workspace: Workspace = { id, name, demo: false, createdAt: context.clock.now() };
      await store.createWorkspace(workspace);
      return ok(workspace);
    },
    createDemo: () => createDemo(context),
    removeDemo: async () => {
      views.forget(demoWorkspaceId);
      const known = (await store.workspaces()).some(({ id }) => id === demoWorkspaceId);
      if (known) await store.removeDemoWorkspace(demoWorkspaceId);
      if (context.runs) await removeArtifacts(context.runs.objects, demoWorkspaceId);
    },

    accounts: (workspace) => look(workspace, (view) => ok(view.accounts.map(accountView))),
    createAccount: (workspace, account, options) =>
      write(workspace, options, (unit) => catalogue.createAccount(unit, context.newId(), account)),
    changeAccount: (workspace, id, change, options) =>
      write(workspace, options, (unit) => catalogue.changeAccount(unit, id, change)),
    portfolios: (workspace) => look(workspace, (view) => ok(view.portfolios.map(portfolioView))),
    createPortfolio: (workspace, portfolio, options) =>
      write(workspace, options, (unit) =>
        catalogue.savePortfolio(unit, context.newId(), portfolio),
      ),
    changePortfolio: (workspace, id, portfolio, options) =>
      write(workspace, options, async (unit) => {
        const known = await catalogue.findPortfolio(unit, id);
        return known.ok ? catalogue.savePortfolio(unit, known.value.id, portfolio) : known;
      }),
    removePortfolio: (workspace, id, options) =>
      write(workspace, options, async (unit) => {
        const known = await catalogue.findPortfolio(unit, id);
        if (!known.ok) return known;
        await unit.catalogue.removePortfolio(known.value.id);
        return ok(null);
      }),
    instruments: (workspace, text, limit) =>
      look(workspace, (view) => {
        const wanted = text.trim().toLowerCase();
        const matches = [...view.instruments.values()].filter((one) =>
          [one.id, instrumentLabel(one), one.name, one.isin, one.symbol, one.cusip, one.figi].some(
            (name) => name?.toLowerCase().includes(wanted),
          ),
        );
        matches.sort((a, b) => instrumentLabel(a).localeCompare(instrumentLabel(b)));
        return ok(matches.slice(0, limit).map(instrumentView));
      }),
    createInstrument: (workspace, instrument, options) =>
      write(workspace, options, (unit) =>
        catalogue.createInstrument(unit, context.newId(), instrument),
      ),
    changeInstrument: (workspace, id, change, options) =>
      write(workspace, options, (unit) => catalogue.changeInstrument(unit, id, change)),

    transactions: (workspace, query) =>
      inWorkspace(() => transactionPage(store, views, workspace, query)),
    transaction: (workspace, id) =>
      inWorkspace(() => transactionDetail(store, views, workspace, id)),
    postings: (workspace, id) =>
      inWorkspace(() => transactionPostings(store, views, workspace, id)),
    record: (workspace, transactions, options) =>
      write(workspace, options, (unit) =>
        recordTransactions(context, views, unit, transactions, options.actor),
      ),
    reverse: (workspace, id, reason, options) =>
      write(workspace, options, (unit) =>
        reverseTransaction(context, views, unit, id, reason, options.actor),
      ),

    formats: async () => context.importers.map(({ id, title }) => ({ id, title })),
    previewImport: (workspace, files, request) =>
      inWorkspace(() => previewImport(context, views, workspace, files, request)),
    importFiles: async (workspace, files, request, options) => {
      const read = await inWorkspace(() => readForImport(context, workspace, files, request));
      if (!read.ok) return read;
      return write(workspace, options, (unit) =>
        importFiles(context, views, unit, read.value, request, options.actor),
      );
    },
    imports: (workspace) =>
      inWorkspace(() =>
        store.read(workspace, async (unit) => {
          const names = new Map(
            (await unit.catalogue.accounts()).map(({ id, name }) => [id, name]),
          );
          const records = await unit.imports.list();
          return ok(
            records.map((record) => ({
              ...record,
              files: [...record.files],
              account: names.get(record.accountId) ?? record.accountId,
            })),
          );
        }),
      ),
    undoImport: (workspace, id, options) =>
      write(workspace, options, (unit) => undoImport(context, views, unit, id, options.actor)),
    mappings: (workspace) =>
      inWorkspace(() => store.read(workspace, async (unit) => ok(await unit.catalogue.mappings()))),
    saveMapping: (workspace, mapping, options) =>
      write(workspace, options, async (unit) => {
        await unit.catalogue.saveMapping(mapping);
        return ok(mapping);
      }),

    setPrices: (workspace, instrumentId, prices, options) =>
      write(workspace, options, (unit) => setPrices(context, unit, instrumentId, prices)),
    importPrices: (workspace, files, priceOptions, options) => {
      const read = readPriceFiles(context, files);
      return write(workspace, options, (unit) => importPrices(context, unit, read, priceOptions));
    },
    priceCoverage: (workspace) =>
      inWorkspace(() =>
        store.read(workspace, async (unit) => {
          const view = await views.within(unit);
          return ok(
            (await unit.prices.coverage()).map((one) => {
              const instrument = view.instruments.get(one.instrumentId);
              return { ...one, label: instrument ? instrumentLabel(instrument) : one.instrumentId };
            }),
          );
        }),
      ),

    holdings: (workspace, query) =>
      look(workspace, (view) => {
        const scope = resolveScope(view, query);
        if (!scope.ok) return scope;
        const valuation = figures.valuation(view, scope.value, query.at ?? today(context));
        const inBase = query.base !== undefined;
        return ok(holdingsView(view, valuation, { inBase, lots: query.lots }));
      }),
    performance: (workspace, query) =>
      look(workspace, async (view) => {
        const found = await measured(view, query);
        if (!found.ok) return found;
        const { measurement, benchmark } = found.value;
        return ok(
          performanceView(
            view,
            measurement,
            benchmark && { view: benchmarkView(measurement, benchmark), note: benchmark.note },
          ),
        );
      }),
    series: (workspace, query) =>
      look(workspace, async (view) => {
        const found = await measured(view, query);
        return found.ok ? ok(seriesView(found.value.measurement, found.value.benchmark)) : found;
      }),
    explain: (workspace, query) =>
      look(workspace, (view) => explain(context, figures, view, query)),
    analyse: async (workspace, id, input) => {
      const prepared = await inWorkspace(() =>
        store.read(workspace, async (unit) =>
          prepareAnalysis(context, unit, await views.within(unit), { id, input }),
        ),
      );
      return prepared.ok ? computeReport(context, prepared.value) : prepared;
    },
    rebalance: async (workspace, input) => {
      const prepared = await inWorkspace(() =>
        store.read(workspace, async (unit) =>
          prepareRebalance(context, unit, await views.within(unit), input),
        ),
      );
      return prepared.ok ? computeRebalance(context, prepared.value) : prepared;
    },
    exportCsv: (workspace) => look(workspace, (view) => ok(exportCsv(context, view))),
    verify: () => verifyAll(context),
  };
}
