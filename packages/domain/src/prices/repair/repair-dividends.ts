import { dayFromNumber } from '@plimsoll/kernel';
import { median, thinned } from '../robust-scale.ts';
import { AdjustmentCorrections } from './adjustment-corrections.ts';
import { dropDoubledGains } from './capital-gains.ts';
import { type DayView, viewDays } from './day-view.ts';
import { adjustmentNoise, type DividendEvent, dividendEvents, placeIn } from './dividend-event.ts';
import { type Hypothesis, priceFit, unitOf } from './dividend-hypotheses.ts';
import { feltIn } from './felt-dividends.ts';
import { judgeDividends, type Verdict } from './judge-dividends.ts';
import { moveMisdated } from './misdated-dividends.ts';
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
  if (!isDaily(view)) return;
  const corrections = new AdjustmentCorrections(view.days.length);
  dropDoubledGains(work, view, corrections);
  const unit = unitOf(work.facts.currency);
  const stated = dividendEvents(work, view);
  const noise = adjustmentNoise(view, stated);
  const phantoms = findPhantoms(stated, unit.parts);
  for (const phantom of phantoms) removePhantom(work, view, phantom, corrections);
  const gone = new Set(phantoms.map(({ phantom }) => phantom));
  const real = stated.filter((event) => !gone.has(event));
  if (isUnadjusted(real, noise)) noteUnadjusted(work, real);
  else {
    const events = moveMisdated(work, view, real, corrections);
    const verdicts = judgeDividends(events, { unit, noise, felt: feltIn(view, events) });
    const usual = median(verdicts.map(trueAmount));
    for (const verdict of verdicts) {
      if (isDoubtful(verdict, usual)) noteDoubt(work, verdict.event);
      else carryOut(work, view, verdict, corrections);
    }
  }
  corrections.apply(work, view);
}

/** The days between bars that make a series one of weeks or months, in which an ex-day drowns. */
const notDaily = 5;

function isDaily({ days }: DayView): boolean {
  const gaps = new Float64Array(Math.max(0, days.length - 1));
  for (let i = 0; i < gaps.length; i++) {
    gaps[i] = (days[i + 1] as number) - (days[i] as number);
  }
  return !(median(Array.from(thinned(gaps))) >= notDaily);
}

function removePhantom(
  work: WorkingBars,
  view: DayView,
  { phantom, real, certainty }: Phantom,
  corrections: AdjustmentCorrections,
): void {
  const factor = Number.isNaN(phantom.adjustment) ? 1 : 1 / (1 - phantom.adjustment);
  corrections.multiplyBefore(phantom.place, factor);
  work.actions = work.actions.filter(
    (action) => action.kind === 'split' || placeIn(view.days, action.day) !== phantom.place,
  );
  record(work, view, phantom, {
    code: 'phantom-dividend',
    after: 0,
    factor,
    certainty,
    why: `${figure(phantom.amount)} on ${dayFromNumber(phantom.day)} repeats ${figure(real.amount)} on ${dayFromNumber(real.day)}; the price fell by ${percent(phantom.falls[0])} at the one and by ${percent(real.falls[0])} at the other.`,
  });
}

/** So many dividends, and none taken off: the source does not adjust. */
const fewestUnadjusted = 3;

function isUnadjusted(events: readonly DividendEvent[], noise: number): boolean {
  return (
    events.length >= fewestUnadjusted &&
    events.every(({ adjustment }) => Math.abs(adjustment) <= 3 * noise)
  );
}

function noteUnadjusted(work: WorkingBars, events: readonly DividendEvent[]): void {
  const first = events[0] as DividendEvent;
  work.notes.push({
    day: first.day,
    kind: 'adjustment-differs',
    detail: `The adjusted closes take off none of ${events.length} dividends: the source does not adjust for dividends.`,
  });
}

function carryOut(
  work: WorkingBars,
  view: DayView,
  { event, chosen, certainty }: Verdict,
  corrections: AdjustmentCorrections,
): void {
  if (chosen === null) {
    corrections.takeOff(event.place, Math.min(event.yield, 0.99));
    noteDifference(work, event);
    return;
  }
  const { error, adjustment } = chosen;
  corrections.takeOff(event.place, chosen.yield);
  const isMended = error.name !== 'right' || !isKept(adjustment);
  if (!isMended) return;
  const isRebuilt = adjustment === 'impossible';
  const factor = isKept(adjustment) ? 1 : (1 - chosen.yield) / (1 - event.adjustment);
  if (isRebuilt) corrections.rebuildBefore(event.place);
  else corrections.multiplyBefore(event.place, factor);
  if (error.statedTimes !== 1) scaleAmounts(work, view, event, 1 / error.statedTimes);
  record(work, view, event, {
    code: codeOf(chosen),
    after: event.amount / error.statedTimes,
    factor: isRebuilt ? Number.NaN : factor,
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
      ? `the adjusted closes ${adjustedWrongly(adjustment)}`
      : `the dividend was ${figure(event.amount / error.statedTimes)}, ${percent(share)}`;
  return `${stated}; ${fell}${taken}: ${truth}.`;
}

function adjustedWrongly(adjustment: Hypothesis['adjustment']): string {
  if (adjustment === 'missing') return 'leave it out';
  return adjustment === 'impossible' ? 'cannot be' : 'have it in another unit';
}

const trueAmount = ({ event, chosen }: Verdict): number =>
  event.amount / (chosen?.error.statedTimes ?? 1);

/** From here on, in nats, prices say that nothing was paid. */
const leastDoubt = 5;
/** An amount in another unit is believed where it is about as large as the others. */
const alike = 4;

/**
 * Whether a dividend that the adjusted closes do not know of was perhaps never paid: prices do not
 * know of it either, or only in another unit in which it is unlike the other dividends.
 */
function isDoubtful({ event, chosen }: Verdict, usual: number): boolean {
  if (chosen?.adjustment !== 'missing') return false;
  if (chosen.error.name === 'right') return priceFit(event, 0) - chosen.price >= leastDoubt;
  const ratio = event.amount / chosen.error.statedTimes / usual;
  return ratio > alike || ratio < 1 / alike;
}

function noteDoubt(work: WorkingBars, event: DividendEvent): void {
  work.notes.push({
    day: event.day,
    kind: 'dividend-doubtful',
    detail: `The dividend of ${dayFromNumber(event.day)}, ${figure(event.amount)}, is ${percent(event.yield)} of the close before, but the price fell by ${percent(event.falls[0])} and the adjusted closes took nothing off: was it paid?`,
  });
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
