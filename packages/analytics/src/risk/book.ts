import {
  type Day,
  ok,
  type PanelInput,
  type Result,
  refuse,
  type SeriesInput,
} from '@plimsoll/kernel';
import { type Matrix, matrix, timesVector } from '@plimsoll/quant/linear-algebra';
import { observations, panelObservations } from '../analysis/observations.ts';
import { onlyColumns } from '../analysis/only-columns.ts';
import type { Sample } from '../analysis/report.ts';
import { sampleOf } from '../analysis/sample-of.ts';
import {
  type ByName,
  equalWeightsNote,
  weightsOf,
  whyNoColumn,
} from '../analysis/weights-by-name.ts';

/** One column of returns that is to be looked at, whatever it came from. */
export interface Track {
  readonly name: string;
  /** One a return; empty where none were given. */
  readonly days: readonly Day[];
  /** Oldest first, shape [n]. */
  readonly returns: Float64Array;
  readonly sample: Sample;
  readonly notes: readonly string[];
}

/** The holdings of today with what their instruments returned. */
export interface Book extends Track {
  readonly names: readonly string[];
  /** Shares of value, shape [instruments]; what is missing to 1 is cash. */
  readonly weights: Float64Array;
  /** Shape [n × instruments]. */
  readonly instruments: Matrix;
}

/**
 * Today's weights on the past returns of their instruments: Σ w_i r_i of every day, as if the
 * weights had always been these.
 *
 * @param prices Prices or returns; only columns that have a weight count, and of those only rows
 *   without a gap.
 * @param weights Shares of value by name; equal ones if not given. A negative one is a short holding.
 * @returns refused where a weight has no column, or there are fewer than two returns.
 */
export function bookOf(prices: PanelInput, weights: ByName | undefined): Result<Book> {
  const unknown = whyNoColumn(weights, prices, 'risk.unknown-instrument');
  if (unknown) return unknown;
  const held = prices.names.filter((name) => !weights || weights[name]);
  if (held.length === 0) {
    return refuse({
      code: 'risk.no-weights',
      detail: 'All weights are zero, so that there is nothing to be at risk; give one at least.',
    });
  }
  const all = panelObservations(onlyColumns(prices, held), 'prices');
  if (!all.ok) return all;
  const { names, days, returns, n, missing } = all.value;
  if (n < 2) return refuseFew(n);
  const shares = weightsOf(names, weights);
  const instruments = matrix(n, names.length, returns);
  return ok({
    name: 'portfolio',
    names,
    days,
    weights: shares,
    instruments,
    returns: timesVector(instruments, shares),
    sample: sampleOf(all.value),
    notes: bookNotes(weights, shares, missing),
  });
}

/** Returns of one series of prices or returns; refused with fewer than two. */
function trackOf(series: SeriesInput): Result<Track> {
  const all = observations(series, 'prices');
  if (!all.ok) return all;
  const { name, days, returns, missing } = all.value;
  if (returns.length < 2) return refuseFew(returns.length);
  return ok({
    name,
    days,
    returns,
    sample: sampleOf({ ...all.value, n: returns.length }),
    notes: missing === 0 ? [] : [`${missing} values were missing and are left out.`],
  });
}

/** Whichever of the two was given: a series, or prices with weights. */
export function trackOrBook(values: {
  readonly series: SeriesInput | undefined;
  readonly prices: PanelInput | undefined;
  readonly weights: ByName | undefined;
}): Result<Track> {
  const { series, prices, weights } = values;
  if (series && prices) {
    return refuse({
      code: 'risk.input',
      detail: 'Give either a series or prices with weights, not both.',
    });
  }
  if (series) return trackOf(series);
  if (prices) return bookOf(prices, weights);
  return refuse({
    code: 'risk.input',
    detail: 'There is nothing to look at; give a series, or prices with weights.',
  });
}

/** The returns of a second series on the days of the first, NaN on days it has none. */
export function alignedReturns(series: SeriesInput, days: readonly Day[]): Result<Float64Array> {
  const track = trackOf(series);
  if (!track.ok) return track;
  if (days.length === 0 || track.value.days.length === 0) {
    return refuse({
      code: 'risk.no-days',
      detail: `The returns of ${track.value.name} cannot be laid beside the others without days; give days with both.`,
    });
  }
  const byDay = new Map(track.value.days.map((day, t) => [day, track.value.returns[t]]));
  return ok(Float64Array.from(days, (day) => byDay.get(day) ?? Number.NaN));
}

const refuseFew = (n: number): Result<never> =>
  refuse({
    code: 'risk.too-few',
    detail: `${n} returns are too few to say anything of risk; give three prices or more on common days.`,
  });

function bookNotes(weights: ByName | undefined, shares: Float64Array, missing: number): string[] {
  const total = shares.reduce((sum, each) => sum + each, 0);
  const cash = 1 - total;
  return [
    ...(weights === undefined ? [equalWeightsNote(shares.length)] : []),
    ...(Math.abs(cash) > 1e-6
      ? [
          cash > 0
            ? `Weights sum to ${total.toFixed(4)}; the rest is cash without risk.`
            : `Weights sum to ${total.toFixed(4)}, more than 1: the portfolio is levered by borrowed cash.`,
        ]
      : []),
    ...(missing > 0
      ? [`${missing} days on which some instrument had no price are left out; returns span them.`]
      : []),
  ];
}
