import { gateBars, type PriceRepair, type QualityNote } from '@plimsoll/domain';
import type { DayNumber } from '@plimsoll/kernel';
import type { DailyBars, QualityFinding, QuarantinedPrice } from '@plimsoll/ports';
import { type barFields, columnsOf, joinRows, rowsWhere } from './bar-rows.ts';
import { priceActions } from './market-actions.ts';
import { keptBack, noteOf, repairFinding, repairId } from './quality-findings.ts';
import { type SplitDay, toAdjusted, toTraded } from './split-basis.ts';
import { isAdjusted, type ToTake, within } from './to-take.ts';

/** Neighbours from before the range that the quality gate is shown. */
const neighbours = 60;

/** What of a provider's answer stands, as far as it can be told without what is known. */
export interface GatedHistory {
  /** As traded. */
  readonly bars: DailyBars;
  readonly quarantined: readonly QuarantinedPrice[];
  readonly findings: readonly QualityFinding[];
  /** Days from which on the level may be another one. */
  readonly doubtfulFrom: readonly { readonly day: DayNumber; readonly detail: string }[];
  /** What became of dividends, by day; null where there were none. */
  readonly dividends: ReadonlyMap<DayNumber, number> | null;
}

/**
 * Puts a provider's bars through the quality gate on the provider's own basis, with known days as
 * neighbours, and turns what is accepted into prices as traded.
 */
export function gateHistory(
  given: ToTake,
  fitted: DailyBars,
  splits: readonly SplitDay[],
): GatedHistory {
  const { history, known, from, until } = given;
  const inRange = rowsWhere(fitted, (row) => within(fitted.days[row] ?? 0, from, until));
  const first = inRange.days.length > 0 ? Math.min(...ends(inRange.days)) : from;
  const before = rowsWhere(known, (row) => (known.days[row] ?? 0) < first);
  const latest = rowsWhere(before, (row) => row >= before.days.length - neighbours);
  const context = isAdjusted(history) ? toAdjusted(latest, splits) : latest;
  const all = joinRows(context, inRange);
  const told = priceActions(given.listing, splits, history.actions);
  const { accepted, actions, repairs, quarantined, notes } = gateBars(all, told, {
    kind: given.listing.kind,
    currency: given.listing.currency,
    tradingDays: given.tradingDays,
    interval: 'day',
    prices: isAdjusted(history) ? 'split-adjusted' : 'as-traded',
  });
  const traded = (bars: DailyBars) => (isAdjusted(history) ? toTraded(bars, splits) : bars);
  const raw = traded(inRange);
  const ofRange = ({ day }: { readonly day: DayNumber }) => day >= first;
  const mended = repairs.filter(ofRange);
  const coming = traded(rowsWhere(accepted, (row) => (accepted.days[row] ?? 0) >= first));
  const asked = notes.filter(ofRange);
  const rows = quarantined.filter(({ index }) => index >= context.days.length);
  const ahead = rowsWhere(fitted, (row) => (fitted.days[row] ?? 0) >= until);
  const dividends = actions.flatMap((one) =>
    one.kind === 'dividend' ? [[one.day, one.amount] as const] : [],
  );
  return {
    bars: withoutUndone(given, coming, raw, mended),
    quarantined: [
      ...rows.map(({ index, reason }) => keptBack(given, raw, index - context.days.length, reason)),
      ...[...ahead.days.keys()].map((row) =>
        keptBack(given, ahead, row, 'The day lies ahead: it has no close yet.'),
      ),
    ],
    findings: [
      ...mended.map((repair) => repairFinding(given, repair, raw)),
      ...asked.map(({ kind, day, detail }) => noteOf(given, kind, day, detail)),
      ...(history.notes ?? []).map((detail) => noteOf(given, 'provider-note', given.until, detail)),
    ],
    doubtfulFrom: asked.filter(isDoubtful),
    dividends: told.some(({ kind }) => kind === 'dividend') ? new Map(dividends) : null,
  };
}

/** First and last, in whatever order they stand. */
const ends = (days: Int32Array): readonly number[] => {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const day of days) {
    low = Math.min(low, day);
    high = Math.max(high, day);
  }
  return [low, high];
};

const isDoubtful = ({ kind }: QualityNote): boolean =>
  kind === 'suspect-split' || kind === 'suspect-unit-change';

/** The provider's own rows where somebody wants them rather than what the gate made of them. */
function withoutUndone(
  given: ToTake,
  mended: DailyBars,
  raw: DailyBars,
  repairs: readonly PriceRepair[],
): DailyBars {
  const undone = new Set(
    given.decided.filter(({ state }) => state === 'undone').map(({ id }) => id),
  );
  const taken = repairs.filter((repair) => undone.has(repairId(given, repair)));
  if (taken.length === 0) return mended;
  const rawRow = new Map([...raw.days].map((day, row) => [day, row]));
  const asGiven = (field: (typeof barFields)[number]): Float64Array =>
    mended[field].map((value, row) => {
      const day = mended.days[row] ?? 0;
      const isUndone = taken.some(
        ({ fields, from, until }) => fields.includes(field) && within(day, from, until),
      );
      return isUndone ? (raw[field][rawRow.get(day) ?? -1] ?? value) : value;
    });
  return { ...mended, ...columnsOf(asGiven) };
}
