import {
  ageWeightedTail,
  conditionalNormalTail,
  cornishFisherTailOf,
  entropicValueAtRisk,
  ewmaFilter,
  filteredTail,
  fitStudentT,
  hillTailIndex,
  historicalTail,
  normalTailOf,
  overlappingReturns,
  peaksOverThreshold,
  type QuantileRule,
  scaledBySquareRoot,
  studentTTail,
  type TailMeanRule,
  thresholdTail,
} from '@plimsoll/analytics/risk';
import { expectedOf, factsOf, inputOf, toleranceOf } from '../../case-facts.ts';
import { type Check, near, same } from '../../check.ts';
import type { Outcome, Runner } from '../../runner.ts';
import { levelFrom, returnsOf } from './case-input.ts';

/** A pattern of the names of figures, and what the product says for one. */
type Row = readonly [RegExp, (match: Groups, returns: Float64Array) => Answer];
/** The whole, and as many groups as the pattern has. */
type Groups = readonly [string, string, string, string];
type Answer = number | null | undefined | Readonly<Record<string, number>>;

const quantileRules: Readonly<Record<string, QuantileRule>> = {
  type1_lower: 'lower',
  lower: 'lower',
  higher: 'higher',
  linear: 7,
};

const tailMeans: Readonly<Record<string, TailMeanRule>> = {
  mean_le: 'at-or-beyond',
  mean_lt: 'beyond',
  rockafellar_uryasev: 'exact-share',
  empyrical_floor_mean: 'floor-count',
};

/** `type7_linear`, `inverted_cdf_type1`, `higher`. */
function quantileRule(text: string): QuantileRule | undefined {
  const named = quantileRules[text];
  if (named !== undefined) return named;
  const type = Number(/type([1-9])/.exec(text)?.[1]);
  return type >= 1 && type <= 9 ? (type as QuantileRule) : undefined;
}

const tailMeanRule = (text: string): TailMeanRule | undefined =>
  Object.entries(tailMeans).find(([name]) => text.startsWith(name))?.[1];

const value = <T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false },
): T | undefined => (result.ok ? result.value : undefined);

const studentT = (returns: Float64Array, level: number) => {
  const fit = value(fitStudentT(returns));
  return fit && studentTTail(fit, level);
};

const ewma = (returns: Float64Array, decay: string) =>
  value(ewmaFilter(returns, { decay: Number(`0.${decay.slice(1)}`), start: 'first-square' }));

const exceeding = (returns: Float64Array, level: number) => {
  const fit = value(peaksOverThreshold(returns));
  return fit && value(thresholdTail(fit, level));
};

const rows: readonly Row[] = [
  [
    /^hist_var([\d.]+)_(.+)$/,
    ([, level, rule], returns) => {
      const quantile = quantileRule(rule);
      if (quantile === undefined) return undefined;
      return value(historicalTail(returns, levelFrom(level), { quantile }))?.valueAtRisk;
    },
  ],
  [
    /^hist_es([\d.]+)_(.+)$/,
    ([, level, rule], returns) => {
      const tailMean = tailMeanRule(rule);
      if (tailMean === undefined) return undefined;
      return value(historicalTail(returns, levelFrom(level), { tailMean }))?.cvar;
    },
  ],
  [
    /^normal_var([\d.]+)$/,
    ([, level], returns) => value(normalTailOf(returns, levelFrom(level)))?.valueAtRisk,
  ],
  [
    /^normal_es([\d.]+)$/,
    ([, level], returns) => value(normalTailOf(returns, levelFrom(level)))?.cvar,
  ],
  [
    /^cornish_fisher_z([\d.]+)$/,
    ([, level], returns) => value(cornishFisherTailOf(returns, levelFrom(level)))?.quantile,
  ],
  [
    /^cornish_fisher_var([\d.]+)(?:_sd_ddof(\d))?$/,
    ([, level, ddof = '1'], returns) =>
      value(cornishFisherTailOf(returns, levelFrom(level), { ddof: Number(ddof) }))?.valueAtRisk,
  ],
  [
    /^modified_es([\d.]+)_boudt(?:_sd_ddof(\d))?$/,
    ([, level, ddof = '1'], returns) =>
      value(
        cornishFisherTailOf(returns, levelFrom(level), { ddof: Number(ddof), cvar: 'edgeworth' }),
      )?.cvar,
  ],
  [
    /^t_fit$/,
    (_, returns) => {
      const fit = value(fitStudentT(returns));
      return (
        fit && {
          df: fit.degreesOfFreedom,
          loc: fit.location,
          scale: fit.scale,
          loglik: fit.logLikelihood,
        }
      );
    },
  ],
  [/^t_var([\d.]+)$/, ([, level], returns) => studentT(returns, levelFrom(level))?.valueAtRisk],
  [/^t_es([\d.]+)$/, ([, level], returns) => studentT(returns, levelFrom(level))?.cvar],
  [
    /^gpd$/,
    (_, returns) => {
      const fit = value(peaksOverThreshold(returns));
      return (
        fit && {
          threshold_loss_q95: fit.threshold,
          n_exceed: fit.exceedances,
          xi: fit.shape,
          beta: fit.scale,
          loglik: fit.logLikelihood,
        }
      );
    },
  ],
  [/^evt_var([\d.]+)$/, ([, level], returns) => exceeding(returns, levelFrom(level))?.valueAtRisk],
  [/^evt_es([\d.]+)$/, ([, level], returns) => exceeding(returns, levelFrom(level))?.cvar],
  [/^hill_tail_index_k(\d+)$/, ([, k], returns) => hillTailIndex(returns, Number(k))],
  [/^ewma(0\d+)_next_vol$/, ([, decay], returns) => ewma(returns, decay)?.nextVolatility],
  [
    /^ewma(0\d+)_normal_var([\d.]+)$/,
    ([, decay, level], returns) => {
      const filter = ewma(returns, decay);
      return filter && conditionalNormalTail(filter, levelFrom(level)).valueAtRisk;
    },
  ],
  [
    /^filtered_hist_(var|es)([\d.]+)(?:_type7)?$/,
    ([, measure, level], returns) => {
      const filter = ewma(returns, '094');
      const tail = filter && value(filteredTail(filter, levelFrom(level)));
      return measure === 'var' ? tail?.valueAtRisk : tail?.cvar;
    },
  ],
  [
    /^brw_lambda([\d.]+)_(var|es)([\d.]+?)(?:_first_cum_ge_alpha)?$/,
    ([, decay, measure, level], returns) => {
      const tail = value(ageWeightedTail(returns, levelFrom(level), Number(decay)));
      return measure === 'var' ? tail?.valueAtRisk : tail?.cvar;
    },
  ],
  [
    /^(var|es)([\d.]+)_scaled_(\d+)d_sqrt_time$/,
    ([, measure, level, days], returns) => {
      const one = value(historicalTail(returns, levelFrom(level), { tailMean: 'at-or-beyond' }));
      const scaled = one && scaledBySquareRoot(one, Number(days));
      return measure === 'var' ? scaled?.valueAtRisk : scaled?.cvar;
    },
  ],
  [
    /^overlapping_(\d+)d_hist_(var|es)([\d.]+)(?:_type7)?$/,
    ([, days, measure, level], returns) => {
      const runs = value(overlappingReturns(returns, Number(days)));
      const tail =
        runs && value(historicalTail(runs, levelFrom(level), { tailMean: 'at-or-beyond' }));
      return measure === 'var' ? tail?.valueAtRisk : tail?.cvar;
    },
  ],
  [/^evar([\d.]+)$/, ([, level], returns) => value(entropicValueAtRisk(returns, levelFrom(level)))],
];

/**
 * Fits by iteration, and what follows from them, agree as far as the other tool's search went before
 * it stopped. A likelihood that it left Δ below the top puts its parameters some √Δ from there, in
 * standard errors; ours must be no lower.
 */
const isFitted = (name: string): boolean => /^(t_|gpd|evt_)/.test(name);
const searchTolerance = 1e-6;

function checksOf(name: string, answer: Answer, wanted: unknown, within: number): Check[] {
  if (typeof wanted === 'number') {
    const found = typeof answer === 'number' ? answer : null;
    const slack = isFitted(name) ? searchTolerance : within;
    return [near(name, found, wanted, Math.max(within, slack * Math.abs(wanted)))];
  }
  const parts = typeof answer === 'object' && answer !== null ? answer : {};
  const { loglik, ...figures } = factsOf(wanted);
  const higher = (parts['loglik'] ?? Number.NaN) - Number(loglik ?? parts['loglik']);
  const short = Math.max(0, Number.isFinite(higher) ? higher : 0);
  return [
    ...(loglik === undefined ? [] : [same(`${name}.loglik no lower`, higher >= -within, true)]),
    ...Object.entries(figures).map(([key, each]) => {
      const size = Math.abs(Number(each));
      const slack = size * (searchTolerance + 5 * Math.sqrt(short));
      return near(`${name}.${key}`, parts[key] ?? null, Number(each), Math.max(within, slack));
    }),
  ];
}

/** VaR and CVaR of one column by every method; the tolerance is absolute, relative for figures above 1, wider for fits. */
export const tailRunner: Runner = {
  category: 'var_es',
  handles: ({ category }) => category === 'var_es',
  run: (golden, surroundings): Outcome => {
    const returns = returnsOf(inputOf(golden, surroundings), surroundings).values;
    const listed: string[] = [];
    const checks = Object.entries(expectedOf(golden)).flatMap(([name, wanted]) => {
      for (const [pattern, answer] of rows) {
        const match = pattern.exec(name);
        const found = match ? answer(match as unknown as Groups, returns) : undefined;
        if (match && found !== undefined) return checksOf(name, found, wanted, toleranceOf(golden));
      }
      listed.push(`${name}, no measure of that name`);
      return [];
    });
    return { checks, listed };
  },
};
