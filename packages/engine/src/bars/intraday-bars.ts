import {
  calendarFor,
  type Instrument,
  resample,
  type TimedBars,
  type Timeframe,
  timeframeMs,
  timeframes,
} from '@plimsoll/domain';
import { type BarFile, type BarStore, marketWorkspace, type Store } from '@plimsoll/ports';
import type { BarsQuery } from './bar-use-cases.ts';

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
    listingId: (await unit.links.links()).find((link) => link.instrumentId === instrumentId)
      ?.listingId,
  }));
  if (files.length > 0) return { workspaceId, instrumentId, files };
  if (!listingId) return null;
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
  readonly more: boolean;
  readonly notes: readonly string[];
}

/** Markets are closed most of the time: a week of 168 hours has as few as 25 hours of trading. */
const closedShare = 7;

/** Bars of a frame from the files of that frame, or from finer ones. */
export async function intradayBars(
  bars: BarStore,
  { workspaceId, instrumentId, files }: StoredBars,
  instrument: Instrument,
  query: BarsQuery & { readonly frame: Timeframe },
): Promise<FoundBars> {
  const { frame, timeframe, limit } = query;
  const own = files.filter((file) => file.timeframe === frame);
  const [first, last] = [
    Math.min(...own.map((file) => file.first)),
    Math.max(...own.map((file) => file.last)),
  ];
  const until = Math.min(query.until ?? Number.POSITIVE_INFINITY, last + 1);
  // Without a beginning the newest are wanted, and not all of the past is read for them.
  const near = until - limit * timeframeMs[timeframe] * closedShare;
  const from = query.from ?? near;
  const read = await bars.read(workspaceId, instrumentId, { timeframe: frame, from, until });
  const calendar = calendarFor(instrument);
  const found = frame === timeframe ? null : resample(read, timeframe, calendar);
  const notes: string[] = [];
  if (found) notes.push(`Made from bars of ${frame}.`);
  if (found && found.outside > 0) {
    notes.push(`${found.outside} bars of ${frame} lie outside the sessions of ${calendar.name}.`);
  }
  return {
    bars: found?.bars ?? read,
    source: [...new Set(own.flatMap(({ source }) => source.split(', ')))].join(', '),
    more: query.from === undefined && first < from,
    notes,
  };
}
