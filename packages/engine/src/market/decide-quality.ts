import { dayNumber, type Json, ok, type Result } from '@plimsoll/kernel';
import type { DailyBars, QualityDecision, QualityItem, UnitOfWork } from '@plimsoll/ports';
import { type EngineFault, fault } from '../engine-fault.ts';
import { barOfRow, columnsOf } from './bar-rows.ts';
import { dayOfRow } from './quality-findings.ts';

/** What somebody decided, and who. */
export interface Wanted {
  readonly decision: QualityDecision;
  readonly reason: string;
  readonly actor: string;
}

type Outcome<T> = Promise<Result<T, EngineFault>>;

/** Which decisions a finding of each kind takes. */
const allowed: Readonly<Record<QualityItem['kind'], readonly QualityDecision[]>> = {
  row: ['released', 'rejected', 'reopened'],
  repair: ['undone', 'seen', 'reopened'],
  note: ['released', 'seen', 'reopened'],
};

/** Notes that keep an answer out until somebody wants it after all. */
const holding: ReadonlySet<string> = new Set(['history-rewritten', 'sources-disagree']);

/** Decides on a finding in its own workspace, and does to the prices what follows from it. */
export async function decideQuality(
  unit: UnitOfWork,
  newId: () => string,
  item: QualityItem,
  wanted: Wanted,
): Outcome<QualityItem> {
  const { decision, reason, actor } = wanted;
  const isHeld = item.kind !== 'note' || holding.has(item.code);
  if (!allowed[item.kind].includes(decision) || (decision === 'released' && !isHeld)) {
    const choices = allowed[item.kind].filter((one) => one !== 'released' || isHeld).join(', ');
    return fault('market.refused', `"${decision}" does not go with a ${item.kind}: ${choices}.`);
  }
  const bars = await barsFor(unit, item, wanted);
  if (!bars.ok) return bars;
  if (bars.value !== null) {
    const source = decision === 'undone' ? item.source : `released by ${actor}`;
    await unit.prices.merge(item.instrumentId, bars.value, source);
    const payload = { instrumentIds: [item.instrumentId] };
    await unit.outbox.add([{ id: newId(), type: 'prices.changed', payload }]);
  }
  await unit.quality.decide(item.id, decision, reason, actor);
  const decided = await unit.quality.find(item.id);
  return ok(decided ?? item);
}

/** The prices that a decision puts in force; null where it puts none. */
async function barsFor(
  unit: UnitOfWork,
  item: QualityItem,
  { decision }: Wanted,
): Outcome<DailyBars | null> {
  if (item.kind === 'row' && item.state === 'released' && decision !== 'released') {
    const mend = `Enter the price that holds: plimsoll prices set INSTRUMENT ${item.day} PRICE.`;
    return fault('market.refused', `The row of ${item.day} was released and is in force. ${mend}`);
  }
  if (item.kind === 'row' && decision === 'released') return releasedRow(item);
  if (item.kind === 'repair' && decision === 'undone') return rowsAsGiven(unit, item);
  return ok(null);
}

function releasedRow({ day, evidence }: QualityItem): Result<DailyBars, EngineFault> {
  const number = dayOfRow(day);
  const bar = number === null ? null : barOfRow(number, evidence);
  if (bar !== null) return ok(bar);
  return fault(
    'market.refused',
    `The row of "${day}" has no day and close that can be taken. Enter the price by hand, or reject the row.`,
  );
}

/** The provider's own figures in place of the mended ones, where the evidence has them. */
async function rowsAsGiven(unit: UnitOfWork, item: QualityItem): Outcome<DailyBars | null> {
  const evidence = item.evidence as {
    readonly from: string;
    readonly until: string;
    readonly fields: readonly string[];
    readonly given: Readonly<Record<string, Json>> | null;
  };
  // A stretch too long to keep is fetched again: the next back-fill leaves it as it is given.
  if (evidence.given === null) return ok(null);
  const held = await unit.prices.bars(item.instrumentId, evidence.from, evidence.until);
  const given = new Map<number, DailyBars>();
  for (const [day, row] of Object.entries(evidence.given)) {
    const bar = barOfRow(dayNumber(day), row);
    if (bar === null && evidence.fields.includes('close')) {
      return fault('market.refused', `The provider's own row of ${day} has no price.`);
    }
    if (bar !== null) given.set(dayNumber(day), bar);
  }
  const columns = columnsOf((field) =>
    held[field].map((value, row) => {
      const own = given.get(held.days[row] ?? 0)?.[field][0];
      return evidence.fields.includes(field) && own !== undefined ? own : value;
    }),
  );
  return ok({ days: held.days, ...columns });
}
