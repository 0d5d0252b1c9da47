import {
  calendarFor,
  type Instrument,
  type Resampled,
  resample,
  type Stretch,
  type TimedBars,
  type Timeframe,
  timeframeMs,
  timeframes,
  wholeBars,
} from '@plimsoll/domain';
import { type BarFile, type BarStore, marketWorkspace, type Store } from '@plimsoll/ports';
import type { BarsQuery } from './bar-use-cases.ts';
import { barsWithin } from './bars-within.ts';

/** Where intraday bars of an instrument are: its own, or those of the listing that it is. */
export interface StoredBars {
  readonly workspaceId: string;
  readonly instrumentId: string;
  readonly files: readonly BarFile[];
}

/** Files of the instrument where it has any, else of its listing; null where neither has. */
export async function storedBars(
  store: Store,
  workspaceId: string,
  instrumentId: string,
): Promise<StoredBars | null> {
  const { files, listingId } = await store.read(workspaceId, async (unit) => ({
    files: await unit.barFiles.list([instrumentId], null),
    listingId: await unit.links.listingOf(instrumentId),
  }));
  if (files.length > 0) return { workspaceId, instrumentId, files };
  if (listingId === null) return null;
  const shared = await store.read(marketWorkspace, ({ barFiles }) =>
    barFiles.list([listingId], null),
  );
  if (shared.length === 0) return null;
  return { workspaceId: marketWorkspace, instrumentId: listingId, files: shared };
}

/** The frame asked for where there are bars of it, else the coarsest finer one; null where there is none. */
export function frameFor(files: readonly BarFile[], wanted: Timeframe): Timeframe | null {
  const there = new Set(files.map(({ timeframe }) => timeframe));
  const upTo = timeframes.slice(0, timeframes.indexOf(wanted) + 1);
  return upTo.findLast((frame) => there.has(frame)) ?? null;
}

export interface FoundBars {
  readonly bars: TimedBars;
  readonly source: string;
  readonly notes: readonly string[];
}

/**
 * Bars of a frame from the files of that frame, or from finer ones: those of the range that was asked
 * for, or its newest part with more than `limit` of them.
 */
export async function intradayBars(
  bars: BarStore,
  { workspaceId, instrumentId, files }: StoredBars,
  instrument: Instrument,
  query: BarsQuery & { readonly frame: Timeframe },
): Promise<FoundBars> {
  const { frame, timeframe } = query;
  const own = files.filter((file) => file.timeframe === frame);
  const calendar = calendarFor(instrument);
  const made = await newestBars(own, query, {
    whole: (range) => (frame === timeframe ? range : wholeBars(range, timeframe, calendar)),
    read: async (range) => {
      const read = await bars.read(workspaceId, instrumentId, { timeframe: frame, ...range });
      return frame === timeframe ? { bars: read, outside: 0 } : resample(read, timeframe, calendar);
    },
  });
  const notes: string[] = [];
  if (frame !== timeframe) notes.push(`Made from bars of ${frame}.`);
  if (made.outside > 0) {
    notes.push(`${made.outside} bars of ${frame} lie outside the sessions of ${calendar.name}.`);
  }
  const source = [...new Set(own.flatMap((file) => file.source.split(', ')))].join(', ');
  return { bars: made.bars, source, notes };
}

/** Markets are closed most of the time: a week of 168 hours has as few as 25 hours of trading. */
const closedShare = 7;

/**
 * Reads back from the newest bar of the range, each time twice as far, until there are more bars than
 * are wanted or all of the range is read: what is far in the past is not read for a few new ones.
 */
async function newestBars(
  files: readonly BarFile[],
  {
    from = Number.NEGATIVE_INFINITY,
    until = Number.POSITIVE_INFINITY,
    limit,
    timeframe,
  }: BarsQuery,
  {
    whole,
    read,
  }: { whole: (range: Stretch) => Stretch; read: (range: Stretch) => Promise<Resampled> },
): Promise<Resampled> {
  const all = whole({ from, until });
  const there = files.filter(({ first, last }) => first < all.until && last >= all.from);
  const oldest = Math.max(all.from, Math.min(...there.map(({ first }) => first)));
  const end = Math.min(all.until, Math.max(...there.map(({ last }) => last + 1)));
  for (let span = limit * timeframeMs[timeframe] * closedShare; ; span *= 2) {
    const reached = end - span <= oldest;
    const range = { from: reached ? from : end - span, until };
    const made = await read({ from: whole(range).from, until: end });
    const bars = barsWithin(made.bars, range);
    if (reached || bars.from.length > limit) return { ...made, bars };
  }
}
