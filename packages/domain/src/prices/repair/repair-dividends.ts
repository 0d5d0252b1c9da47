import { dayFromNumber } from '@plimsoll/kernel';
import { median, thinned } from '../robust-scale.ts';
import { ActionEdits } from './action-edits.ts';
import { AdjustmentCorrections } from './adjustment-corrections.ts';
import { dropDoubledGains } from './capital-gains.ts';
import { type DayView, viewDays } from './day-view.ts';
import { adjustmentNoise, type DividendEvent, dividendEvents } from './dividend-event.ts';
import {
  codeOf,
  noteDifference,
  noteDoubt,
  noteTwiceTold,
  noteUnadjusted,
  noteUnsettled,
  reasonOf,
  recordDividend,
} from './dividend-findings.ts';
import { type Hypothesis, priceFit, unitOf } from './dividend-hypotheses.ts';
import { feltIn } from './felt-dividends.ts';
import { judgeDividends, type SeriesEvidence, type Verdict } from './judge-dividends.ts';
import { type DividendMending, moveMisdated } from './misdated-dividends.ts';
import { findTwiceTold, type TwiceTold } from './phantom-dividends.ts';
import { settledUnit } from './settled-unit.ts';
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
  const mending = {
    work,
    view,
    edits: new ActionEdits(),
    corrections: new AdjustmentCorrections(view.days.length),
  };
  const settled = dropDoubledGains(work, view, mending.corrections);
  const unit = unitOf(work.facts.currency);
  const stated = dividendEvents(work, view);
  const noise = adjustmentNoise(view, stated);
  const told = findTwiceTold(stated, unit.parts);
  for (const pair of told) {
    if (pair.isProved) removePhantom(mending, pair);
    else noteTwiceTold(work, pair);
  }
  const gone = new Set(told.flatMap((p) => (p.isProved ? [p.phantom] : [p.phantom, p.real])));
  const real = stated.filter((event) => !gone.has(event) && !settled.has(event.place));
  if (isUnadjusted(real, noise)) noteUnadjusted(work, real);
  else mendWhatIsSure(mending, real, { unit, noise });
  mending.edits.apply(work, view);
  mending.corrections.apply(work, view);
}

/** Mends ex-days beside prices whose own unit is beyond doubt; of others only notes what is odd. */
function mendWhatIsSure(
  mending: DividendMending,
  real: readonly DividendEvent[],
  { unit, noise }: Omit<SeriesEvidence, 'felt'>,
): void {
  const { work, view } = mending;
  const isSettled = settledUnit(work, view, unit.parts);
  const isSure = ({ place }: DividendEvent): boolean => isSettled(place - 1) && isSettled(place);
  const judge = (events: readonly DividendEvent[]): Verdict[] =>
    judgeDividends(events, { unit, noise, felt: feltIn(view, events) });
  const verdicts = judge(real.filter(isSure).map((event) => moveMisdated(mending, event)));
  const usual = median(verdicts.map(trueAmount));
  for (const verdict of verdicts) {
    if (isDoubtful(verdict, usual)) noteDoubt(work, verdict.event);
    else carryOut(mending, verdict);
  }
  for (const verdict of judge(real.filter((event) => !isSure(event)))) {
    if (!isAsGiven(verdict)) noteUnsettled(work, verdict.event);
  }
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
  { work, view, edits, corrections }: DividendMending,
  { phantom, real, certainty }: TwiceTold,
): void {
  const isUsable = phantom.adjustment < 1;
  const factor = isUsable ? 1 / (1 - phantom.adjustment) : 1;
  corrections.multiplyBefore(phantom.place, factor);
  edits.remove(phantom.place);
  recordDividend(work, view, phantom, {
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

function carryOut(
  { work, view, edits, corrections }: DividendMending,
  { event, chosen, certainty }: Verdict,
): void {
  if (chosen === null) {
    corrections.takeOff(event.place, Math.min(event.yield, 0.99));
    noteDifference(work, event);
    return;
  }
  const { error, adjustment } = chosen;
  corrections.takeOff(event.place, chosen.yield);
  if (isAsGiven({ event, chosen, certainty })) return;
  const isRebuilt = adjustment === 'impossible';
  const factor = isKept(adjustment) ? 1 : (1 - chosen.yield) / (1 - event.adjustment);
  if (isRebuilt) corrections.rebuildBefore(event.place);
  else corrections.multiplyBefore(event.place, factor);
  if (error.statedTimes !== 1) edits.scale(event.place, 1 / error.statedTimes);
  recordDividend(work, view, event, {
    code: codeOf(chosen),
    after: event.amount / error.statedTimes,
    factor: isRebuilt ? Number.NaN : factor,
    certainty,
    why: reasonOf(event, chosen),
  });
}

const isKept = (adjustment: Hypothesis['adjustment']): boolean =>
  adjustment === 'right' || adjustment === 'unknown';

const isAsGiven = ({ chosen }: Verdict): boolean =>
  chosen !== null && chosen.error.name === 'right' && isKept(chosen.adjustment);

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
