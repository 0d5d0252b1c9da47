import { dayFromNumber } from '@plimsoll/kernel';
import { type DayView, viewDays } from './day-view.ts';
import { adjustmentNoise, type DividendEvent, dividendEvents, placeIn } from './dividend-event.ts';
import { type Hypothesis, unitOf } from './dividend-hypotheses.ts';
import { judgeDividends, type Verdict } from './judge-dividends.ts';
import { findPhantoms, type Phantom } from './phantom-dividends.ts';
import type { PriceAction } from './price-action.ts';
import type { PriceRepairCode } from './price-repair.ts';
import { figure, percent, type WorkingBars } from './working-bars.ts';

/**
 * Mends dividends and what the adjusted closes made of them. Each dividend is held against three
 * witnesses: the fall of the price on its ex-day, what the adjusted closes took off, and the other
 * dividends of the series.
 *
 * Source of the kinds of mistakes: yfinance, price repair (Apache-2.0); the method is our own.
 */
export function repairDividends(work: WorkingBars): void {
  const view = viewDays(work);
  const unit = unitOf(work.facts.currency);
  const all = dividendEvents(work, view);
  if (all.length === 0) return;
  const noise = adjustmentNoise(view, all);
  const corrections = new Float64Array(view.days.length).fill(1);
  const phantoms = findPhantoms(all, unit.parts);
  for (const phantom of phantoms) removePhantom(work, view, phantom, corrections);
  const gone = new Set(phantoms.map(({ phantom }) => phantom));
  const events = all.filter((event) => !gone.has(event));
  for (const verdict of judgeDividends(events, unit, noise)) {
    carryOut(work, view, verdict, corrections);
  }
  applyCorrections(work, view, corrections);
}

function removePhantom(
  work: WorkingBars,
  view: DayView,
  { phantom, real }: Phantom,
  corrections: Float64Array,
): void {
  const factor = Number.isNaN(phantom.adjustment) ? 1 : 1 / (1 - phantom.adjustment);
  correct(corrections, phantom.place, factor);
  work.actions = work.actions.filter(
    (action) => action.kind === 'split' || placeIn(view.days, action.day) !== phantom.place,
  );
  record(work, view, phantom, {
    code: 'phantom-dividend',
    after: 0,
    factor,
    certainty: 0,
    why: `${figure(phantom.amount)} on ${dayFromNumber(phantom.day)} repeats ${figure(real.amount)} on ${dayFromNumber(real.day)}; the price fell by ${percent(phantom.falls[0])} at the one and by ${percent(real.falls[0])} at the other.`,
  });
}

function carryOut(
  work: WorkingBars,
  view: DayView,
  { event, chosen, certainty }: Verdict,
  corrections: Float64Array,
): void {
  if (chosen === null) {
    noteDifference(work, event);
    return;
  }
  const { error, adjustment } = chosen;
  const isMended = error.name !== 'right' || !isKept(adjustment);
  if (!isMended) return;
  const factor = isKept(adjustment) ? 1 : (1 - chosen.yield) / (1 - event.adjustment);
  correct(corrections, event.place, factor);
  if (error.statedTimes !== 1) scaleAmounts(work, view, event, 1 / error.statedTimes);
  record(work, view, event, {
    code: codeOf(chosen),
    after: event.amount / error.statedTimes,
    factor,
    certainty,
    why: reasonOf(event, chosen),
  });
}

const isKept = (adjustment: Hypothesis['adjustment']): boolean =>
  adjustment === 'right' || adjustment === 'unknown';

function codeOf({ error, adjustment }: Hypothesis): PriceRepairCode {
  if (error.name === 'pre-split' || error.name === 'too-big-pre-split') {
    return 'dividend-split-adjusted-wrongly';
  }
  if (error.name !== 'right') return 'dividend-unit-slip';
  if (adjustment === 'missing') return 'dividend-missing-from-adjusted';
  return adjustment === 'too-small' ? 'dividend-too-small' : 'dividend-too-big';
}

function reasonOf(event: DividendEvent, { error, adjustment, yield: share }: Hypothesis): string {
  const stated = `${figure(event.amount)} is ${percent(event.yield)} of the close before, ${figure(event.closeBefore)}`;
  const fell = `the price fell by ${percent(event.falls[0])} where it usually moves by ${percent(event.spread)} a day`;
  const taken = Number.isNaN(event.adjustment)
    ? ''
    : `, and the adjusted closes took off ${percent(event.adjustment)}`;
  const truth =
    error.name === 'right'
      ? `the adjusted closes ${adjustment === 'missing' ? 'leave it out' : 'have it in another unit'}`
      : `the dividend was ${figure(event.amount / error.statedTimes)}, ${percent(share)}`;
  return `${stated}; ${fell}${taken}: ${truth}.`;
}

function noteDifference(work: WorkingBars, event: DividendEvent): void {
  work.notes.push({
    day: event.day,
    kind: 'adjustment-differs',
    detail: `The dividend of ${dayFromNumber(event.day)}, ${figure(event.amount)}, is ${percent(event.yield)} of the close before, but the adjusted closes took off ${percent(event.adjustment)}.`,
  });
}

function scaleAmounts(work: WorkingBars, view: DayView, event: DividendEvent, by: number): void {
  work.actions = work.actions.map(
    (action): PriceAction =>
      action.kind !== 'split' && placeIn(view.days, action.day) === event.place
        ? { ...action, amount: action.amount * by }
        : action,
  );
}

/** All adjusted closes before this place are to be multiplied. */
function correct(corrections: Float64Array, place: number, factor: number): void {
  corrections[place - 1] = (corrections[place - 1] as number) * factor;
}

function applyCorrections(work: WorkingBars, view: DayView, corrections: Float64Array): void {
  const { adjustedClose } = work.bars;
  let product = 1;
  let until = adjustedClose.length;
  for (let i = view.days.length - 1; i >= 0; i--) {
    if (corrections[i] !== 1) {
      const rowAfter = view.firstRow[i + 1] as number;
      scale(adjustedClose, rowAfter, until, product);
      product *= corrections[i] as number;
      until = rowAfter;
    }
  }
  scale(adjustedClose, 0, until, product);
}

function scale(column: Float64Array, from: number, until: number, factor: number): void {
  if (factor === 1) return;
  for (let row = from; row < until; row++) column[row] = (column[row] as number) * factor;
}

interface Finding {
  readonly code: PriceRepairCode;
  readonly after: number;
  readonly factor: number;
  readonly certainty: number;
  readonly why: string;
}

function record(work: WorkingBars, view: DayView, event: DividendEvent, finding: Finding): void {
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
