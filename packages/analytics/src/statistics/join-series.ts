import { type Day, ok, type Result, refuse, type SeriesInput } from '@plimsoll/kernel';
import { areFarApart, spacingOf } from '../analysis/infer-periods.ts';
import { type Observations, observations } from '../analysis/observations.ts';

/** What is to be brought to the same days. */
export interface SeriesToJoin {
  readonly series: SeriesInput;
  readonly benchmark?: SeriesInput | undefined;
  readonly riskFreeSeries?: SeriesInput | undefined;
}

/** Returns on the same days. */
export interface JoinedSeries {
  readonly own: Observations;
  readonly benchmark: Observations | undefined;
  readonly free: Observations | undefined;
  /** Whether a return is over all the time since the one before, as those of matched prices are. */
  readonly spans: boolean;
}

/**
 * Returns on the days that all have. Prices are matched before returns are taken, so that a return
 * spans the days that one of them lacks, also where one gives returns; two rows of returns are matched
 * day by day. Risk-free returns within a return of prices are compounded.
 */
export function joinSeries({
  series,
  benchmark,
  riskFreeSeries,
}: SeriesToJoin): Result<JoinedSeries> {
  const inputs = [series, benchmark].filter((each) => each !== undefined);
  const each = readAll(inputs);
  if (!each.ok) return each;
  const matched = matchPrices(allPrices(inputs));
  const read = matched === inputs ? each : readAll(matched);
  if (!read.ok) return read;
  const spans = !matched.some(isReturns);
  const found = [...read.value];
  if (riskFreeSeries) {
    const free = observations({ are: 'returns', ...riskFreeSeries }, 'returns');
    if (!free.ok) return free;
    const name = riskFreeSeries.name ?? 'risk-free returns';
    found.push({ ...(spans ? over(found[0], free.value) : free.value), name });
  }
  const common = matchReturns(found);
  if (!common.ok) return common;
  const [own, ...others] = common.value;
  return ok({
    own,
    benchmark: benchmark ? others[0] : undefined,
    free: riskFreeSeries ? others.at(-1) : undefined,
    spans,
  });
}

/** Prices, unless it says otherwise. */
export const isReturns = ({ are }: SeriesInput): boolean => are === 'returns';

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
  const apart = whyApart(own, others);
  if (apart) return refuse({ code: 'series.spacing', detail: apart });
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

/** Why returns cannot be matched day by day: they are over different times. */
function whyApart(own: Observations, others: readonly Observations[]): string | undefined {
  const spacing = spacingOf(own.days);
  for (const { name, days } of others) {
    const other = spacingOf(days);
    if (spacing && other && areFarApart(spacing.perYear, other.perYear)) {
      return `${own.name} has returns of ${spacing.of} and ${name} of ${other.of}; give prices, or both at the same spacing.`;
    }
  }
  return undefined;
}

/** Returns compounded over the periods of others; none where none is within. */
function over({ days, start }: Observations, free: Observations): Observations {
  if (days.length === 0 || free.days.length === 0 || isSame(days, free.days)) return free;
  const kept: Day[] = [];
  const returns: number[] = [];
  let at = start === null ? 0 : free.days.findIndex((day) => day > start);
  if (at < 0) at = free.days.length;
  for (const day of days) {
    const from = at;
    let growth = 1;
    while (at < free.days.length && free.days[at] <= day) growth *= 1 + free.returns[at++];
    if (at === from) continue;
    kept.push(day);
    // One return stays as it is, to the last digit.
    returns.push(at === from + 1 ? free.returns[from] : growth - 1);
  }
  return { ...free, days: kept, returns: Float64Array.from(returns) };
}
