import type { Instrument } from '@plimsoll/domain';
import { type DayNumber, dayFromNumber, dayNumber } from '@plimsoll/kernel';
import {
  type DailyBars,
  type Job,
  type MarketAction,
  marketWorkspace,
  type QualityItem,
  type UnitOfWork,
} from '@plimsoll/ports';
import type { MarketContext } from './market-context.ts';

/** Known days that are asked for again, so that a restatement is noticed: ten trading days. */
const overlapDays = 15;
/** Known days from before that which are read as neighbours of the first new ones. */
const neighbourDays = 100;
/** Nothing quoted is older in any source. */
const firstDay = dayNumber('1927-01-01');
/** The day has begun this much earlier at the far side of the world, and ends a day later. */
const aheadMs = 14 * 3_600_000;
const dayMs = 86_400_000;
/** Decisions about one listing that are looked at. */
const mostDecided = 5_000;

/** What is known of one listing before its providers are asked. */
export interface Subject {
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

/** The listings, read again when the catalogue has changed: a job asks for one after the other. */
export class KeptListings {
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

/** What is known of the listing that an item of a job is about; null where it has gone. */
export async function readSubject(
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
