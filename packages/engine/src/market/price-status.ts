import { calendarFor, type Instrument, instrumentLabel } from '@plimsoll/domain';
import { type DayNumber, dayFromNumber, dayNumber } from '@plimsoll/kernel';
import { marketWorkspace, type Store, type UnitOfWork } from '@plimsoll/ports';
import { jobView } from '../jobs/job-view.ts';
import { freshness } from './freshness.ts';
import type { MarketHealthView, MarketStatusView, PriceStatusView } from './market-use-cases.ts';
import { mayBeListed } from './match-listing.ts';

/** Jobs whose items still say how a listing fared. */
const jobsLookedAt = 10;
const mostItems = 10_000;
/** Listings that the health names at most. */
const mostNamed = 100;
/** Findings that are counted at most. */
const mostOpen = 5_000;

/** How the prices of a workspace stand, and what its market data waits for. */
export async function marketStatus(
  store: Store,
  workspace: string,
  nowMs: number,
): Promise<MarketStatusView> {
  const market = await store.read(marketWorkspace, async (unit) => ({
    providers: [...(await unit.quality.providers())],
    notes: await lastNotes(unit),
    jobs: (await unit.jobs.list(20)).filter(({ finishedAt }) => finishedAt === null),
    open: await unit.quality.list({ states: ['open'] }, mostOpen),
  }));
  return store.read(workspace, async (unit) => {
    const links = new Map((await unit.links.links()).map((one) => [one.instrumentId, one]));
    const instruments = (await unit.catalogue.instruments()).filter(
      (one) => mayBeListed(one) || links.has(one.id),
    );
    const series = await unit.prices.closes(instruments.map(({ id }) => id));
    const byId = new Map(series.map((one) => [one.instrumentId, one]));
    const listings = new Set([...links.values()].map(({ listingId }) => listingId));
    const own = await unit.quality.list({ states: ['open'] }, mostOpen);
    const open = [...own, ...market.open.filter((one) => listings.has(one.instrumentId))];
    const count = (kind: string) => open.filter((one) => one.kind === kind).length;
    return {
      providers: market.providers,
      prices: instruments.map((instrument) => {
        const listingId = links.get(instrument.id)?.listingId ?? null;
        const { days = new Int32Array(), source = '' } = byId.get(instrument.id) ?? {};
        const note = listingId === null ? '' : (market.notes.get(listingId) ?? '');
        return { ...priceStatus(instrument, days, nowMs), listingId, source, note };
      }),
      open: { rows: count('row'), repairs: count('repair'), notes: count('note') },
      jobs: market.jobs.map((job) => jobView(job, nowMs)),
    };
  });
}

function priceStatus(
  instrument: Instrument,
  days: Int32Array,
  nowMs: number,
): Omit<PriceStatusView, 'listingId' | 'source' | 'note'> {
  const last = days.at(-1) ?? null;
  return {
    instrumentId: instrument.id,
    label: instrumentLabel(instrument),
    last: last === null ? null : dayFromNumber(last),
    gaps: gapsIn(instrument, days),
    ...freshness(instrument, last, nowMs),
  };
}

/** Trading days without a bar between the first and the last; 0 where the calendar is a guess. */
export function gapsIn(
  instrument: Pick<Instrument, 'kind' | 'mic' | 'currency'>,
  days: Int32Array,
): number {
  const calendar = calendarFor(instrument);
  const [first, last] = [days[0], days.at(-1)];
  if (calendar.guess || instrument.kind === 'fx') return 0;
  if (first === undefined || last === undefined) return 0;
  const there: ReadonlySet<DayNumber> = new Set(days);
  return calendar.tradingDays(first, last + 1).filter((day) => !there.has(day)).length;
}

/** By listing, what came of the last try where that was no success. */
async function lastNotes({ jobs }: UnitOfWork): Promise<ReadonlyMap<string, string>> {
  const notes = new Map<string, string>();
  for (const { id } of await jobs.list(jobsLookedAt)) {
    for (const { key, state, attempts, note } of await jobs.items(id, null, mostItems)) {
      if (notes.has(key) || attempts === 0) continue;
      notes.set(key, state === 'done' ? '' : note);
    }
  }
  return notes;
}

/** What is wrong with providers and with listings that somebody holds; nobody's holdings are named. */
export async function marketHealth(store: Store, nowMs: number): Promise<MarketHealthView> {
  return store.read(marketWorkspace, async (unit) => {
    const listings = await unit.catalogue.instruments();
    if (listings.length === 0) return { providers: [], datasets: [] };
    const notes = await lastNotes(unit);
    const coverage = new Map((await unit.prices.coverage()).map((one) => [one.instrumentId, one]));
    const providers = await unit.quality.providers();
    const unwell = providers.filter(
      ({ state, note }) => (state !== 'up' && state !== 'unknown') || note !== '',
    );
    return {
      providers: unwell.map(({ id, state, lastFault, note }) => ({
        id,
        state,
        detail: [lastFault?.detail ?? '', note].filter((text) => text !== '').join(' '),
      })),
      datasets: listings
        .flatMap((listing) => {
          const last = coverage.get(listing.id)?.last ?? null;
          const lastDay = last === null ? null : dayNumber(last);
          const { state, expected } = freshness(listing, lastDay, nowMs);
          const note = notes.get(listing.id) ?? '';
          if (state === 'fresh' && note === '') return [];
          const until = last === null ? 'There are no prices' : `Prices end on ${last}`;
          const wanted = expected === null ? '' : `; they should reach ${expected}`;
          return [
            {
              listing: instrumentLabel(listing),
              state,
              detail: `${until}${wanted}. ${note}`.trim(),
            },
          ];
        })
        .slice(0, mostNamed),
    };
  });
}
