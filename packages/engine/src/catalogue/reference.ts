import { metricNamed } from '@plimsoll/domain';
import { ok, type Result } from '@plimsoll/kernel';
import type { KnownFundamental, UnitOfWork } from '@plimsoll/ports';
import { type EngineContext, today } from '../engine-context.ts';
import { type EngineFault, fault } from '../engine-fault.ts';
import type { LedgerView } from '../ledger/ledger-view.ts';
import type { Answer, WriteOptions, Written } from '../use-case.ts';
import type { FigureCache } from '../valuation/figure-cache.ts';
import { resolveScope } from '../valuation/scope.ts';
import {
  ConstituentIndex,
  constituentsView,
  holdingsOf,
  saveConstituents,
} from './constituents.ts';
import { exposureView } from './exposure.ts';
import { type FoundInstrument, readWanted } from './instrument-search.ts';
import type { FundamentalsQuery, ReferenceUseCases, ResolveQuery } from './reference-use-cases.ts';
import { askProviders, calledBy, providerSymbolIn, resolution } from './resolve-instruments.ts';
import { SearchCache } from './search-cache.ts';
import { addName, nameView } from './symbol-history.ts';

/** What the use-cases of this area are put together from. */
export interface ReferenceParts {
  readonly context: EngineContext;
  readonly figures: FigureCache;
  readonly read: <T>(
    workspace: string,
    work: (unit: UnitOfWork, view: LedgerView) => Promise<Result<T, EngineFault>>,
  ) => Answer<T>;
  /** The same of the workspace of public market data. */
  readonly readMarket: <T>(
    work: (unit: UnitOfWork) => Promise<Result<T, EngineFault>>,
  ) => Answer<T>;
  readonly write: <T>(
    workspace: string,
    options: WriteOptions,
    work: (unit: UnitOfWork) => Promise<Result<T, EngineFault>>,
  ) => Written<T>;
}

const unknown = (id: string) => fault('instrument.unknown', `There is no instrument "${id}".`);

/** What is known about instruments beside prices and actions. */
export function referenceUseCases(parts: ReferenceParts): ReferenceUseCases {
  const { context, read, write } = parts;
  const searches = new SearchCache();
  return {
    resolveInstruments: (workspace, query) =>
      resolve({ ...parts, searches, online: false }, workspace, query),
    resolveOnline: (workspace, query) =>
      resolve({ ...parts, searches, online: true }, workspace, query),
    instrumentNames: async (workspace, instrument) => {
      const own = await read(workspace, async (unit, view) =>
        view.instruments.has(instrument)
          ? ok({
              names: await ownNames(unit, instrument),
              link: await unit.links.listingOf(instrument),
            })
          : unknown(instrument),
      );
      if (!own.ok) return own;
      const { names, link } = own.value;
      if (link === null) return ok(names);
      const shared = await parts.readMarket(async (unit) => ok(await ownNames(unit, link, true)));
      return shared.ok ? ok([...names, ...shared.value]) : shared;
    },
    addInstrumentName: (workspace, instrument, name, options) =>
      write(workspace, options, async (unit) => {
        if (!(await instrumentIn(unit, instrument))) return unknown(instrument);
        const added = await addName(unit, instrument, name);
        return added.ok ? ok(await ownNames(unit, instrument)) : added;
      }),
    constituents: (workspace, instrument, on) =>
      read(workspace, (unit, view) =>
        constituents(unit, view.instruments.values(), instrument, on ?? today(context)),
      ),
    setConstituents: (workspace, instrument, wanted, options) =>
      write(workspace, options, async (unit) => {
        const instruments = await unit.catalogue.instruments();
        if (!instruments.some(({ id }) => id === instrument)) return unknown(instrument);
        const saved = await saveConstituents(unit, instrument, wanted);
        return saved.ok ? constituents(unit, instruments, instrument, wanted.asOf) : saved;
      }),
    exposure: (workspace, query) =>
      read(workspace, async (unit, view) => {
        const scope = resolveScope(view, query);
        if (!scope.ok) return scope;
        const at = query.at ?? today(context);
        const { value } = parts.figures.valuation(view, scope.value, at);
        const { instruments } = view;
        const { currency } = scope.value;
        const funds = await holdingsOf(unit, [...instruments.keys()], at);
        const index = new ConstituentIndex(instruments.values());
        return ok(exposureView({ value, currency, at, funds, instruments, index }, query));
      }),
    fundamentals: (workspace, query) =>
      read(workspace, async (unit, view) =>
        view.instruments.has(query.instrument)
          ? ok(await fundamentalsOf(unit, query))
          : unknown(query.instrument),
      ),
    indices: (workspace) =>
      read(workspace, async (unit) => ok([...(await unit.reference.indices())])),
    indexMembers: (workspace, index, on) =>
      read(workspace, async (unit) =>
        ok([...(await unit.reference.members(index, on ?? today(context)))]),
      ),
  };
}

async function fundamentalsOf(
  unit: UnitOfWork,
  { instrument, metric, period, knownAt }: FundamentalsQuery,
): Promise<KnownFundamental[]> {
  const link = await unit.links.listingOf(instrument);
  const wanted = metric === undefined ? undefined : (metricNamed(metric)?.metric ?? metric);
  const figures = await unit.reference.fundamentals({
    instrumentIds: link === null ? [instrument] : [instrument, link],
    ...(wanted === undefined ? {} : { metrics: [wanted] }),
    ...(period === undefined ? {} : { period }),
    ...(knownAt === undefined ? {} : { knownAt }),
  });
  return [...figures];
}

const instrumentIn = async ({ catalogue }: UnitOfWork, id: string): Promise<boolean> =>
  (await catalogue.instruments()).some((one) => one.id === id);

const ownNames = async ({ reference }: UnitOfWork, instrument: string, shared = false) =>
  (await reference.names())
    .filter(({ instrumentId }) => instrumentId === instrument)
    .map((name) => nameView(name, shared));

async function constituents(
  unit: UnitOfWork,
  instruments: Iterable<Parameters<typeof constituentsView>[0]>,
  id: string,
  on: string,
): Promise<Result<ReturnType<typeof constituentsView>, EngineFault>> {
  const all = [...instruments];
  const fund = all.find((one) => one.id === id);
  if (fund === undefined) return unknown(id);
  const holdings = (await holdingsOf(unit, [id], on)).get(id);
  return ok(constituentsView(fund, holdings, new ConstituentIndex(all)));
}

/** In the workspace, then in the market, then, where asked for, of the providers. */
interface Resolving extends ReferenceParts {
  readonly searches: SearchCache;
  readonly online: boolean;
}

async function resolve(
  { context, read, readMarket, searches, online }: Resolving,
  workspace: string,
  query: ResolveQuery,
): Answer<ReturnType<typeof resolution>> {
  const { text, on, limit } = query;
  if (text.trim() === '') return fault('request.invalid', 'Say what to look for.');
  const wanted = readWanted(text);
  const named = providerSymbolIn(text, context.marketData);
  const find = async (unit: UnitOfWork): Promise<readonly FoundInstrument[]> => {
    const search = await searches.within(unit);
    return named === undefined
      ? search.find(wanted, on ?? null, limit)
      : calledBy(unit, search, named);
  };
  const own = await read(workspace, async (unit) => {
    const links = (await unit.links.links()).flatMap(({ listingId }) => listingId ?? []);
    return ok({ found: await find(unit), linked: new Set(links) });
  });
  if (!own.ok) return own;
  const listings = await readMarket(async (unit) => ok(await find(unit)));
  if (!listings.ok) return listings;
  const { marketData } = context;
  const asked = online
    ? await askProviders(marketData, named?.symbol ?? text, limit)
    : { matches: [], notes: [] };
  const { found, linked } = own.value;
  return ok(
    resolution(query, wanted, { own: found, listings: listings.value, linked, online: asked }),
  );
}
