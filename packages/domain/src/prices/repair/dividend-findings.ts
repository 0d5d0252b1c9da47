import { dayFromNumber } from '@plimsoll/kernel';
import type { DayView } from './day-view.ts';
import type { DividendEvent } from './dividend-event.ts';
import type { Hypothesis } from './dividend-hypotheses.ts';
import type { PriceRepairCode } from './price-repair.ts';
import { figure, percent, type WorkingBars } from './working-bars.ts';

/** What was found of an ex-day. */
export interface DividendFinding {
  readonly code: PriceRepairCode;
  /** What was paid in truth. */
  readonly after: number;
  /** What earlier adjusted closes are multiplied with; NaN where they are rebuilt. */
  readonly factor: number;
  readonly certainty: number;
  readonly why: string;
}

/** Keeps the evidence of a mended ex-day. */
export function recordDividend(
  work: WorkingBars,
  view: DayView,
  event: DividendEvent,
  finding: DividendFinding,
): void {
  const isAdjusted = finding.factor !== 1;
  const isRestated = finding.after !== event.amount;
  const basis = view.basis[event.place] as number;
  work.repairs.push({
    code: finding.code,
    day: event.day,
    from: isAdjusted ? (work.bars.days[0] as number) : event.day,
    until: isRestated ? event.day + 1 : event.day,
    rows: isAdjusted ? (view.firstRow[event.place] as number) : 0,
    fields: [
      ...(isRestated ? (['dividend'] as const) : []),
      ...(isAdjusted ? (['adjustedClose'] as const) : []),
    ],
    before: event.amount * basis,
    after: finding.after * basis,
    factor: finding.factor,
    why: finding.why,
    certainty: finding.certainty,
  });
}

/** What the mistake is called. */
export function codeOf({ error, adjustment }: Hypothesis): PriceRepairCode {
  if (error.name === 'pre-split' || error.name === 'too-big-pre-split') {
    return 'dividend-split-adjusted-wrongly';
  }
  if (error.name !== 'right') return 'dividend-unit-slip';
  if (adjustment === 'missing') return 'dividend-missing-from-adjusted';
  return adjustment === 'too-small' ? 'dividend-too-small' : 'dividend-too-big';
}

/** The figures that prove it, in a sentence. */
export function reasonOf(
  event: DividendEvent,
  { error, adjustment, yield: share }: Hypothesis,
): string {
  const stated = `${figure(event.amount)} is ${percent(event.yield)} of the close before, ${figure(event.closeBefore)}`;
  const fell = `the price fell by ${percent(event.falls[0])} where it usually moves by ${percent(event.spread)} a day`;
  const taken = Number.isNaN(event.adjustment)
    ? ''
    : `, and the adjusted closes took off ${percent(event.adjustment)}`;
  const truth =
    error.name === 'right'
      ? `the adjusted closes ${adjustedWrongly(adjustment)}`
      : `the dividend was ${figure(event.amount / error.statedTimes)}, ${percent(share)}`;
  return `${stated}; ${fell}${taken}: ${truth}.`;
}

function adjustedWrongly(adjustment: Hypothesis['adjustment']): string {
  if (adjustment === 'missing') return 'leave it out';
  return adjustment === 'impossible' ? 'cannot be' : 'have it in another unit';
}

/** Notes a dividend that was perhaps never paid. */
export function noteDoubt(work: WorkingBars, event: DividendEvent): void {
  work.notes.push({
    day: event.day,
    kind: 'dividend-doubtful',
    detail: `The dividend of ${dayFromNumber(event.day)}, ${figure(event.amount)}, is ${percent(event.yield)} of the close before, but the price fell by ${percent(event.falls[0])} and the adjusted closes took nothing off: was it paid?`,
  });
}

/** Notes a dividend that cannot be judged beside prices whose own unit is in doubt. */
export function noteUnsettled(work: WorkingBars, event: DividendEvent): void {
  work.notes.push({
    day: event.day,
    kind: 'dividend-doubtful',
    detail: `The dividend of ${dayFromNumber(event.day)}, ${figure(event.amount)}, is ${percent(event.yield)} of the close before, ${figure(event.closeBefore)}; the prices change their unit where it cannot be told which is right, so that it is kept as given.`,
  });
}

/** Notes two dividends of which one perhaps repeats the other. */
export function noteTwiceTold(
  work: WorkingBars,
  { phantom, real }: { phantom: DividendEvent; real: DividendEvent },
): void {
  const [first, second] = phantom.day < real.day ? [phantom, real] : [real, phantom];
  work.notes.push({
    day: first.day,
    kind: 'dividend-doubtful',
    detail: `${figure(first.amount)} on ${dayFromNumber(first.day)} and ${figure(second.amount)} on ${dayFromNumber(second.day)} may be one dividend told twice; the price fell by ${percent(first.falls[0])} at the one and by ${percent(second.falls[0])} at the other, which does not tell which to drop.`,
  });
}

/** Notes an adjustment that no known mistake explains. */
export function noteDifference(work: WorkingBars, event: DividendEvent): void {
  work.notes.push({
    day: event.day,
    kind: 'adjustment-differs',
    detail: `The dividend of ${dayFromNumber(event.day)}, ${figure(event.amount)}, is ${percent(event.yield)} of the close before, but the adjusted closes took off ${percent(event.adjustment)}.`,
  });
}

/** Notes a source that does not adjust for dividends at all. */
export function noteUnadjusted(work: WorkingBars, events: readonly DividendEvent[]): void {
  const first = events[0] as DividendEvent;
  work.notes.push({
    day: first.day,
    kind: 'adjustment-differs',
    detail: `The adjusted closes take off none of ${events.length} dividends: the source does not adjust for dividends.`,
  });
}
