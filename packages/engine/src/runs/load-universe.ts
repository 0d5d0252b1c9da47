import { type Instrument, instrumentLabel } from '@plimsoll/domain';
import { type DayNumber, dayNumber, ok, type Result, refuse } from '@plimsoll/kernel';
import { type IndexMember, marketWorkspace, type Store } from '@plimsoll/ports';
import type { LedgerView } from '../ledger/ledger-view.ts';
import type { RunConfig } from './run-config.ts';

/** An instrument of a run, and where its prices are. */
export interface Chosen {
  /** Unique within the run. */
  readonly id: string;
  readonly instrument: Instrument;
  /** The workspace whose instrument it is, or that of the public listings. */
  readonly home: string;
  /** Days on which it was a member of an index, the last not included; null where it was chosen by name. */
  readonly member: { readonly from: DayNumber; readonly until: DayNumber } | null;
}

export interface Universe {
  readonly chosen: readonly Chosen[];
  readonly notes: readonly string[];
}

/** The instruments that runs may name: a workspace's own, then public listings. */
export interface Nameable {
  readonly view: LedgerView;
  readonly listings: readonly Instrument[];
}

/** All that can be named from a workspace. */
export async function nameable(store: Store, view: LedgerView): Promise<Nameable> {
  const listings = await store.read(marketWorkspace, ({ catalogue }) => catalogue.instruments());
  return { view, listings };
}

type Found = Pick<Chosen, 'instrument' | 'home'>;

/** The instrument that a text names: by id, ISIN, `symbol@venue`, symbol or name, one's own before listings. */
export function findNamed({ view, listings }: Nameable, wanted: string): Result<Found> {
  const homes = [
    { home: view.workspaceId, all: [...view.instruments.values()] },
    { home: marketWorkspace, all: listings },
  ];
  for (const { home, all } of homes) {
    for (const isMeant of ways(wanted.trim())) {
      const found = all.filter(isMeant);
      const [instrument] = found;
      if (instrument === undefined) continue;
      if (found.length === 1) return ok({ instrument, home });
      const names = found.map(
        ({ symbol, mic, currency }) => `${symbol}@${mic ?? '?'} in ${currency}`,
      );
      return refuse({
        code: 'run.universe',
        detail: `${wanted} names ${found.length} instruments: ${names.join(', ')}. Say which, like SYMBOL@VENUE or by ISIN.`,
      });
    }
  }
  return refuse({
    code: 'run.universe',
    detail: `There is no instrument "${wanted}". Name one of the record by symbol, ISIN or id, or import its prices first.`,
  });
}

function ways(wanted: string): readonly ((one: Instrument) => boolean)[] {
  const upper = wanted.toUpperCase();
  const [symbol, venue] = upper.split('@');
  return [
    ({ id }) => id === wanted,
    ({ isin }) => isin === upper,
    (one) => venue !== undefined && one.symbol?.toUpperCase() === symbol && one.mic === venue,
    (one) => one.symbol === wanted,
    (one) => one.symbol?.toUpperCase() === upper,
    ({ name }) => name === wanted,
  ];
}

/** The instruments of a run, by name or by their membership in an index on each day. */
export async function loadUniverse(
  store: Store,
  known: Nameable,
  config: RunConfig,
): Promise<Result<Universe>> {
  return 'names' in config.universe
    ? byName(known, config.universe.names)
    : byIndex(store, known, config.universe.index, config);
}

function byName(known: Nameable, names: readonly string[]): Result<Universe> {
  const found: Found[] = [];
  for (const name of names) {
    const one = findNamed(known, name);
    if (!one.ok) return one;
    const twice = found.some(({ instrument }) => instrument.id === one.value.instrument.id);
    if (twice) {
      return refuse({
        code: 'run.universe',
        detail: `${name} names ${instrumentLabel(one.value.instrument)} a second time. Name each once.`,
      });
    }
    found.push(one.value);
  }
  const notes = [
    'The instruments were chosen by name, today: those that did not survive are not among them unless they were named.',
  ];
  return ok({ chosen: withIds(found.map((one) => ({ ...one, member: null }))), notes });
}

async function byIndex(
  store: Store,
  known: Nameable,
  index: string,
  { from, to }: RunConfig,
): Promise<Result<Universe>> {
  const first = from === undefined ? Number.NEGATIVE_INFINITY : dayNumber(from);
  const last = to === undefined ? Number.POSITIVE_INFINITY : dayNumber(to);
  const { members, indices } = await store.read(known.view.workspaceId, async ({ reference }) => ({
    members: await reference.members(index, null),
    indices: await reference.indices(),
  }));
  const spans = members.map((member) => ({ member, ...spanOf(member) }));
  const within = spans.filter((span) => span.from <= last && span.until > first);
  if (within.length === 0) {
    const there = indices.length === 0 ? 'none' : indices.join(', ');
    return refuse({
      code: 'run.universe',
      detail: `No members of ${index} are known in the period. Indices with members: ${there}. Load them by plimsoll etl.`,
    });
  }
  const missing = new Set<string>();
  const found = within.flatMap(({ member, from: joined, until }) => {
    const one = findNamed(known, member.symbol);
    if (!one.ok) missing.add(member.symbol);
    return one.ok ? [{ ...one.value, member: { from: joined, until } }] : [];
  });
  if (found.length === 0) {
    return refuse({
      code: 'run.universe',
      detail: `None of the ${within.length} members of ${index} is an instrument of the record. Import their prices first.`,
    });
  }
  return ok({ chosen: withIds(found), notes: indexNotes(index, within.length, [...missing]) });
}

function spanOf({ from, until }: IndexMember): { from: DayNumber; until: DayNumber } {
  return {
    from: dayNumber(from),
    until: until === null ? Number.POSITIVE_INFINITY : dayNumber(until),
  };
}

function indexNotes(index: string, count: number, missing: readonly string[]): readonly string[] {
  const notes = [
    `Instruments are there while they are members of ${index}, as the record has it; what is held when one leaves is sold at its last close.`,
  ];
  if (missing.length === 0) return notes;
  const named = missing.slice(0, 10).join(', ');
  const more = missing.length > 10 ? ` and ${missing.length - 10} more` : '';
  return [
    ...notes,
    `${missing.length} of ${count} members have no prices in the record (${named}${more}): results are better than they were to be had where these did badly.`,
  ];
}

/** Labels, made unique by their venue and then by a number. */
function withIds(found: readonly Omit<Chosen, 'id'>[]): readonly Chosen[] {
  const taken = new Set<string>();
  return found.map((one) => {
    const label = instrumentLabel(one.instrument);
    const atVenue = `${label}@${one.instrument.mic ?? one.instrument.currency}`;
    let id = [label, atVenue].find((name) => !taken.has(name));
    for (let number = 2; id === undefined; number++) {
      if (!taken.has(`${atVenue} ${number}`)) id = `${atVenue} ${number}`;
    }
    taken.add(id);
    return { ...one, id };
  });
}
