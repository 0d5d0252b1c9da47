import type { Day } from '@plimsoll/kernel';
import {
  autocorrelation,
  autocorrelations,
  type CentralMoments,
  centralMoments,
  quantileSorted,
  type RollingMoments,
  rollingMoments,
  sorted,
} from '@plimsoll/quant/statistics';
import { type CalendarReturn, monthsOf, yearsOf } from './calendar-returns.ts';
import { capturedOn, type Side } from './capture.ts';
import {
  type DrawdownEpisode,
  type DrawdownPath,
  drawdownEpisodes,
  drawdownPath,
} from './drawdown-path.ts';
import { type GainsAndLosses, gainsAndLosses } from './gains-and-losses.ts';
import { logGrowth } from './log-growth.ts';
import { type MarketLine, marketLine, sidedMarketLine } from './market-line.ts';
import type { SharpeEstimate } from './sharpe-significance.ts';
import { wealthOf } from './wealth.ts';

export interface SampleInput {
  /** Simple returns, shape [n], all finite and ≥ −1. */
  readonly returns: Float64Array;
  /** Periods a year; 252 unless said. */
  readonly perYear?: number | undefined;
  /** Risk-free return per period, or one for each, shape [n]; 0 unless said. */
  readonly riskFree?: number | Float64Array | undefined;
  /** Least return per period that counts as a gain; the risk-free one unless said. */
  readonly target?: number | Float64Array | undefined;
  /** Of a benchmark, on the same days, shape [n]. */
  readonly benchmark?: Float64Array | undefined;
  /** Ascending, one a return. */
  readonly days?: readonly Day[] | undefined;
  /** The day before the first return. */
  readonly start?: Day | null | undefined;
  /** The sample with a benchmark on the days that both have, where these are not those of this one. */
  readonly shared?: ReturnSample | undefined;
}

/** Lags whose autocorrelations are had together. */
const keptLags = 10;

/** Spread that is nothing but rounding of the prices that returns came from. */
const noSpread = 1e-14;

/**
 * Returns with everything that metrics share, each part computed when it is first asked for and then
 * kept. Nothing in it is NaN for the empty sample but the means; metrics say themselves how many
 * observations they need.
 */
export class ReturnSample {
  readonly returns: Float64Array;
  readonly n: number;
  readonly perYear: number;
  readonly riskFree: number | Float64Array;
  readonly target: number | Float64Array;
  readonly days: readonly Day[];
  readonly start: Day | null;
  readonly #input: SampleInput;
  #kept: {
    excess?: Float64Array;
    moments?: CentralMoments;
    excessMoments?: CentralMoments;
    logs?: Float64Array;
    logMoments?: CentralMoments;
    autocorrelations?: Float64Array;
    upLine?: MarketLine;
    downLine?: MarketLine;
    wealth?: Float64Array;
    path?: DrawdownPath;
    episodes?: readonly DrawdownEpisode[];
    sides?: GainsAndLosses;
    targetSides?: GainsAndLosses;
    sorted?: Float64Array;
    months?: readonly CalendarReturn[];
    years?: readonly CalendarReturn[];
    benchmark?: ReturnSample | null;
    line?: MarketLine;
    active?: CentralMoments;
    up?: Side;
    down?: Side;
    rolling?: RollingMoments & { readonly window: number };
  } = {};

  constructor(input: SampleInput) {
    this.#input = input;
    this.returns = input.returns;
    this.n = input.returns.length;
    this.perYear = input.perYear ?? 252;
    this.riskFree = input.riskFree ?? 0;
    this.target = input.target ?? this.riskFree;
    this.days = input.days ?? [];
    this.start = input.start ?? null;
  }

  /** Returns less the risk-free ones, shape [n]. */
  get excess(): Float64Array {
    this.#kept.excess ??= less(this.returns, this.riskFree);
    return this.#kept.excess;
  }

  /** Of the returns. */
  get moments(): CentralMoments {
    this.#kept.moments ??= centralMoments(this.returns);
    return this.#kept.moments;
  }

  /** Of the returns less the risk-free ones. */
  get excessMoments(): CentralMoments {
    this.#kept.excessMoments ??=
      this.excess === this.returns ? this.moments : centralMoments(this.excess);
    return this.#kept.excessMoments;
  }

  /** Of log(1 + r), less log(1 + risk-free). */
  get logMoments(): CentralMoments {
    this.#kept.logMoments ??= centralMoments(less(this.logs, logRate(this.riskFree)));
    return this.#kept.logMoments;
  }

  /** log(1 + r), shape [n]; −∞ where everything was lost. */
  get logs(): Float64Array {
    this.#kept.logs ??= logGrowth(this.returns);
    return this.#kept.logs;
  }

  /** W(t), shape [n]. */
  get wealth(): Float64Array {
    this.#kept.wealth ??= wealthOf(this.returns);
    return this.#kept.wealth;
  }

  /** Π (1 + r) over all. */
  get growth(): number {
    return this.n === 0 ? 1 : this.wealth[this.n - 1];
  }

  get path(): DrawdownPath {
    this.#kept.path ??= drawdownPath(this.wealth);
    return this.#kept.path;
  }

  /** In order of time. */
  get episodes(): readonly DrawdownEpisode[] {
    this.#kept.episodes ??= drawdownEpisodes(this.path.depths);
    return this.#kept.episodes;
  }

  /** The deepest fall, the first of equal ones; undefined where nothing fell. */
  get deepestEpisode(): DrawdownEpisode | undefined {
    const { deepest } = this.path;
    return this.episodes.find(({ depth }) => depth === deepest);
  }

  /** Gains and losses about zero. */
  get sides(): GainsAndLosses {
    this.#kept.sides ??= gainsAndLosses(this.returns);
    return this.#kept.sides;
  }

  /** Gains and losses about the target. */
  get targetSides(): GainsAndLosses {
    this.#kept.targetSides ??=
      this.target === 0 ? this.sides : gainsAndLosses(this.returns, this.target);
    return this.#kept.targetSides;
  }

  /** The returns, ascending. */
  get sorted(): Float64Array {
    this.#kept.sorted ??= sorted(this.returns);
    return this.#kept.sorted;
  }

  get months(): readonly CalendarReturn[] {
    this.#kept.months ??= monthsOf(this.returns, this.days);
    return this.#kept.months;
  }

  get years(): readonly CalendarReturn[] {
    this.#kept.years ??= yearsOf(this.months);
    return this.#kept.years;
  }

  /** The sample that figures against a benchmark rest on: this one, or that of the days that both have. */
  get shared(): ReturnSample {
    return this.#input.shared ?? this;
  }

  /** The benchmark on these very days as a sample of its own, null where there is none; see `shared`. */
  get benchmark(): ReturnSample | null {
    const { benchmark, ...same } = this.#input;
    this.#kept.benchmark ??= benchmark ? new ReturnSample({ ...same, returns: benchmark }) : null;
    return this.#kept.benchmark;
  }

  /** Returns over those of the benchmark, both less the risk-free ones. NaN without a benchmark. */
  get line(): MarketLine {
    this.#kept.line ??= marketLine(this.excess, this.#benchmarkExcess());
    return this.#kept.line;
  }

  /** The line through the periods in which the benchmark was above the risk-free rate. */
  get upLine(): MarketLine {
    this.#kept.upLine ??= sidedMarketLine(this.excess, this.#benchmarkExcess(), 'up');
    return this.#kept.upLine;
  }

  /** The line through the periods in which the benchmark was below the risk-free rate. */
  get downLine(): MarketLine {
    this.#kept.downLine ??= sidedMarketLine(this.excess, this.#benchmarkExcess(), 'down');
    return this.#kept.downLine;
  }

  /** Of the returns less those of the benchmark. */
  get active(): CentralMoments {
    this.#kept.active ??= centralMoments(
      this.benchmark ? less(this.returns, this.benchmark.returns) : new Float64Array(0),
    );
    return this.#kept.active;
  }

  /** Days on which the benchmark rose. */
  get up(): Side {
    this.#kept.up ??= capturedOn(this.returns, this.#benchmarkReturns(), 'up');
    return this.#kept.up;
  }

  /** Days on which the benchmark fell. */
  get down(): Side {
    this.#kept.down ??= capturedOn(this.returns, this.#benchmarkReturns(), 'down');
    return this.#kept.down;
  }

  /** Years by periods: n ÷ periods a year. */
  get periodYears(): number {
    return this.n / this.perYear;
  }

  /** (Π (1 + r))^(1 ÷ years) − 1. */
  get cagr(): number {
    return this.growth ** (1 / this.periodYears) - 1;
  }

  /** Risk-free rate a year, compounded from what it was per period. */
  get riskFreeYear(): number {
    const { riskFree } = this;
    if (typeof riskFree === 'number') return (1 + riskFree) ** this.perYear - 1;
    const wealth = wealthOf(riskFree);
    return this.n === 0 ? 0 : wealth[this.n - 1] ** (1 / this.periodYears) - 1;
  }

  /** Sample standard deviation per period; 0 where the returns do not vary but for rounding. */
  get deviation(): number {
    return deviationOf(this.moments);
  }

  get excessDeviation(): number {
    return deviationOf(this.excessMoments);
  }

  /** Mean ÷ standard deviation of the excess returns, per period. */
  get sharpe(): number {
    return this.excessMoments.mean / this.excessDeviation;
  }

  /** √(Σ min(0, r − target)² ÷ n), per period. */
  get downsideDeviation(): number {
    return Math.sqrt(this.targetSides.lostSquares / this.n);
  }

  /** Mean of the returns less the target, per period. */
  get aboveTarget(): number {
    const { gained, lost } = this.targetSides;
    return (gained - lost) / this.n;
  }

  /** Tracking error per period. */
  get activeDeviation(): number {
    return deviationOf(this.active);
  }

  /** Of type 7. */
  quantile(p: number): number {
    return quantileSorted(this.sorted, p);
  }

  /** ρ at a lag, about the mean of the whole. */
  autocorrelation(lag: number): number {
    if (this.deviation === 0) return Number.NaN;
    if (lag < 1 || lag > keptLags) return autocorrelation(this.returns, lag);
    this.#kept.autocorrelations ??= autocorrelations(this.returns, keptLags);
    return this.#kept.autocorrelations[lag - 1];
  }

  /** Of the excess returns, for every window; those of the last window asked for are kept. */
  rolling(window: number): RollingMoments {
    if (this.#kept.rolling?.window !== window) {
      this.#kept.rolling = { ...rollingMoments(this.excess, window), window };
    }
    return this.#kept.rolling;
  }

  /** What the significance of the Sharpe ratio is judged by. */
  get sharpeEstimate(): SharpeEstimate {
    const { n, m2, m3, m4 } = this.excessMoments;
    return { sharpe: this.sharpe, n, skewness: m3 / m2 ** 1.5, kurtosis: m4 / (m2 * m2) };
  }

  /** The same with returns from place `from` included to `until` excluded. */
  between(from: number, until: number): ReturnSample {
    const { days, benchmark, riskFree, target } = this.#input;
    const part = <T extends number | Float64Array | undefined>(each: T): T =>
      each instanceof Float64Array ? (each.subarray(from, until) as T) : each;
    return new ReturnSample({
      returns: this.returns.subarray(from, until),
      perYear: this.perYear,
      riskFree: part(riskFree),
      target: part(target),
      benchmark: part(benchmark),
      days: days?.slice(from, until),
      start: from === 0 ? this.start : (days?.[from - 1] ?? null),
    });
  }

  #benchmarkExcess(): Float64Array {
    return this.benchmark?.excess ?? new Float64Array(0);
  }

  #benchmarkReturns(): Float64Array {
    return this.benchmark?.returns ?? new Float64Array(0);
  }
}

/** Sample standard deviation of moments; 0 where the spread is rounding. */
export function deviationOf({ n, m2 }: CentralMoments): number {
  const deviation = Math.sqrt((m2 * n) / (n - 1));
  return deviation <= noSpread ? 0 : deviation;
}

/** r − rate, shape [n]; the returns themselves where the rate is zero. */
function less(returns: Float64Array, rate: number | Float64Array): Float64Array {
  if (rate === 0) return returns;
  const n = returns.length;
  const found = new Float64Array(n);
  if (typeof rate === 'number') for (let t = 0; t < n; t++) found[t] = returns[t] - rate;
  else for (let t = 0; t < n; t++) found[t] = returns[t] - rate[t];
  return found;
}

const logRate = (rate: number | Float64Array): number | Float64Array =>
  typeof rate === 'number' ? Math.log1p(rate) : logGrowth(rate);
