import { type Day, dayFromNumber, invariant, present, weekday } from '@plimsoll/kernel';
import { indicatorById } from '../indicator/indicator-by-id.ts';
import { runIndicator } from '../indicator/run-indicator.ts';
import { type FeatureSpec, indicatorParametersOf } from './feature-definition.ts';
import { fractionalWeights } from './fractional-difference.ts';
import type { LearningBars } from './labels.ts';
import { returnsOver, rollingMoments, rollingVolatility } from './rolling-columns.ts';

type Source = FeatureSpec['of'];

const dayMs = 86_400_000;

/**
 * One feature of one instrument, before it is compared with others: shape [bars], NaN where there is
 * none yet or it is not finite. The value of a bar rests on that bar and those before it.
 */
export function featureColumn(bars: LearningBars, spec: FeatureSpec): Float64Array {
  const plain = lagged(sourceColumn(bars, spec.of), spec.lag);
  const made = spec.scaledOver === undefined ? plain : zScores(plain, spec.scaledOver);
  return made.map((each) => (Number.isFinite(each) ? each : Number.NaN));
}

function sourceColumn(bars: LearningBars, of: Source): Float64Array {
  switch (of.kind) {
    case 'return':
      return returnsOver(bars.close, of.bars, of.log);
    case 'volatility':
      return rollingVolatility(bars.close, of.bars);
    case 'indicator':
      return indicatorColumn(bars, of);
    case 'ratio': {
      const under = columnNamed(bars, of.under);
      return columnNamed(bars, of.over).map((each, t) => each / under[t] - 1);
    }
    case 'to-mean': {
      const values = columnNamed(bars, of.column);
      const { mean } = rollingMoments(values, of.bars);
      return values.map((each, t) => each / mean[t] - 1);
    }
    case 'z-score':
      return zScores(columnNamed(bars, of.column), of.bars);
    case 'calendar':
      return bars.knownAt.map((time) => calendarField(time, of.field));
    case 'fractional-difference':
      return differenced(bars.close.map(Math.log), of.order, of.threshold, of.bars);
  }
}

/** Names come checked from the table of the definition. */
function columnNamed(bars: LearningBars, name: string): Float64Array {
  const columns: Readonly<Record<string, Float64Array>> = {
    open: bars.open,
    high: bars.high,
    low: bars.low,
    close: bars.close,
    volume: bars.volume,
  };
  return present(columns[name], `column ${name}`);
}

function indicatorColumn(
  { open, high, low, close, volume }: LearningBars,
  of: Extract<Source, { kind: 'indicator' }>,
): Float64Array {
  const indicator = indicatorById(of.id);
  invariant(indicator !== undefined, `indicator ${of.id} of a definition that was read`);
  const place = of.output === undefined ? 0 : indicator.outputs.indexOf(of.output);
  const outputs = runIndicator(indicator, indicatorParametersOf(of), {
    open,
    high,
    low,
    close,
    volume,
  });
  const column = present(outputs[place], `output ${of.output} of ${of.id}`);
  return of.overClose ? column.map((each, t) => each / close[t] - 1) : column;
}

/** (x − mean) ÷ deviation (ddof 1) of the last bars; 0 where they are all alike. */
function zScores(values: Float64Array, bars: number): Float64Array {
  const { mean, deviation } = rollingMoments(values, bars);
  return values.map((each, t) => (deviation[t] === 0 ? 0 : (each - mean[t]) / deviation[t]));
}

function lagged(values: Float64Array, lag: number): Float64Array {
  if (lag === 0) return values;
  const made = new Float64Array(values.length).fill(Number.NaN);
  if (lag < values.length) made.set(values.subarray(0, values.length - lag), lag);
  return made;
}

/** Σ wₖ xₜ₋ₖ over weights of at least the threshold, at most `bars` of them. */
function differenced(
  values: Float64Array,
  order: number,
  threshold: number,
  bars: number,
): Float64Array {
  const all = fractionalWeights(order, bars);
  const cut = all.findIndex((weight) => Math.abs(weight) < threshold);
  const window = cut < 0 ? bars : Math.max(1, cut);
  const made = new Float64Array(values.length).fill(Number.NaN);
  for (let t = window - 1; t < values.length; t++) {
    let sum = 0;
    for (let k = 0; k < window; k++) sum += all[k] * values[t - k];
    made[t] = sum;
  }
  return made;
}

/** Of the day in UTC on which the bar is known. Monday is 0, January 1. */
function calendarField(time: number, field: string): number {
  const number = Math.floor(time / dayMs);
  const day = dayFromNumber(number);
  switch (field) {
    case 'weekday':
      return weekday(number);
    case 'month':
      return Number(day.slice(5, 7));
    case 'day-of-month':
      return Number(day.slice(8, 10));
    case 'days-left-of-month':
      return daysLeft(day, number);
    default:
      return Math.floor((time - number * dayMs) / 3_600_000);
  }
}

/** Days of the month after this one. */
function daysLeft(day: Day, number: number): number {
  let left = 0;
  while (dayFromNumber(number + left + 1).slice(0, 7) === day.slice(0, 7)) left += 1;
  return left;
}
