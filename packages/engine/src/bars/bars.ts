import { barDays, calendarFor, type Instrument, instrumentLabel } from '@plimsoll/domain';
import { ok, type Result } from '@plimsoll/kernel';
import { actionsKnown, actionsShown, recordedSplits } from '../actions/actions-shown.ts';
import type { EngineContext } from '../engine-context.ts';
import { type EngineFault, fault } from '../engine-fault.ts';
import type { LedgerView } from '../ledger/ledger-view.ts';
import { adjustBars, type PriceAdjustment } from './adjust-bars.ts';
import type { BarParts } from './bar-parts.ts';
import type { BarsQuery, BarsView, BarUseCases, Column } from './bar-use-cases.ts';
import { barsWithin } from './bars-within.ts';
import { dailyPrices, dayOfMoment, timedBars } from './daily-bars.ts';
import { importBars } from './import-bars.ts';
import { type FoundBars, frameFor, intradayBars, storedBars } from './intraday-bars.ts';
import { keptOrRefused, withBars } from './with-bars.ts';

/** Bars of any length, daily ones from the prices and shorter ones from their files. */
export function barUseCases(parts: BarParts): BarUseCases {
  const { context, look } = parts;
  return {
    bars: (workspace, query) =>
      look(workspace, (view) => keptOrRefused(() => bars(context, view, query))),
    barCoverage: (workspace) =>
      look(workspace, (view) =>
        withBars(context, async (store) =>
          ok(
            (await store.coverage(workspace)).map((one) => ({
              ...one,
              label: labelOf(view.instruments.get(one.instrumentId), one.instrumentId),
            })),
          ),
        ),
      ),
    importBars: (workspace, files, request, options) =>
      importBars(parts, workspace, { files, request, options }),
    compactBars: (workspace) =>
      look(workspace, () =>
        withBars(context, async (store) =>
          ok(await store.compact(workspace, new AbortController().signal)),
        ),
      ),
  };
}

const labelOf = (instrument: Instrument | undefined, id: string): string =>
  instrument ? instrumentLabel(instrument) : id;

async function bars(
  context: EngineContext,
  view: LedgerView,
  query: BarsQuery,
): Promise<Result<BarsView, EngineFault>> {
  const instrument = view.instruments.get(query.instrument);
  if (instrument === undefined) {
    return fault('instrument.unknown', `There is no instrument "${query.instrument}".`);
  }
  const { from = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = query;
  if (from >= until) return fault('request.invalid', 'The range ends before it begins.');
  const found = await findBars(context, view, instrument, query);
  const inRange = barsWithin(found.bars, { from, until });
  const shown = { ...found, bars: barsWithin(inRange, { from, until }, query.limit) };
  const more = shown.bars.from.length < inRange.from.length;
  const adjusted =
    query.adjust === 'none' || shown.bars.from.length === 0
      ? shown
      : await adjust(context, view, instrument, { ...query, ...shown, adjust: query.adjust });
  return ok({ ...viewOf(instrument, query, adjusted), more });
}

/** Daily bars are the daily prices where there are any; all else is in files. */
async function findBars(
  { store, bars: barStore }: EngineContext,
  view: LedgerView,
  instrument: Instrument,
  query: BarsQuery,
): Promise<FoundBars> {
  const { workspaceId } = view;
  if (query.timeframe === '1d') {
    const daily = await store.read(workspaceId, async (unit) => ({
      bars: await dailyPrices(
        unit,
        instrument.id,
        dayOfMoment(query.from ?? Number.NEGATIVE_INFINITY),
      ),
      source: (await unit.prices.coverage()).find((one) => one.instrumentId === instrument.id)
        ?.source,
    }));
    if (daily.source !== undefined) {
      return { bars: timedBars(daily.bars), source: daily.source, notes: [] };
    }
  }
  const stored = barStore && (await storedBars(store, workspaceId, instrument.id));
  const frame = stored && frameFor(stored.files, query.timeframe);
  if (!stored || !frame) {
    return { bars: timedBars(noBars), source: '', notes: ['There are no bars.'] };
  }
  return intradayBars(barStore, stored, instrument, { ...query, frame });
}

const none = new Float64Array(0);
const noBars = {
  days: new Int32Array(0),
  open: none,
  high: none,
  low: none,
  close: none,
  adjustedClose: none,
  volume: none,
};

async function adjust(
  { store }: EngineContext,
  view: LedgerView,
  instrument: Instrument,
  found: FoundBars & Pick<BarsQuery, 'timeframe'> & { readonly adjust: PriceAdjustment },
): Promise<FoundBars> {
  const dayOf = barDays(found.bars.from, found.timeframe, calendarFor(instrument));
  const first = dayOf[0] as number;
  const { closes, actions } = await store.read(view.workspaceId, async (unit) => {
    const prices = await dailyPrices(unit, instrument.id, first);
    const known = await actionsKnown(unit, instrument);
    const recorded = recordedSplits(view, instrument);
    return { closes: prices, actions: actionsShown(instrument, prices, known, recorded) };
  });
  const notes = [...found.notes];
  if (actions.length === 0) notes.push('No corporate action is known, so nothing is adjusted.');
  if (found.adjust === 'total-return' && closes.days.length === 0) {
    notes.push('Without daily prices only splits are undone, not what was paid.');
  }
  return { ...found, notes, bars: adjustBars({ ...found, dayOf }, closes, actions) };
}

function viewOf(
  instrument: Instrument,
  query: BarsQuery,
  { bars, source, notes }: FoundBars,
): Omit<BarsView, 'more'> {
  const column = (values: Float64Array): Column =>
    Array.from(values, (value) => (Number.isFinite(value) ? value : null));
  return {
    instrumentId: instrument.id,
    label: instrumentLabel(instrument),
    currency: instrument.currency,
    timeframe: query.timeframe,
    adjust: query.adjust,
    from: [...bars.from],
    open: column(bars.open),
    high: column(bars.high),
    low: column(bars.low),
    close: column(bars.close),
    volume: column(bars.volume),
    source,
    notes: [...notes],
  };
}
