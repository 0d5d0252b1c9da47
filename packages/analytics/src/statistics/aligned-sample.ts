import { type Day, ok, type Result, refuse, type SeriesInput } from '@plimsoll/kernel';
import { type Observations, observations } from '../analysis/observations.ts';
import type { Sample } from '../analysis/report.ts';
import { sampleOf } from '../analysis/sample-of.ts';
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
 * Brings a series, its benchmark and its risk-free returns to the same days.
 *
 * With days, only those that all have count: prices are matched before returns are taken, so that a
 * return spans the days that one of them lacks, also where one gives returns; two rows of returns are
 * matched day by day. Without days all must
 * have as many values. Refused: no days in common, different lengths, and what `observations` refuses.
 */
export function alignedSample(request: SampleRequest): Result<AlignedSample> {
  const { periodsPerYear: perYear, riskFree } = request;
  const inputs = [request.series, request.benchmark].filter((each) => each !== undefined);
  const each = readAll(inputs);
  if (!each.ok) return each;
  const matched = matchPrices(allPrices(inputs));
  const read = matched === inputs ? each : readAll(matched);
  if (!read.ok) return read;
  const found = [...read.value];
  if (request.riskFreeSeries) {
    const free = observations({ are: 'returns', ...request.riskFreeSeries }, 'returns');
    if (!free.ok) return free;
    found.push({ ...free.value, name: request.riskFreeSeries.name ?? 'risk-free returns' });
  }
  const common = matchReturns(found);
  if (!common.ok) return common;
  const [own, ...others] = common.value;
  const benchmark = request.benchmark ? others[0] : undefined;
  const free = request.riskFreeSeries ? others.at(-1) : undefined;
  const missing = missingOf(request.series, own);
  const sample = new ReturnSample({
    returns: own.returns,
    benchmark: benchmark?.returns,
    days: own.days,
    start: own.start,
    perYear,
    riskFree: free?.returns ?? (1 + riskFree) ** (1 / perYear) - 1,
  });
  return ok({
    sample,
    name: own.name,
    benchmarkName: benchmark?.name ?? null,
    about: sampleOf({ ...own, n: sample.n, missing }),
    conventions: [
      `Simple returns, ${perYear} periods a year.`,
      free
        ? 'The risk-free return of each period is as given.'
        : `The risk-free rate is ${riskFree} a year, (1 + rate)^(1 ÷ ${perYear}) − 1 a period.`,
      ownSigns,
    ],
    notes:
      missing === 0
        ? []
        : [
            `${missing} values of ${own.name} have no number, or none beside them, and are left out.`,
          ],
  });
}

const isReturns = ({ are }: SeriesInput): boolean => are === 'returns';

/** Values of the series that are in no return of the sample. */
function missingOf(series: SeriesInput, own: Observations): number {
  const used = own.returns.length + (isReturns(series) ? 0 : 1);
  return Math.max(0, series.values.length - used);
}

function readAll(inputs: readonly SeriesInput[]): Result<readonly Observations[]> {
  const found: Observations[] = [];
  for (const input of inputs) {
    const read = observations(input, 'prices');
    if (!read.ok) return read;
    found.push(read.value);
  }
  return ok(found);
}

/**
 * Where one gives prices and the other returns, the returns as the prices that they make, so that both
 * can be matched as prices. As they are where a return is missing, or everything was lost.
 */
function allPrices(inputs: readonly SeriesInput[]): readonly SeriesInput[] {
  const priced = inputs.find((input) => !isReturns(input));
  const dated = inputs.every(({ days }) => days !== undefined);
  if (!priced || !dated || !inputs.some(isReturns)) return inputs;
  return inputs.map((input) => (isReturns(input) ? pricesFrom(input, priced) : input));
}

function pricesFrom(input: SeriesInput, priced: SeriesInput): SeriesInput {
  const { days = [], values, name } = input;
  if (values.some((value) => value === null || value <= -1)) return input;
  let level = 1;
  const levels = values.map((value) => {
    level *= 1 + (value ?? 0);
    return level;
  });
  // The first return is from the last day of the prices before it, where there is one.
  const before = priced.days?.findLast((day) => day < (days[0] ?? ''));
  return {
    name,
    days: before === undefined ? days : [before, ...days],
    values: before === undefined ? levels : [1, ...levels],
  };
}

/** Prices on the days that all of them are known; others as they are. */
function matchPrices(inputs: readonly SeriesInput[]): readonly SeriesInput[] {
  const dated = inputs.every(({ days, are }) => days !== undefined && are !== 'returns');
  if (inputs.length < 2 || !dated) return inputs;
  const [{ days: first = [] }, ...others] = inputs;
  const complete = inputs.every(({ values }) => !values.includes(null));
  if (complete && others.every(({ days = [] }) => isSame(days, first))) return inputs;
  const known = inputs.map(
    ({ days = [], values }) => new Set(days.filter((_, i) => values[i] !== null)),
  );
  return inputs.map((input) => {
    const { days = [], values } = input;
    const places = days.flatMap((day, i) => (known.every((each) => each.has(day)) ? [i] : []));
    return {
      ...input,
      days: places.map((i) => days[i]),
      values: places.map((i) => values[i] ?? null),
    };
  });
}

/** Returns on the days that all have; as they are where they have the same days, or none. */
function matchReturns(found: readonly Observations[]): Result<readonly Observations[]> {
  const [own, ...others] = found;
  if (own.returns.length === 0) {
    return refuse({
      code: 'series.short',
      detail: `${own.name} gives no return${others.length > 0 ? ' on a day that the others have too' : ''}; give at least two prices, or one return.`,
    });
  }
  const undated = others.find((each) => own.days.length === 0 || each.days.length === 0);
  if (undated) {
    const odd = others.find(({ returns }) => returns.length !== own.returns.length);
    if (!odd) return ok(found);
    return refuse({
      code: 'series.lengths',
      detail: `${own.name} has ${own.returns.length} returns and ${odd.name} ${odd.returns.length}; give both the same days.`,
    });
  }
  if (others.every(({ days }) => isSame(days, own.days))) return ok(found);
  const sets = found.map(({ days }) => new Set(days));
  const kept = found.map((each) => keepDays(each, (day) => sets.every((set) => set.has(day))));
  if (kept[0].returns.length > 0) return ok(kept);
  return refuse({
    code: 'series.days-apart',
    detail: `${found.map(({ name }) => name).join(', ')} have no day in common.`,
  });
}

const isSame = (a: readonly Day[], b: readonly Day[]): boolean =>
  a === b || (a.length === b.length && a.every((day, i) => day === b[i]));

function keepDays(each: Observations, keeps: (day: Day) => boolean): Observations {
  const places = each.days.flatMap((day, i) => (keeps(day) ? [i] : []));
  return {
    ...each,
    days: places.map((i) => each.days[i]),
    returns: Float64Array.from(places, (i) => each.returns[i]),
    start: places[0] === 0 ? each.start : null,
  };
}
