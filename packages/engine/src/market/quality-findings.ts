import { createHash } from 'node:crypto';
import type { PriceRepair } from '@plimsoll/domain';
import { type Day, type DayNumber, dayFromNumber, dayNumber, type Json } from '@plimsoll/kernel';
import type { DailyBars, QualityFinding, QuarantinedPrice } from '@plimsoll/ports';
import { rowJson } from './bar-rows.ts';
import { type ToTake, within } from './to-take.ts';

/** A bar that is kept out of valuation, with its figures. */
export const keptBack = (
  { listing, source }: ToTake,
  bars: DailyBars,
  row: number,
  reason: string,
): QuarantinedPrice => ({
  instrumentId: listing.id,
  day: dayFromNumber(bars.days[row] ?? 0),
  source,
  reason,
  row: rowJson(bars, row),
});

/** Rows that the provider's reader could not take. */
export const rejectedRows = ({ listing, source, history }: ToTake): QuarantinedPrice[] =>
  history.rejected.map(({ day, reason, row }) => ({
    instrumentId: listing.id,
    day,
    source,
    reason,
    row: row ?? null,
  }));

/** A repair of the same mistake, made again, is the same. */
export const repairId = (
  { listing, source }: Pick<ToTake, 'listing' | 'source'>,
  { code, day }: PriceRepair,
): string => idOf('repair', [listing.id, source, code, dayFromNumber(day)]);

/** A repair with its evidence: the figures before and after, and the rows as they were given. */
export function repairFinding(
  given: Pick<ToTake, 'listing' | 'source'>,
  repair: PriceRepair,
  raw: DailyBars,
): QualityFinding {
  const { code, day, why, fields, from, until } = repair;
  const number = (value: number): Json => (Number.isFinite(value) ? value : null);
  return {
    id: repairId(given, repair),
    kind: 'repair',
    instrumentId: given.listing.id,
    day: dayFromNumber(day),
    source: given.source,
    code,
    detail: why,
    evidence: {
      from: dayFromNumber(from),
      until: dayFromNumber(until),
      rows: repair.rows,
      fields: [...fields],
      before: number(repair.before),
      after: number(repair.after),
      factor: number(repair.factor),
      certainty: number(repair.certainty),
      given: rowsAsGiven(raw, from, until),
    },
  };
}

/** Longest stretch whose rows are kept as they were given. */
const mostGiven = 260;

/** The rows of a repair before it, by day, so that it can be undone; null where they are too many. */
function rowsAsGiven(raw: DailyBars, from: DayNumber, until: DayNumber): Json {
  const rows = [...raw.days.keys()].filter((row) => within(raw.days[row] ?? 0, from, until));
  if (rows.length > mostGiven) return null;
  return Object.fromEntries(
    rows.map((row) => [dayFromNumber(raw.days[row] ?? 0), rowJson(raw, row)]),
  ) as Json;
}

/** A note of this listing; one of the same kind and day is the same. */
export function noteOf(
  { listing, source }: Pick<ToTake, 'listing' | 'source'>,
  code: string,
  day: DayNumber,
  detail: string,
): QualityFinding {
  const on: Day = dayFromNumber(day);
  return {
    id: idOf('note', [listing.id, source, code, code === 'provider-note' ? detail : on]),
    kind: 'note',
    instrumentId: listing.id,
    day: on,
    source,
    code,
    detail,
    evidence: null,
  };
}

const idOf = (kind: 'repair' | 'note', parts: readonly string[]): string =>
  `${kind}:${createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32)}`;

/** Day number of a kept row; null where its day is none. */
export const dayOfRow = (day: string): DayNumber | null =>
  /^\d{4}-\d{2}-\d{2}$/.test(day) ? dayNumber(day) : null;

/** The close of a kept row; undefined where it has none. */
export const closeOf = (evidence: Json): Json | undefined =>
  evidence !== null && typeof evidence === 'object' && !Array.isArray(evidence)
    ? (evidence as Readonly<Record<string, Json>>)['close']
    : undefined;
