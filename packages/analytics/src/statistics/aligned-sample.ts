import { ok, type Result, type SeriesInput } from '@plimsoll/kernel';
import type { Observations } from '../analysis/observations.ts';
import type { Sample } from '../analysis/report.ts';
import { sampleOf } from '../analysis/sample-of.ts';
import { isReturns, type JoinedSeries, joinSeries } from './join-series.ts';
import { ReturnSample } from './return-sample.ts';

/** What our own metrics do, and other tools may not. */
export const ownSigns =
  'Quantiles are of type 7; VaR and CVaR are positive losses; drawdowns are positive shares.';

export interface SampleRequest {
  /** Prices, unless it says that it is returns. */
  readonly series: SeriesInput;
  readonly benchmark?: SeriesInput | undefined;
  /** A year, as a fraction. */
  readonly riskFree: number;
  /** Returns per period, instead of a rate. */
  readonly riskFreeSeries?: SeriesInput | undefined;
  readonly periodsPerYear: number;
}

/** A sample whose parts are on the same days, and what had to be left out for it. */
export interface AlignedSample {
  readonly sample: ReturnSample;
  readonly name: string;
  readonly benchmarkName: string | null;
  readonly about: Sample;
  /** One sentence each. */
  readonly conventions: readonly string[];
  readonly notes: readonly string[];
}

/**
 * A series with its benchmark and its risk-free returns.
 *
 * Figures of the series alone rest on its own days. Those against a benchmark rest on the days that
 * both have, see `joinSeries`: where these are fewer, they are a sample of their own, `shared`, with as
 * many periods a year as it has of those of the series. Without days all must have as many values.
 *
 * Refused: no days in common, different lengths, returns over different times side by side, and what
 * `observations` refuses.
 */
export function alignedSample(request: SampleRequest): Result<AlignedSample> {
  const { series, periodsPerYear: perYear, riskFree } = request;
  const both = joinSeries(request);
  if (!both.ok) return both;
  const isWhole = request.benchmark === undefined || missingOf(series, both.value.own) === 0;
  const alone = isWhole ? both : joinSeries({ ...request, benchmark: undefined });
  if (!alone.ok) return alone;
  const { own, free } = alone.value;
  const { name } = both.value.benchmark ?? { name: null };
  const isShared = both.value.own.returns.length === own.returns.length;
  const shared = isShared
    ? undefined
    : sampleOfJoined(both.value, sharedYear(both.value, own, perYear), riskFree);
  const sample = sampleOfJoined(isShared ? both.value : alone.value, perYear, riskFree, shared);
  const missing = missingOf(series, own);
  return ok({
    sample,
    name: own.name,
    benchmarkName: name,
    about: sampleOf({ ...own, n: sample.n, missing }),
    conventions: [
      `Simple returns, ${perYear} periods a year.`,
      free
        ? 'The risk-free return of each period is as given.'
        : `The risk-free rate is ${riskFree} a year, (1 + rate)^(1 ÷ ${perYear}) − 1 a period.`,
      ownSigns,
    ],
    notes: [
      ...(missing === 0
        ? []
        : [
            `${missing} values of ${own.name} have no number, or none beside them, and are left out.`,
          ]),
      ...(shared
        ? [
            `Figures against ${name} rest on ${shared.n} returns between the days that both have, ${rounded(shared.perYear)} a year, and leave out ${sample.n - shared.n} of the ${sample.n} days of ${own.name}; all others rest on all of them.`,
          ]
        : []),
    ],
  });
}

function sampleOfJoined(
  { own, benchmark, free }: JoinedSeries,
  perYear: number,
  riskFree: number,
  shared?: ReturnSample,
): ReturnSample {
  return new ReturnSample({
    returns: own.returns,
    benchmark: benchmark?.returns,
    days: own.days,
    start: own.start,
    perYear,
    riskFree: free?.returns ?? (1 + riskFree) ** (1 / perYear) - 1,
    shared,
  });
}

/** Periods a year of returns that span several of the series: p × how many there are for each of its. */
function sharedYear({ own, spans }: JoinedSeries, series: Observations, perYear: number): number {
  const { days, start } = own;
  const last = days.at(-1);
  if (!spans || start === null || last === undefined) return perYear;
  const within = series.days.filter((day) => day > start && day <= last).length;
  return within === 0 ? perYear : (perYear * days.length) / within;
}

const rounded = (value: number): string => String(Math.round(value * 10) / 10);

/** Values of the series that are in no return of the sample. */
function missingOf(series: SeriesInput, own: Observations): number {
  const used = own.returns.length + (isReturns(series) ? 0 : 1);
  return Math.max(0, series.values.length - used);
}
