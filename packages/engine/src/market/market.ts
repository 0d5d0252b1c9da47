import { instrumentLabel } from '@plimsoll/domain';
import { ok, type Result } from '@plimsoll/kernel';
import { type Job, marketWorkspace, type QualityItem, type UnitOfWork } from '@plimsoll/ports';
import type { EngineContext } from '../engine-context.ts';
import { type EngineFault, fault } from '../engine-fault.ts';
import { JobRunner } from '../jobs/job-runner.ts';
import { jobView } from '../jobs/job-view.ts';
import type { Answer, WriteOptions, Written } from '../use-case.ts';
import { decideQuality } from './decide-quality.ts';
import type { MarketContext } from './market-context.ts';
import type {
  JobDetailView,
  MarketUseCases,
  QualityQuery,
  QualityView,
} from './market-use-cases.ts';
import { linkCandidates, listingFor, priceLinks } from './price-links.ts';
import { marketHealth, marketStatus } from './price-status.ts';
import { type OfferActions, priceHandler } from './refresh-listing.ts';
import { planJob, queueJob } from './start-job.ts';
import { Turns } from './turns.ts';

type Reading = <T>(
  workspace: string,
  work: (unit: UnitOfWork) => Promise<Result<T, EngineFault>>,
) => Answer<T>;

type ReadingMarket = <T>(work: (unit: UnitOfWork) => Promise<Result<T, EngineFault>>) => Answer<T>;

/** What the use-cases of this area are put together from. */
export interface MarketParts {
  readonly context: EngineContext;
  readonly read: Reading;
  /** The same of the workspace of public market data. */
  readonly readMarket: ReadingMarket;
  readonly write: <T>(
    workspace: string,
    options: WriteOptions,
    work: (unit: UnitOfWork) => Promise<Result<T, EngineFault>>,
  ) => Written<T>;
  /** Tells the holders of listings that there are new actions. */
  readonly offer: OfferActions;
  /** The same in the workspace of public market data. */
  readonly writeMarket: <T>(
    options: WriteOptions,
    work: (unit: UnitOfWork) => Promise<Result<T, EngineFault>>,
  ) => Written<T>;
}

const noSources = fault(
  'market.refused',
  'Market data is not set up here: this program was put together without providers.',
);

/** Items of a job that are shown at most. */
const mostItems = 1_000;

/** A refusal where there is no such workspace. */
const known = (read: MarketParts['read'], workspace: string) =>
  read(workspace, async () => ok(null));

/** Public market data: how it is fetched, how good it is, and what instruments it belongs to. */
export function marketUseCases(parts: MarketParts): MarketUseCases {
  const { context, read, readMarket, writeMarket } = parts;
  const { store } = context;
  const nowMs = () => Date.parse(context.clock.now());
  const market = marketContext(context);
  const runner = market && newRunner(market, parts.offer);
  const { jobs, cancelJob } = jobUseCases(parts, runner);

  return {
    refreshPrices: async (workspace, request, options) => {
      const asks = await known(read, workspace);
      if (!asks.ok) return asks;
      if (market === null) return noSources;
      const plan = await planJob(market, workspace, request);
      if (!plan.ok) return plan;
      const job = await writeMarket(within(workspace, options), async (unit) => {
        const { kind } = request;
        const queued = await queueJob(context, unit, plan.value, { kind, actor: options.actor });
        return ok(jobView(queued, nowMs()));
      });
      runner?.wake();
      return job;
    },
    jobs,
    job: async (workspace, id) => {
      const asks = await known(read, workspace);
      if (!asks.ok) return asks;
      return readMarket(async (unit) => {
        const job = await unit.jobs.find(id);
        return job === null ? unknownJob(id) : ok(await jobDetail(unit, job, nowMs()));
      });
    },
    cancelJob,
    resumeJobs: async () => runner?.wake(),
    endJobs: async () => runner?.end(),
    marketStatus: (workspace) =>
      read(workspace, async () => ok(null)).then(async (known) =>
        known.ok ? ok(await marketStatus(store, workspace, nowMs())) : known,
      ),
    marketHealth: () => marketHealth(store, nowMs()),
    ...qualityUseCases(parts),
    ...linkUseCases(parts, market),
  };
}

function qualityUseCases(parts: MarketParts): Pick<MarketUseCases, 'quality' | 'decideQuality'> {
  const { context, write, writeMarket } = parts;
  return {
    quality: (workspace, query) => listQuality(parts, workspace, query),
    decideQuality: async (workspace, id, wanted, options) => {
      const home = await homeOf(parts, workspace, id);
      if (!home.ok) return home;
      const decide = async (unit: UnitOfWork) => {
        const item = await unit.quality.find(id);
        if (item === null) return unknownFinding(id);
        const { actor } = options;
        const decided = await decideQuality(unit, context.newId, item, { ...wanted, actor });
        if (!decided.ok) return decided;
        const labels = await labelsOf(unit);
        return ok(qualityView(decided.value, labels, home.value === marketWorkspace));
      };
      return home.value === marketWorkspace
        ? writeMarket(within(workspace, options), decide)
        : write(workspace, options, decide);
    },
  };
}

function linkUseCases(
  { read, write }: MarketParts,
  market: MarketContext | null,
): Pick<MarketUseCases, 'priceLinks' | 'linkCandidates' | 'linkInstrument' | 'unlinkInstrument'> {
  return {
    priceLinks: (workspace) => read(workspace, async (unit) => ok([...(await priceLinks(unit))])),
    linkCandidates: async (workspace, instrument) => {
      const asks = await known(read, workspace);
      if (!asks.ok) return asks;
      return market === null ? noSources : linkCandidates(market, workspace, instrument);
    },
    linkInstrument: async (workspace, wanted, options) => {
      if (market === null) return noSources;
      const asks = await known(read, workspace);
      if (!asks.ok) return asks;
      const { actor } = options;
      const found = await listingFor(market, workspace, { ...wanted, actor });
      if (!found.ok) return found;
      return write(workspace, options, (unit) =>
        setLink(unit, wanted.instrument, { ...found.value, linkedBy: actor }),
      );
    },
    unlinkInstrument: (workspace, instrument, options) =>
      write(workspace, options, (unit) =>
        setLink(unit, instrument, {
          listingId: null,
          linkedBy: options.actor,
          evidence: 'By hand: it has no listing.',
        }),
      ),
  };
}

function marketContext(context: EngineContext): MarketContext | null {
  const { store, clock, newId, marketData, world } = context;
  if (marketData === undefined || world === undefined) return null;
  return { store, clock, newId, sources: marketData, world };
}

function newRunner(market: MarketContext, offer: OfferActions): JobRunner {
  const prices = priceHandler(market, new Turns(), offer);
  return new JobRunner({ ...market, handlers: { refresh: prices, backfill: prices } });
}

/** Keys of one workspace's requests are apart from those of another in the unit they share. */
const within = (workspace: string, options: WriteOptions): WriteOptions =>
  options.idempotency === undefined
    ? options
    : {
        ...options,
        idempotency: { ...options.idempotency, key: `${workspace} ${options.idempotency.key}` },
      };

const unknownJob = (id: string) => fault('job.unknown', `There is no job "${id}".`);
const unknownFinding = (id: string) =>
  fault('quality.unknown', `There is no row, repair or note "${id}".`);

function jobUseCases(
  { context, read, readMarket, writeMarket }: MarketParts,
  runner: JobRunner | null,
): Pick<MarketUseCases, 'jobs' | 'cancelJob'> {
  const nowMs = () => Date.parse(context.clock.now());
  return {
    jobs: async (workspace, limit) => {
      const asks = await known(read, workspace);
      if (!asks.ok) return asks;
      return readMarket(async (unit) =>
        ok((await unit.jobs.list(limit)).map((job) => jobView(job, nowMs()))),
      );
    },
    cancelJob: async (workspace, id, options) => {
      const seen = await read(workspace, async () => ok(null));
      if (!seen.ok) return seen;
      const cancelled = await writeMarket(within(workspace, options), async (unit) => {
        const known = await unit.jobs.find(id);
        if (known === null) return unknownJob(id);
        // One that has ended meanwhile is left as it ended, and shown.
        if (await unit.jobs.cancel(id)) {
          const payload = { jobId: id, kind: known.kind, state: 'cancelled' };
          await unit.outbox.add([{ id: context.newId(), type: 'jobs.changed', payload }]);
        }
        const job = await unit.jobs.find(id);
        return job === null ? unknownJob(id) : ok(jobView(job, nowMs()));
      });
      runner?.drop(id);
      return cancelled;
    },
  };
}

async function jobDetail(unit: UnitOfWork, job: Job, nowMs: number): Promise<JobDetailView> {
  const labels = await labelsOf(unit);
  const items = await unit.jobs.items(job.id, ['failed', 'waiting'], mostItems);
  return {
    ...jobView(job, nowMs),
    items: items
      .filter(({ attempts }) => attempts > 0)
      .map((item) => ({ ...item, label: labels.get(item.key) ?? item.key })),
  };
}

const labelsOf = async ({ catalogue }: UnitOfWork): Promise<ReadonlyMap<string, string>> =>
  new Map((await catalogue.instruments()).map((one) => [one.id, instrumentLabel(one)]));

const qualityView = (
  item: QualityItem,
  labels: ReadonlyMap<string, string>,
  shared: boolean,
): QualityView => ({ ...item, label: labels.get(item.instrumentId) ?? item.instrumentId, shared });

/** Of the workspace's own prices, and of the listings that it is linked to. */
async function listQuality(
  { read, readMarket }: MarketParts,
  workspace: string,
  { state, kind, instrument, limit }: QualityQuery,
): Answer<QualityView[]> {
  const filter = {
    ...(state === undefined ? {} : { states: [state] }),
    ...(kind === undefined ? {} : { kinds: [kind] }),
  };
  const own = await read(workspace, async (unit) => {
    const links = (await unit.links.links()).filter(
      (link) => instrument === undefined || link.instrumentId === instrument,
    );
    const ids = instrument === undefined ? {} : { instrumentIds: [instrument] };
    const items = await unit.quality.list({ ...filter, ...ids }, limit);
    const labels = await labelsOf(unit);
    return ok({
      items: items.map((item) => qualityView(item, labels, false)),
      listings: links.flatMap(({ listingId }) => listingId ?? []),
    });
  });
  if (!own.ok) return own;
  const shared = await readMarket(async (unit) => {
    const found = await unit.quality.list({ ...filter, instrumentIds: own.value.listings }, limit);
    const labels = await labelsOf(unit);
    return ok(found.map((item) => qualityView(item, labels, true)));
  });
  if (!shared.ok) return shared;
  const all = [...own.value.items, ...shared.value];
  all.sort((a, b) => (a.recordedAt < b.recordedAt ? 1 : a.recordedAt > b.recordedAt ? -1 : 0));
  return ok(all.slice(0, limit));
}

/** The workspace that a finding is of: the user's own, or that of a listing which it is linked to. */
async function homeOf(
  { read, readMarket }: MarketParts,
  workspace: string,
  id: string,
): Answer<string> {
  const own = await read(workspace, async (unit) => {
    if ((await unit.quality.find(id)) !== null) return ok(null);
    return ok((await unit.links.links()).map(({ listingId }) => listingId));
  });
  if (!own.ok) return own;
  if (own.value === null) return ok(workspace);
  const linked = new Set(own.value);
  return readMarket(async (unit) => {
    const item = await unit.quality.find(id);
    return item !== null && linked.has(item.instrumentId)
      ? ok(marketWorkspace)
      : unknownFinding(id);
  });
}

async function setLink(
  unit: UnitOfWork,
  instrumentId: string,
  link: { readonly listingId: string | null; readonly linkedBy: string; readonly evidence: string },
) {
  if (!(await unit.catalogue.instruments()).some(({ id }) => id === instrumentId)) {
    return fault('instrument.unknown', `There is no instrument "${instrumentId}".`);
  }
  await unit.links.link({ instrumentId, ...link });
  const views = await priceLinks(unit);
  const view = views.find((one) => one.instrumentId === instrumentId);
  return view ? ok(view) : fault('instrument.unknown', `There is no instrument "${instrumentId}".`);
}
