import { setImmediate } from 'node:timers/promises';
import {
  canonicalJson,
  type Day,
  dayFromNumber,
  dayNumber,
  invariant,
  type Json,
} from '@plimsoll/kernel';
import {
  type DailyBars,
  marketWorkspace,
  type PriceCoverage,
  type PriceSeries,
  type PriceStore,
  type QuarantinedPrice,
} from '@plimsoll/ports';
import { bytes, integer, text } from '../cells.ts';
import type { Row } from '../session.ts';
import type { WorkspaceSession } from '../workspace-session.ts';
import {
  columnBytes,
  daysColumn,
  floatsColumn,
  joinBars,
  mergeBars,
  mergeCloses,
  scaleBars,
  sliceBars,
  yearOf,
} from './price-columns.ts';

/** Instruments whose closes are asked for at once: a few milliseconds to receive. */
const seriesPerQuery = 25;

/** Daily prices as column blocks of one instrument and year, in SQL. */
export function priceStore(unit: WorkspaceSession): PriceStore {
  return {
    merge: (instrumentId, bars, source) => merge(unit, instrumentId, bars, source),
    closes: (instrumentIds, knownAt) => linkedCloses(unit, instrumentIds, knownAt ?? null),
    bars: (instrumentId, from, until, knownAt) =>
      linkedBars(unit, instrumentId, { from, until, knownAt: knownAt ?? null }),
    version: async () => {
      const [row] = await unit.session.query(
        'SELECT price_version, market_price_version() FROM workspace_head WHERE workspace_id = $1',
        [unit.workspaceId],
      );
      return integer(row?.[0]) + integer(row?.[1]);
    },
    quarantine: (rows) => quarantine(unit, rows),
    quarantined: () => quarantined(unit),
    coverage: () => coverage(unit),
  };
}

interface Block {
  readonly year: number;
  readonly version: number;
  readonly source: string;
  readonly bars: DailyBars;
}

async function merge(
  unit: WorkspaceSession,
  instrumentId: string,
  later: DailyBars,
  source: string,
): Promise<{ readonly added: number; readonly changed: number }> {
  const total = { added: 0, changed: 0 };
  if (later.days.length === 0) return total;
  requireRising(later, instrumentId);
  const years = byYear(later);
  const earlier = await blocks(unit, instrumentId, {
    first: Math.min(...years.keys()),
    last: Math.max(...years.keys()),
    knownAt: null,
  });
  for (const [year, bars] of years) {
    const block = earlier.get(year);
    const merged = mergeBars(block?.bars ?? sliceBars(bars, 0, 0), bars);
    if (merged.added + merged.changed === 0) continue;
    const sources = merged.kept > 0 && block ? joinSources([block.source, source]) : source;
    const version = (block?.version ?? 0) + 1;
    await insertBlock(unit, instrumentId, { year, version, source: sources, bars: merged.bars });
    total.added += merged.added;
    total.changed += merged.changed;
  }
  if (total.added + total.changed > 0) await changed(unit);
  return total;
}

function requireRising({ days }: DailyBars, instrumentId: string): void {
  for (let i = 1; i < days.length; i++) {
    const [before, day] = [days[i - 1] ?? 0, days[i] ?? 0];
    invariant(before < day, `Bars of ${instrumentId}: day ${day} stands after day ${before}`);
  }
}

/** `csv:a.csv, by hand`: each source once, in the order they came. */
const joinSources = (sources: readonly string[]): string =>
  [...new Set(sources.flatMap((source) => source.split(', ')))].join(', ');

function byYear(bars: DailyBars): ReadonlyMap<number, DailyBars> {
  const years = new Map<number, DailyBars>();
  let start = 0;
  for (let i = 1; i <= bars.days.length; i++) {
    const year = yearOf(bars.days[start] ?? 0);
    if (i < bars.days.length && yearOf(bars.days[i] ?? 0) === year) continue;
    years.set(year, sliceBars(bars, start, i));
    start = i;
  }
  return years;
}

interface Years {
  readonly first: number;
  readonly last: number;
  readonly knownAt: string | null;
}

/** The blocks that hold or held at an instant, of the years from `first` to `last`. */
async function blocks(
  { session, workspaceId }: WorkspaceSession,
  instrumentId: string,
  { first, last, knownAt }: Years,
): Promise<ReadonlyMap<number, Block>> {
  const rows = await session.query(
    `SELECT DISTINCT ON (year) year, version, source, days, open, high, low, close, adjusted_close, volume
     FROM price_block
     WHERE workspace_id = $1 AND instrument_id = $2 AND year BETWEEN $3 AND $4
       AND ($5::timestamptz IS NULL OR recorded_at <= $5)
     ORDER BY year, version DESC`,
    [workspaceId, instrumentId, first, last, knownAt],
  );
  return new Map(rows.map(readBlock).map((block) => [block.year, block]));
}

function readBlock(row: Row): Block {
  const [year, version, source, days, open, high, low, close, adjustedClose, volume] = row;
  return {
    year: integer(year),
    version: integer(version),
    source: text(source),
    bars: {
      days: daysColumn(bytes(days)),
      open: floatsColumn(bytes(open)),
      high: floatsColumn(bytes(high)),
      low: floatsColumn(bytes(low)),
      close: floatsColumn(bytes(close)),
      adjustedClose: floatsColumn(bytes(adjustedClose)),
      volume: floatsColumn(bytes(volume)),
    },
  };
}

async function insertBlock(
  { session, workspaceId, clock }: WorkspaceSession,
  instrumentId: string,
  { year, version, source, bars }: Block,
): Promise<void> {
  const columns = [
    bars.days,
    bars.open,
    bars.high,
    bars.low,
    bars.close,
    bars.adjustedClose,
    bars.volume,
  ];
  await session.query(
    `INSERT INTO price_block (workspace_id, instrument_id, year, version, source, recorded_at, count,
       first_day, last_day, days, open, high, low, close, adjusted_close, volume)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      workspaceId,
      instrumentId,
      year,
      version,
      source,
      clock.now(),
      bars.days.length,
      bars.days[0] ?? 0,
      bars.days.at(-1) ?? 0,
      ...columns.map(columnBytes),
    ],
  );
}

async function changed({ session, workspaceId }: WorkspaceSession): Promise<void> {
  await session.query(
    'UPDATE workspace_head SET price_version = price_version + 1 WHERE workspace_id = $1',
    [workspaceId],
  );
}

/** Own closes, and on the other days those of the listing that an instrument is linked to. */
async function linkedCloses(
  unit: WorkspaceSession,
  instrumentIds: readonly string[],
  knownAt: string | null,
): Promise<readonly PriceSeries[]> {
  const own = await closes(unit, instrumentIds, knownAt);
  const links = await listingLinks(unit, instrumentIds);
  if (links.length === 0) return own;
  const listed = await closes(
    { ...unit, workspaceId: marketWorkspace },
    [...new Set(links.map(({ listingId }) => listingId))],
    knownAt,
  );
  const byListing = new Map(listed.map((series) => [series.instrumentId, series]));
  const series = new Map(own.map((one) => [one.instrumentId, one]));
  for (const { instrumentId, listingId, factor } of links) {
    const listing = byListing.get(listingId);
    if (listing === undefined) continue;
    const joined = joinCloses(series.get(instrumentId), listing, factor);
    series.set(instrumentId, { instrumentId, ...joined });
  }
  return [...series.values()];
}

function joinCloses(
  own: PriceSeries | undefined,
  listing: PriceSeries,
  factor: number,
): Omit<PriceSeries, 'instrumentId'> {
  const scaled = {
    days: listing.days,
    close: factor === 1 ? listing.close : listing.close.map((close) => close * factor),
  };
  if (own === undefined) return { ...scaled, source: listing.source };
  const { days, close } = mergeCloses(scaled, own);
  return { days, close, source: joinSources([own.source, listing.source]) };
}

interface ListingLink {
  readonly instrumentId: string;
  readonly listingId: string;
  /** Prices of the listing × factor are prices in the instrument's own unit. */
  readonly factor: number;
}

async function listingLinks(
  { session, workspaceId }: WorkspaceSession,
  instrumentIds: readonly string[],
): Promise<readonly ListingLink[]> {
  const rows = await session.query(
    `SELECT l.instrument_id, l.listing_id, m.price_factor / i.price_factor
     FROM instrument_link l
     JOIN instrument i ON i.workspace_id = l.workspace_id AND i.id = l.instrument_id
     JOIN instrument m ON m.workspace_id = $3 AND m.id = l.listing_id AND m.currency = i.currency
     WHERE l.workspace_id = $1 AND l.instrument_id = ANY($2::text[])`,
    [workspaceId, instrumentIds, marketWorkspace],
  );
  return rows.map(([instrumentId, listingId, factor]) => ({
    instrumentId: text(instrumentId),
    listingId: text(listingId),
    factor: Number(text(factor)),
  }));
}

async function closes(
  { session, workspaceId }: WorkspaceSession,
  instrumentIds: readonly string[],
  knownAt: string | null,
): Promise<readonly PriceSeries[]> {
  const series: PriceSeries[] = [];
  for (let start = 0; start < instrumentIds.length; start += seriesPerQuery) {
    const rows = await session.query(
      `SELECT instrument_id, string_agg(days, ''::bytea ORDER BY year),
         string_agg(close, ''::bytea ORDER BY year), string_agg(source, ', ' ORDER BY year)
       FROM (
         SELECT DISTINCT ON (instrument_id, year) instrument_id, year, days, close, source
         FROM price_block WHERE workspace_id = $1 AND instrument_id = ANY($2::text[])
           AND ($3::timestamptz IS NULL OR recorded_at <= $3)
         ORDER BY instrument_id, year, version DESC
       ) AS held GROUP BY instrument_id`,
      [workspaceId, instrumentIds.slice(start, start + seriesPerQuery), knownAt],
    );
    for (const row of rows) series.push(readSeries(row));
    await setImmediate();
  }
  return series;
}

function readSeries([instrumentId, days, close, source]: Row): PriceSeries {
  return {
    instrumentId: text(instrumentId),
    days: daysColumn(bytes(days)),
    close: floatsColumn(bytes(close)),
    source: joinSources([text(source)]),
  };
}

interface BarRange {
  readonly from: Day;
  readonly until: Day;
  readonly knownAt: string | null;
}

async function linkedBars(
  unit: WorkspaceSession,
  instrumentId: string,
  range: BarRange,
): Promise<DailyBars> {
  const own = await bars(unit, instrumentId, range);
  const [link] = await listingLinks(unit, [instrumentId]);
  if (link === undefined) return own;
  const market = { ...unit, workspaceId: marketWorkspace };
  const listing = await bars(market, link.listingId, range);
  return mergeBars(scaleBars(listing, link.factor), own).bars;
}

async function bars(
  unit: WorkspaceSession,
  instrumentId: string,
  { from, until, knownAt }: BarRange,
): Promise<DailyBars> {
  const [first, last] = [dayNumber(from), dayNumber(until)];
  const years = { first: yearOf(first), last: yearOf(last), knownAt };
  const held = await blocks(unit, instrumentId, years);
  const all = joinBars([...held.values()].map((block) => block.bars));
  return sliceBars(all, firstFrom(all.days, first), firstFrom(all.days, last));
}

/** Index of the first day that is `day` or later. */
function firstFrom(days: Int32Array, day: number): number {
  const index = days.findIndex((candidate) => candidate >= day);
  return index === -1 ? days.length : index;
}

async function quarantine(
  { session, workspaceId, clock }: WorkspaceSession,
  rows: readonly QuarantinedPrice[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = rows.map((row) => ({ ...row, bar: canonicalJson(row.row) }));
  await session.query(
    `INSERT INTO price_quarantine (workspace_id, instrument_id, day, source, reason, bar, recorded_at)
     SELECT $1, "instrumentId", day, source, reason, bar, $3
     FROM json_to_recordset($2::json) AS q ("instrumentId" text, day text, source text, reason text, bar text)
     ON CONFLICT DO NOTHING`,
    [workspaceId, JSON.stringify(columns), clock.now()],
  );
}

async function quarantined({
  session,
  workspaceId,
}: WorkspaceSession): Promise<readonly QuarantinedPrice[]> {
  const rows = await session.query(
    `SELECT instrument_id, day, source, reason, bar FROM price_quarantine
     WHERE workspace_id = $1 ORDER BY position`,
    [workspaceId],
  );
  return rows.map(([instrumentId, day, source, reason, bar]) => ({
    instrumentId: text(instrumentId),
    day: text(day),
    source: text(source),
    reason: text(reason),
    row: JSON.parse(text(bar)) as Json,
  }));
}

/** Of what is linked as well: the days that are covered from either side. */
async function coverage(unit: WorkspaceSession): Promise<readonly PriceCoverage[]> {
  const own = await ownCoverage(unit);
  const linked = await unit.session.query(
    'SELECT instrument_id FROM instrument_link WHERE workspace_id = $1 AND listing_id IS NOT NULL',
    [unit.workspaceId],
  );
  if (linked.length === 0) return own;
  const covered = new Map(own.map((one) => [one.instrumentId, one]));
  const ids = linked.map(([id]) => text(id));
  for (const { instrumentId, days, source } of await linkedCloses(unit, ids, null)) {
    const [first, last] = [days[0], days.at(-1)];
    if (first === undefined || last === undefined) continue;
    const range = { first: dayFromNumber(first), last: dayFromNumber(last) };
    covered.set(instrumentId, { instrumentId, ...range, count: days.length, source });
  }
  return [...covered.values()].sort((a, b) => (a.instrumentId < b.instrumentId ? -1 : 1));
}

async function ownCoverage({
  session,
  workspaceId,
}: WorkspaceSession): Promise<readonly PriceCoverage[]> {
  const rows = await session.query(
    `SELECT instrument_id, min(first_day), max(last_day), sum(count)::bigint,
       string_agg(source, ', ' ORDER BY year)
     FROM (
       SELECT DISTINCT ON (instrument_id, year) instrument_id, year, first_day, last_day, count, source
       FROM price_block WHERE workspace_id = $1 ORDER BY instrument_id, year, version DESC
     ) AS held GROUP BY instrument_id ORDER BY instrument_id COLLATE "C"`,
    [workspaceId],
  );
  return rows.map(([instrumentId, first, last, count, source]) => ({
    instrumentId: text(instrumentId),
    first: dayFromNumber(integer(first)),
    last: dayFromNumber(integer(last)),
    count: integer(count),
    source: joinSources([text(source)]),
  }));
}
