import {
  ok,
  parameterTable,
  type Result,
  readParameters,
  refuse,
  type ValuesOf,
} from '@plimsoll/kernel';
import { type Estimate, estimate, unknown } from '../analysis/estimate.ts';
import cagr from '../metrics/cagr/index.ts';
import calmar from '../metrics/calmar/index.ts';
import maxDrawdown from '../metrics/max-drawdown/index.ts';
import sharpe from '../metrics/sharpe/index.ts';
import sortino from '../metrics/sortino/index.ts';
import totalReturn from '../metrics/total-return/index.ts';
import type { Metric } from '../statistics/metric.ts';
import { ReturnSample } from '../statistics/return-sample.ts';
import type { Outcome } from './searcher.ts';

/** What a backtest came to, as far as it is judged here. */
export interface Performance {
  /** Simple returns, one a period, shape [n], finite. */
  readonly returns: Float64Array;
  readonly perYear: number;
  /** Risk-free return per period; 0 unless said. */
  readonly riskFree?: number;
  /** Of each trade the gain after costs, in money or as a share, shape [trades]; null where not known. */
  readonly tradeGains: Float64Array | null;
}

interface Goal {
  readonly title: string;
  readonly better: 'higher' | 'lower';
  readonly value: (sample: ReturnSample, performance: Performance, folds: number) => Estimate;
}

const ofMetric = (metric: Metric): Goal => ({
  title: metric.title,
  better: metric.better === 'lower' ? 'lower' : 'higher',
  value: (sample) => metric.compute(sample),
});

/** What can be striven for, by name. */
const goals = {
  sharpe: ofMetric(sharpe),
  'total-return': ofMetric(totalReturn),
  cagr: ofMetric(cagr),
  calmar: ofMetric(calmar),
  sortino: ofMetric(sortino),
  'max-drawdown': ofMetric(maxDrawdown),
  'profit-factor': {
    title: 'Profit factor of trades',
    better: 'higher',
    value: (_, { tradeGains }) => profitFactor(tradeGains),
  },
  'worst-fold-sharpe': {
    title: 'Sharpe ratio of the worst fold',
    better: 'higher',
    value: (sample, _, folds) => worstFold(sample, folds),
  },
} as const satisfies Readonly<Record<string, Goal>>;

const goalIds = Object.keys(goals) as readonly (keyof typeof goals)[];

/** What a search strives for. */
export const objectiveParameters = parameterTable({
  objective: {
    kind: 'choice',
    title: 'Objective',
    help: 'weighted: the sum of several, each times its weight.',
    of: [...goalIds, 'weighted'],
    default: 'sharpe',
  },
  weights: {
    kind: 'by-name',
    title: 'Weights of a weighted objective',
    help: 'By the name of the objective; one for what should be low is below zero.',
    optional: true,
  },
  minimumTrades: { kind: 'integer', title: 'Fewest trades that count', min: 0, default: 0 },
  minimumObservations: { kind: 'integer', title: 'Fewest returns that count', min: 1, default: 20 },
  folds: { kind: 'integer', title: 'Folds of the worst-fold Sharpe', min: 2, max: 100, default: 5 },
});

/** An objective ready to judge. */
export interface Objective {
  readonly title: string;
  readonly settings: ValuesOf<typeof objectiveParameters>;
  /**
   * The figure itself, as people know it: a drawdown is a positive share. Null with the reason where the
   * sample is too small or the figure is not defined.
   */
  readonly figure: (performance: Performance) => Estimate;
  /** The figure whatever the size of the sample: what a choice came to where it is judged. */
  readonly figureOfAny: (performance: Performance) => Estimate;
  /** `figure` turned so that higher is better, which is what a search compares. */
  readonly score: (performance: Performance) => Estimate;
  /** The score as the outcome of a trial, with the Sharpe ratio per period that luck is counted by. */
  readonly outcome: (trial: number, performance: Performance) => Outcome;
}

/**
 * Reads what to strive for, `{ objective: 'sharpe', minimumTrades: 30 }`.
 *
 * @returns refused where a weighted objective has no weights, or weights name no objective.
 */
export function readObjective(given: unknown): Result<Objective> {
  const read = readParameters(objectiveParameters, given);
  if (!read.ok) return read;
  const settings = read.value;
  const { objective, folds } = settings;
  const weighted = objective === 'weighted';
  const wrong = wrongWeights(weighted, settings.weights);
  if (wrong !== undefined) return refuse({ code: 'search.objective', detail: wrong });
  const goal = weighted ? weightedGoal(settings.weights ?? {}) : goalOf(objective);
  const figureOf = (sample: ReturnSample, performance: Performance): Estimate => {
    const why = tooSmall(performance, settings);
    return why === undefined ? goal.value(sample, performance, folds) : unknown(why);
  };
  const scoreOf = (sample: ReturnSample, performance: Performance): Estimate => {
    const found = figureOf(sample, performance);
    return found.value === null || goal.better === 'higher' ? found : { value: -found.value };
  };
  return ok({
    title: goal.title,
    settings,
    figure: (performance) => figureOf(sampleOf(performance), performance),
    figureOfAny: (performance) => goal.value(sampleOf(performance), performance, folds),
    score: (performance) => scoreOf(sampleOf(performance), performance),
    outcome: (number, performance) => {
      const sample = sampleOf(performance);
      const { sharpe } = sample;
      return {
        number,
        ...scoreOf(sample, performance),
        sharpe: Number.isFinite(sharpe) ? sharpe : null,
      };
    },
  });
}

const sampleOf = ({ returns, perYear, riskFree }: Performance): ReturnSample =>
  new ReturnSample({ returns, perYear, riskFree });

const goalOf = (name: string): Goal => goals[name as keyof typeof goals];

function wrongWeights(
  weighted: boolean,
  weights: Readonly<Record<string, number>> | undefined,
): string | undefined {
  if (!weighted) {
    return weights === undefined ? undefined : 'Weights are for the objective weighted alone.';
  }
  const names = Object.keys(weights ?? {});
  if (names.length === 0) return 'A weighted objective needs weights, such as { sharpe: 1 }.';
  const odd = names.find((name) => !Object.hasOwn(goals, name));
  return odd === undefined
    ? undefined
    : `There is no objective ${odd} to weigh; known are ${goalIds.join(', ')}.`;
}

function weightedGoal(weights: Readonly<Record<string, number>>): Goal {
  const parts = Object.entries(weights);
  return {
    title: parts.map(([name, weight]) => `${weight} × ${name}`).join(' + '),
    better: 'higher',
    value: (sample, performance, folds) => {
      let total = 0;
      for (const [name, weight] of parts) {
        const { value, why } = goalOf(name).value(sample, performance, folds);
        if (value === null) return unknown(`${name}: ${why}`);
        total += weight * value;
      }
      return estimate(total, 'it is beyond what a number can hold');
    },
  };
}

function tooSmall(
  { returns, tradeGains }: Performance,
  { minimumTrades, minimumObservations }: Objective['settings'],
): string | undefined {
  if (returns.length < minimumObservations) {
    return `needs ${minimumObservations} returns, has ${returns.length}`;
  }
  if (!returns.every(Number.isFinite)) return 'a return is no finite number';
  if (minimumTrades === 0) return undefined;
  if (tradeGains === null) return `needs ${minimumTrades} trades, and trades are not known`;
  return tradeGains.length < minimumTrades
    ? `needs ${minimumTrades} trades, has ${tradeGains.length}`
    : undefined;
}

/** Σ gains ÷ Σ losses of trades; null where they are not known. Source: R. Pardo, The evaluation and optimization of trading strategies (2008). */
export function profitFactor(gains: Float64Array | null): Estimate {
  if (gains === null) return unknown('trades are not known');
  let won = 0;
  let lost = 0;
  for (const gain of gains) {
    if (gain > 0) won += gain;
    else lost -= gain;
  }
  return estimate(won / lost, gains.length === 0 ? 'there is no trade' : 'no trade lost');
}

/** The lowest Sharpe ratio of as many parts of the sample, one after the other. */
function worstFold(sample: ReturnSample, folds: number): Estimate {
  let worst = Number.POSITIVE_INFINITY;
  for (let fold = 0; fold < folds; fold++) {
    const from = Math.floor((fold * sample.n) / folds);
    const part = sample.between(from, Math.floor(((fold + 1) * sample.n) / folds));
    const { value, why } = sharpe.compute(part);
    if (value === null) return unknown(`fold ${fold + 1} of ${folds}: ${why}`);
    worst = Math.min(worst, value);
  }
  return { value: worst };
}
