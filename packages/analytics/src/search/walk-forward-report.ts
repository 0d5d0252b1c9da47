import { present } from '@plimsoll/kernel';
import { type Estimate, estimate, unknown } from '../analysis/estimate.ts';
import cagr from '../metrics/cagr/index.ts';
import maxDrawdown from '../metrics/max-drawdown/index.ts';
import sharpe from '../metrics/sharpe/index.ts';
import totalReturn from '../metrics/total-return/index.ts';
import { ReturnSample } from '../statistics/return-sample.ts';
import { type Objective, type Performance, profitFactor } from './objective.ts';
import { rankCorrelation, slope } from './pair-figures.ts';
import { type DriftOfParameter, driftOf } from './parameter-drift.ts';
import type { ParameterSet, ParameterSpace } from './parameter-space.ts';
import type { JudgedWindow } from './walk-forward.ts';
import type { Part, WalkForwardSettings, WalkForwardWindows } from './walk-forward-windows.ts';

/** Figures of some returns. */
export interface PartFigures {
  readonly totalReturn: Estimate;
  /** Compounded, a year. */
  readonly annualReturn: Estimate;
  /** A year. */
  readonly sharpe: Estimate;
  /** A positive share. */
  readonly maxDrawdown: Estimate;
  /** Whatever the size of the sample: the fewest trades and returns are asked of the search alone. */
  readonly objective: Estimate;
  /** Null where trades are not known. */
  readonly trades: number | null;
  /** Σ gains ÷ Σ losses of the trades. */
  readonly profitFactor: Estimate;
}

export interface WindowReport {
  readonly number: number;
  readonly inSample: Part;
  readonly outOfSample: Part;
  readonly purged: number;
  readonly whole: boolean;
  readonly trials: number;
  readonly refused: number;
  readonly undefinedTrials: number;
  /** Null where no trial had a value; nothing was then traded. */
  readonly chosen: ParameterSet | null;
  readonly how: string;
  readonly inSampleFigures: PartFigures | null;
  readonly outOfSampleFigures: PartFigures | null;
  /** Annual return out of sample ÷ in sample. */
  readonly efficiency: Estimate;
}

/** A whole walk-forward as plain data. */
export interface WalkForwardReport {
  readonly settings: WalkForwardSettings;
  readonly objective: string;
  readonly windows: readonly WindowReport[];
  /** Out-of-sample returns one after the other, and the bar of each. */
  readonly returns: readonly number[];
  readonly bars: readonly number[];
  /** Gain of each out-of-sample trade, in order; null where trades are not known. */
  readonly tradeGains: readonly number[] | null;
  /** Of all out-of-sample parts as one. */
  readonly outOfSample: PartFigures;
  /** Annual growth of all out-of-sample parts ÷ that of all in-sample parts. */
  readonly efficiency: Estimate;
  /** Mean objective out of sample less mean objective in sample, over windows that have both. */
  readonly degradation: Estimate;
  /** Slope of the objective out of sample over that in sample, across windows. */
  readonly degradationSlope: Estimate;
  /** Spearman, of the same pairs. */
  readonly rankCorrelation: Estimate;
  /** Share of windows that gained out of sample. */
  readonly profitableWindows: Estimate;
  readonly drift: readonly DriftOfParameter[];
  /** Distinct parameter sets tried over all windows are at most so many. */
  readonly trials: number;
  readonly notes: readonly string[];
}

const noGain = 'the in-sample part did not gain';

/**
 * What a walk-forward came to.
 *
 * @param judged By `walkForwardRun`.
 * @param space That was searched.
 *
 * Source: R. Pardo, The evaluation and optimization of trading strategies (2008), chapter 11
 * (walk-forward efficiency).
 */
export function walkForwardReport(
  { settings, notes }: WalkForwardWindows,
  judged: readonly JudgedWindow[],
  objective: Objective,
  space: ParameterSpace,
): WalkForwardReport {
  const windows = judged.map((each) => windowReport(each, objective));
  const chain = chained(judged);
  const pairs = objectivePairs(windows);
  const gained = windows.filter(
    ({ outOfSampleFigures }) => (outOfSampleFigures?.totalReturn.value ?? 0) > 0,
  ).length;
  return {
    settings,
    objective: objective.title,
    windows,
    // Adding zero makes 0 of −0, which JSON does not know.
    returns: Array.from(chain.returns, (each) => each + 0),
    tradeGains: chain.tradeGains && Array.from(chain.tradeGains, (each) => each + 0),
    bars: judged.flatMap(({ window: { outOfSample: part } }) =>
      Array.from({ length: part.until - part.from }, (_, i) => part.from + i),
    ),
    outOfSample: figuresOf(chain, objective),
    efficiency: efficiencyOf(judged),
    degradation: degradationOf(pairs),
    degradationSlope: slope(pairs.inSample, pairs.outOfSample),
    rankCorrelation: rankCorrelation(pairs.inSample, pairs.outOfSample),
    profitableWindows: { value: gained / windows.length },
    drift: driftOf(
      space,
      judged.map(({ picked }) => picked),
    ),
    trials: windows.reduce((sum, { trials }) => sum + trials, 0),
    notes: [...notes, ...notesOn(settings, judged)],
  };
}

function windowReport(
  { window, search, picked, inSample, outOfSample }: JudgedWindow,
  objective: Objective,
): WindowReport {
  const inSampleFigures = inSample && figuresOf(inSample, objective);
  const outOfSampleFigures = outOfSample && figuresOf(outOfSample, objective);
  return {
    ...window,
    trials: search.trials.length,
    refused: search.refused,
    undefinedTrials: search.undefinedTrials,
    chosen: picked?.trial.parameters ?? null,
    how: picked?.how ?? 'No trial had an objective, so nothing was traded.',
    inSampleFigures,
    outOfSampleFigures,
    efficiency: quotient(outOfSampleFigures?.annualReturn, inSampleFigures?.annualReturn),
  };
}

function quotient(above: Estimate | undefined, below: Estimate | undefined): Estimate {
  if (!above || !below) return unknown('nothing was chosen');
  if (above.value === null) return above;
  if (below.value === null) return below;
  return below.value > 0 ? estimate(above.value / below.value, noGain) : unknown(noGain);
}

function figuresOf(performance: Performance, objective: Objective): PartFigures {
  const { returns, perYear, riskFree, tradeGains } = performance;
  const sample = new ReturnSample({ returns, perYear, riskFree });
  return {
    totalReturn: totalReturn.compute(sample),
    annualReturn: cagr.compute(sample),
    sharpe: sharpe.compute(sample),
    maxDrawdown: maxDrawdown.compute(sample),
    objective: objective.figureOfAny(performance),
    trades: tradeGains?.length ?? null,
    profitFactor: profitFactor(tradeGains),
  };
}

/** All out-of-sample parts as one performance; a part in which nothing was chosen is cash. */
function chained(judged: readonly JudgedWindow[]): Performance {
  const parts = judged.map(({ window: { outOfSample: part }, outOfSample }) =>
    outOfSample ? outOfSample.returns : new Float64Array(part.until - part.from),
  );
  const runs = judged.flatMap(({ outOfSample }) => outOfSample ?? []);
  const gains = runs.map(({ tradeGains }) => tradeGains);
  return {
    returns: Float64Array.from(parts.flatMap((part) => [...part])),
    perYear: runs[0]?.perYear ?? 252,
    ...(runs[0]?.riskFree === undefined ? {} : { riskFree: runs[0].riskFree }),
    tradeGains: gains.includes(null)
      ? null
      : Float64Array.from(gains.flatMap((each) => [...present(each, 'gains of trades')])),
  };
}

/** e^(Σ ln(1 + r) ÷ years) − 1 over all parts of one kind. */
function annualGrowth(parts: readonly Performance[]): number {
  let logs = 0;
  let years = 0;
  for (const { returns, perYear } of parts) {
    for (const each of returns) logs += Math.log1p(each);
    years += returns.length / perYear;
  }
  return Math.expm1(logs / years);
}

function efficiencyOf(judged: readonly JudgedWindow[]): Estimate {
  const inside = annualGrowth(judged.flatMap(({ inSample }) => inSample ?? []));
  const outside = annualGrowth(judged.flatMap(({ outOfSample }) => outOfSample ?? []));
  if (Number.isNaN(inside)) return unknown('nothing was chosen in any window');
  return inside > 0
    ? estimate(outside / inside, noGain)
    : unknown('the in-sample parts did not gain');
}

interface Pairs {
  readonly inSample: Float64Array;
  readonly outOfSample: Float64Array;
}

function objectivePairs(windows: readonly WindowReport[]): Pairs {
  const both = windows.flatMap(({ inSampleFigures, outOfSampleFigures }) => {
    const [a, b] = [inSampleFigures?.objective.value, outOfSampleFigures?.objective.value];
    return typeof a === 'number' && typeof b === 'number' ? [[a, b] as const] : [];
  });
  return {
    inSample: Float64Array.from(both, ([a]) => a),
    outOfSample: Float64Array.from(both, ([, b]) => b),
  };
}

function degradationOf({ inSample, outOfSample }: Pairs): Estimate {
  if (inSample.length === 0) return unknown('no window has the objective in and out of sample');
  const total = outOfSample.reduce((sum, value, i) => sum + value - inSample[i], 0);
  return { value: total / inSample.length };
}

function notesOn(
  { purge, positions }: WalkForwardSettings,
  judged: readonly JudgedWindow[],
): readonly string[] {
  const notes = [
    positions === 'flat'
      ? 'Each out-of-sample part begins and ends without positions.'
      : 'Positions are carried from one out-of-sample part into the next.',
  ];
  const idle = judged.filter(({ picked }) => picked === null).length;
  if (idle > 0) {
    notes.push(
      `In ${idle} of ${judged.length} windows no parameters qualified; they count as cash.`,
    );
  }
  let longest = 0;
  for (const { outOfSample } of judged) {
    for (const bars of outOfSample?.tradeBars ?? []) longest = Math.max(longest, bars);
  }
  if (longest > purge) {
    notes.push(`The longest trade lasted ${longest} bars, longer than the purge of ${purge}.`);
  }
  return notes;
}
