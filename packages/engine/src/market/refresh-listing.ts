import { type Instrument, instrumentLabel } from '@plimsoll/domain';
import { type DayNumber, dayFromNumber, dayNumber, type Json, present } from '@plimsoll/kernel';
import {
  type DailyBars,
  type Job,
  type MarketAction,
  type MarketDataFault,
  type MarketDataProvider,
  marketWorkspace,
  type ProviderHealth,
  type QualityFinding,
  type QualityItem,
  type QuarantinedPrice,
  type UnitOfWork,
} from '@plimsoll/ports';
import { noteNames } from '../catalogue/symbol-history.ts';
import type { ItemOutcome, JobHandler } from '../jobs/job-handler.ts';
import { fitSeries } from '../prices/price-unit.ts';
import { joinRows, rowsWhere } from './bar-rows.ts';
import { sourcesDisagree } from './compare-known.ts';
import { freshness, tradingDaysOf } from './freshness.ts';
import { joinSplits, splitsOf, toldSplits } from './market-actions.ts';
import type { MarketContext } from './market-context.ts';
import { type ProviderName, providerName } from './provider-name.ts';
import { noteOf } from './quality-findings.ts';
import { toTraded } from './split-basis.ts';
import { type Taken, takeHistory } from './take-history.ts';
import type { Turns } from './turns.ts';

/** Known days that are asked for again, so that a restatement is noticed: ten trading days. */
const overlapDays = 15;
/** Known days from before that which are read as neighbours of the first new ones. */
const neighbourDays = 100;
/** Newest days on which a second source is compared with the first. */
const comparedDays = 30;
/** Nothing quoted is older in any source. */
const firstDay = dayNumber('1927-01-01');
/** The day has begun this much earlier at the far side of the world, and ends a day later. */
const aheadMs = 14 * 3_600_000;
const dayMs = 86_400_000;
/** Decisions about one listing that are looked at. */
const mostDecided = 5_000;

/** What is known of one listing before its providers are asked. */
interface Subject {
  readonly listing: Instrument;
  /** By provider id. */
  readonly names: ReadonlyMap<string, string>;
  readonly known: DailyBars;
  readonly sources: readonly string[];
  readonly actions: readonly MarketAction[];
  readonly decided: readonly QualityItem[];
  readonly from: DayNumber;
  readonly until: DayNumber;
}

/** What one provider made of the question. */
interface Asked {
  readonly provider: MarketDataProvider;
  readonly name: ProviderName | null;
  readonly fault: MarketDataFault | null;
  readonly taken: Taken | null;
}

/** Brings the prices and actions of one listing up to date, or fills in their whole history. */
export function priceHandler(
  context: MarketContext,
  turns: Turns,
  offer: OfferActions,
): JobHandler {
  const listings = new KeptListings();
  const withActions = new Set<string>();
  return {
    item: async (job, listingId, signal) => {
      const subject = await readSubject(context, listings, { job, listingId });
      if (subject === null) return gone;
      const outcome = await refresh(context, turns, { job, subject, signal });
      return {
        ...outcome,
        write: async (unit) => {
          const { hasActions } = await outcome.write(unit);
          if (hasActions) withActions.add(listingId);
        },
      };
    },
    settle: async (job) => {
      // What an interrupted job found before is not known any more: all of it is looked at.
      const ids = job.doneBefore > 0 ? await keysOf(context, job) : [...withActions];
      withActions.clear();
      if (ids.length > 0) await offer(ids);
    },
    finish: (unit, job) => alarm(context, unit, job),
  };
}

/** Tells the holders of listings that there are new actions. */
export type OfferActions = (listingIds: readonly string[]) => Promise<void>;

const keysOf = ({ store }: MarketContext, { id, total }: Job): Promise<readonly string[]> =>
  store.read(marketWorkspace, async ({ jobs }) =>
    (await jobs.items(id, null, total)).map(({ key }) => key),
  );

/** What a write has kept that others must hear of. */
interface Kept {
  readonly hasActions: boolean;
}

type PriceOutcome = Omit<ItemOutcome, 'write'> & {
  readonly write: (unit: UnitOfWork) => Promise<Kept>;
};

interface Question {
  readonly job: Job;
  readonly subject: Subject;
  readonly signal: AbortSignal;
}

async function refresh(context: MarketContext, turns: Turns, question: Question) {
  const { subject, job, signal } = question;
  const providers = context.sources.for(subject.listing.kind, 'daily');
  const asked: Asked[] = [];
  for (const provider of providers) {
    if (signal.aborted) break;
    const answer = await ask(turns, provider, question);
    asked.push(answer);
    if (answer.taken?.bars && answer.taken.bars.days.length > 0) break;
  }
  const best = asked.find(({ taken }) => taken?.bars && taken.bars.days.length > 0);
  const second = providers.find((one) => asked.every(({ provider }) => provider !== one));
  const compared =
    best && second && job.kind === 'refresh'
      ? await compareWith(turns, second, best, question)
      : [];
  return outcome(context, { subject, asked, best: best ?? null, compared });
}

/** The listings, read again when the catalogue has changed: a job asks for one after the other. */
class KeptListings {
  #version = -1;
  #byId: ReadonlyMap<string, Instrument> = new Map();

  async find({ catalogue }: UnitOfWork, id: string): Promise<Instrument | undefined> {
    const version = await catalogue.version();
    if (version !== this.#version) {
      this.#byId = new Map((await catalogue.instruments()).map((one) => [one.id, one]));
      this.#version = version;
    }
    return this.#byId.get(id);
  }
}

async function readSubject(
  { store, clock }: MarketContext,
  listings: KeptListings,
  { job, listingId }: { readonly job: Job; readonly listingId: string },
): Promise<Subject | null> {
  const until = Math.floor((Date.parse(clock.now()) + aheadMs) / dayMs) + 1;
  const end = dayFromNumber(until);
  return store.read(marketWorkspace, async (unit) => {
    const { links, prices, actions, quality } = unit;
    const listing = await listings.find(unit, listingId);
    if (listing === undefined) return null;
    const [series] = await prices.closes([listingId]);
    const last = series?.days.at(-1);
    const { from: asked } = job.params as { readonly from: string | null };
    const whole = asked === null ? firstDay : dayNumber(asked);
    const isNew = job.kind === 'backfill' || last === undefined;
    const from = isNew ? whole : last - overlapDays;
    const names = await links.providerSymbols([listingId]);
    return {
      listing,
      names: new Map(names.map(({ provider, symbol }) => [provider, symbol])),
      known: await prices.bars(
        listingId,
        dayFromNumber(Math.max(firstDay, from - neighbourDays)),
        end,
      ),
      sources: series?.source.split(', ') ?? [],
      actions: await actions.actions([listingId]),
      decided: await quality.list({ instrumentIds: [listingId] }, mostDecided),
      from,
      until,
    };
  });
}

async function ask(
  turns: Turns,
  provider: MarketDataProvider,
  { subject, signal }: Question,
): Promise<Asked> {
  const { listing, from, until } = subject;
  const name = await providerName(listing, provider, subject.names.get(provider.id));
  if (!name.ok) return { provider, name: null, fault: name.fault, taken: null };
  const answer = await daily(turns, provider, name.value, { from, until, signal });
  if (!answer.ok) return { provider, name: name.value, fault: answer.fault, taken: null };
  const taken = takeHistory({
    listing,
    source: provider.id,
    history: answer.value,
    from,
    until,
    known: subject.known,
    isSameSource: subject.sources.length === 0 || subject.sources.includes(provider.id),
    actions: subject.actions,
    tradingDays: tradingDaysOf(listing, from, until),
    decided: subject.decided,
  });
  return { provider, name: name.value, fault: null, taken };
}

interface Range {
  readonly from: DayNumber;
  readonly until: DayNumber;
  readonly signal: AbortSignal;
}

/** A provider is the world outside: what it throws at us is its fault, not a bug of ours. */
async function daily(
  turns: Turns,
  provider: MarketDataProvider,
  { symbol }: ProviderName,
  { from, until, signal }: Range,
): ReturnType<MarketDataProvider['daily']> {
  try {
    return await turns.take(provider.id, () =>
      provider.daily(symbol, dayFromNumber(from), dayFromNumber(until), signal),
    );
  } catch (error) {
    const detail = `${provider.title} broke over ${symbol.symbol}: ${String(error)}`;
    return { ok: false, fault: { code: 'market-data.unreadable', detail } };
  }
}

/** Where a second source says otherwise about the newest days; its own faults count elsewhere. */
async function compareWith(
  turns: Turns,
  second: MarketDataProvider,
  best: Asked,
  { subject, signal }: Question,
): Promise<readonly QualityFinding[]> {
  const { listing, until, known, names } = subject;
  const name = await providerName(listing, second, names.get(second.id));
  if (!name.ok) return [];
  const answer = await daily(turns, second, name.value, {
    from: until - comparedDays,
    until,
    signal,
  });
  if (!answer.ok) return [];
  const { bars, currency, prices, actions } = answer.value;
  const fitted = fitSeries(listing, bars, currency);
  if (!fitted.ok) return [];
  const splits = joinSplits(splitsOf(subject.actions), toldSplits(actions));
  const theirs =
    prices === 'split-adjusted' ? toTraded(fitted.value.bars, splits) : fitted.value.bars;
  const taken = present(best.taken?.bars, 'the bars of the source that answered');
  const first = taken.days[0] ?? until;
  const ours = joinRows(
    rowsWhere(known, (row) => (known.days[row] ?? 0) < first),
    taken,
  );
  const apart = sourcesDisagree([best.provider.id, second.id], ours, theirs);
  if (apart === null) return [];
  // One note a month: what differs today differs tomorrow.
  const month = dayNumber(`${dayFromNumber(apart.day).slice(0, 7)}-01`);
  const source = `${best.provider.id}, ${second.id}`;
  return [noteOf({ listing, source }, 'sources-disagree', month, apart.detail)];
}

interface Answers {
  readonly subject: Subject;
  readonly asked: readonly Asked[];
  readonly best: Asked | null;
  readonly compared: readonly QualityFinding[];
}

/** Faults that may be gone after a while. */
const passing: ReadonlySet<string> = new Set([
  'market-data.unavailable',
  'market-data.rate-limited',
  'market-data.unreadable',
]);

function outcome(context: MarketContext, answers: Answers): PriceOutcome {
  const { asked, best, subject } = answers;
  const write = (unit: UnitOfWork) => keep(context, unit, answers);
  if (best !== null) return { state: 'done', note: takenNote(best, subject), write };
  const label = instrumentLabel(subject.listing);
  if (asked.length === 0) {
    const note = `No provider that is turned on has daily prices of ${label}.`;
    return { state: 'failed', note, write };
  }
  const faults = asked.flatMap(({ fault }) => fault ?? []);
  const refused = asked.flatMap(({ taken }) => (taken?.refused ? [taken.refused] : []));
  const note = [...refused, ...faults.map(({ detail }) => detail)].join(' ');
  if (faults.some(({ code }) => passing.has(code)) && refused.length === 0) {
    const afterMs = Math.max(0, ...faults.map(({ retryAfterMs }) => retryAfterMs ?? 0));
    return { state: 'again', note, afterMs, write };
  }
  if (note !== '') return { state: 'failed', note, write };
  return { state: 'done', note: `Nothing new of ${label}.`, write };
}

function takenNote({ provider, taken }: Asked, { known }: Subject): string {
  const isKnown = new Set(known.days);
  const days = taken?.bars?.days ?? new Int32Array();
  const added = days.filter((day) => !isKnown.has(day)).length;
  const parts = [`${added} days added from ${provider.id}`];
  if (taken && taken.restated > 0) parts.push(`${taken.restated} restated`);
  if (taken && taken.quarantined.length > 0) parts.push(`${taken.quarantined.length} kept back`);
  return `${parts.join(', ')}.`;
}

/** All of it in the unit that marks the item. */
async function keep(context: MarketContext, unit: UnitOfWork, answers: Answers): Promise<Kept> {
  const { asked, best, subject, compared } = answers;
  const { id } = subject.listing;
  const taken = asked.flatMap((one) => one.taken ?? []);
  const events: { id: string; type: string; payload: Json }[] = [];
  let hasActions = false;
  if (best?.taken?.bars) {
    const merged = await unit.prices.merge(id, best.taken.bars, best.provider.id);
    if (merged.added + merged.changed > 0) {
      events.push({
        id: context.newId(),
        type: 'prices.changed',
        payload: { instrumentIds: [id] },
      });
    }
    const actions = await unit.actions.save(best.taken.actions);
    hasActions = actions.length > 0;
    await noteNames(unit, actions);
    await rememberName(unit, best, subject);
    for (const row of best.taken.confirmed) {
      const reason = `A later answer of ${best.provider.id} confirms it.`;
      await unit.quality.decide(row.id, 'released', reason, 'rule');
    }
  }
  const rows: QuarantinedPrice[] = taken.flatMap(({ quarantined }) => quarantined);
  await unit.prices.quarantine(rows);
  const found = await unit.quality.add([...taken.flatMap(({ findings }) => findings), ...compared]);
  if (found.length > 0) {
    const payload = { kind: 'found', instrumentIds: [id], findings: [...found] };
    events.push({ id: context.newId(), type: 'quality.found', payload });
  }
  for (const health of healthOf(asked)) await unit.quality.saveProvider(health);
  await unit.outbox.add(events);
  return { hasActions };
}

async function rememberName(unit: UnitOfWork, { name, provider }: Asked, { listing }: Subject) {
  if (name?.found !== true) return;
  await unit.links.setProviderSymbol(listing.id, provider.id, name.symbol.symbol);
}

const healthOf = (asked: readonly Asked[]): readonly ProviderHealth[] =>
  asked.flatMap(({ provider }) => provider.health?.() ?? []);

const gone: ItemOutcome = {
  state: 'failed',
  note: 'There is no such listing any more.',
  write: async () => undefined,
};

/** Tells whoever listens which listings are late when all has been asked. */
async function alarm(context: MarketContext, unit: UnitOfWork, job: Job): Promise<void> {
  const late = await lateListings(context, unit, job);
  if (late.length === 0) return;
  const payload = { kind: 'late', instrumentIds: [...late], findings: [] };
  await unit.outbox.add([{ id: context.newId(), type: 'quality.found', payload }]);
}

async function lateListings(
  { clock }: MarketContext,
  unit: UnitOfWork,
  job: Job,
): Promise<readonly string[]> {
  const items = await unit.jobs.items(job.id, null, job.total);
  const wanted = new Set(items.map(({ key }) => key));
  const last = new Map(
    (await unit.prices.coverage()).map((one) => [one.instrumentId, dayNumber(one.last)]),
  );
  const nowMs = Date.parse(clock.now());
  return (await unit.catalogue.instruments())
    .filter(({ id }) => wanted.has(id))
    .filter((listing) => freshness(listing, last.get(listing.id) ?? null, nowMs).state !== 'fresh')
    .map(({ id }) => id);
}
