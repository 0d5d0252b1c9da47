import {
  historicalParts,
  normalModel,
  normalParts,
  normalTail,
  quantileStandardError,
  simulateCollapsed,
  simulatedTail,
  simulatePortfolio,
  type TailParts,
  volatilityParts,
} from '@plimsoll/analytics/risk';
import { normalPdf, normalQuantile } from '@plimsoll/quant/distributions';
import { dot, gram, type Matrix, matrix, quadraticForm } from '@plimsoll/quant/linear-algebra';
import { columnMeans } from '@plimsoll/quant/statistics';
import { expectedOf, type Facts, inputOf, toleranceOf } from '../../case-facts.ts';
import { type Check, near } from '../../check.ts';
import type { Outcome, Runner, Surroundings } from '../../runner.ts';
import { asMatrix, levelFrom, returnsOf, weightsOf } from './case-input.ts';

interface Book {
  readonly returns: Matrix;
  readonly weights: Float64Array;
  readonly mean: Float64Array;
  readonly covariance: Matrix;
  readonly level: number;
}

function bookOf(input: Facts, surroundings: Surroundings): Book {
  const columns = returnsOf(input, surroundings);
  const returns = asMatrix(columns);
  const mean = columnMeans(returns);
  const centred = matrix(
    returns.rows,
    returns.columns,
    returns.data.map((each, at) => each - (mean[at % returns.columns] ?? 0)),
  );
  const ddof = Number(/ddof=(\d)/.exec(String(input['cov'] ?? ''))?.[1] ?? 1);
  const squares = gram(centred);
  return {
    returns,
    mean,
    weights: weightsOf(input, columns.names),
    covariance: matrix(
      squares.rows,
      squares.rows,
      squares.data.map((each) => each / (returns.rows - ddof)),
    ),
    level: 1 - Number(input['alpha'] ?? 0.05),
  };
}

/** What the product says for each name of a figure; a list has a number for each instrument. */
function answers(book: Book): Readonly<Record<string, number | Float64Array | undefined>> {
  const { weights, mean, covariance, level, returns } = book;
  const parts = (moments: { mean: Float64Array }): TailParts | undefined => {
    const found = normalParts(weights, { ...moments, covariance }, level);
    return found.ok ? found.value : undefined;
  };
  const normal = parts({ mean });
  const zeroMean = parts({ mean: new Float64Array(mean.length) });
  const historical = historicalParts(weights, returns, level, { tailMean: 'at-or-beyond' });
  const exact = historical.ok ? historical.value : undefined;
  const volatility = volatilityParts(weights, covariance);
  const alone = weights.reduce((sum, weight, i) => {
    const own = Math.sqrt(covariance.data[i * (weights.length + 1)] ?? 0);
    return sum + weight * normalTail({ mean: mean[i] ?? 0, volatility: own }, level).valueAtRisk;
  }, 0);
  const incremental = 'remove_position_to_cash';
  return {
    parametric_var: normal?.valueAtRisk.total,
    marginal_var: normal?.valueAtRisk.marginal,
    component_var: normal?.valueAtRisk.component,
    component_var_zero_mean: zeroMean?.valueAtRisk.component,
    [`incremental_var_${incremental}`]: normal?.valueAtRisk.incremental,
    [`incremental_es_${incremental}`]: normal?.cvar.incremental,
    parametric_es: normal?.cvar.total,
    marginal_es: normal?.cvar.marginal,
    component_es: normal?.cvar.component,
    component_es_zero_mean: zeroMean?.cvar.component,
    hist_var_type7: exact?.valueAtRisk.total,
    hist_es_type7_le: exact?.cvar.total,
    component_hist_es: exact?.cvar.component,
    marginal_hist_es: exact?.cvar.marginal,
    diversification_benefit: normal && alone - normal.valueAtRisk.total,
    portfolio_vol: volatility.ok ? volatility.value.total : undefined,
    risk_contribution_vol: volatility.ok ? volatility.value.component : undefined,
    marginal_contribution_vol: volatility.ok ? volatility.value.marginal : undefined,
  };
}

/** Parts of risk of a portfolio. */
export const componentRunner: Runner = {
  category: 'component_var',
  handles: ({ category }) => category === 'component_var',
  run: (golden, surroundings): Outcome => {
    const known = answers(bookOf(inputOf(golden, surroundings), surroundings));
    const within = toleranceOf(golden);
    const listed: string[] = [];
    const checks = Object.entries(expectedOf(golden)).flatMap(([name, wanted]): Check[] => {
      const found = known[name];
      if (found === undefined) {
        listed.push(`${name}, no figure of that name`);
        return [];
      }
      if (typeof found === 'number') return [near(name, found, Number(wanted), within)];
      return (wanted as number[]).map((each, i) =>
        near(`${name}[${i}]`, found[i] ?? null, each, within),
      );
    });
    return { checks, listed };
  },
};

/** Drawn portfolios: exact figures at the tolerance, drawn ones within three standard errors. */
export const monteCarloRunner: Runner = {
  category: 'monte_carlo',
  handles: ({ category }) => category === 'monte_carlo',
  run: (golden, surroundings): Outcome => {
    const book = bookOf(inputOf(golden, surroundings), surroundings);
    const { weights, mean, covariance } = book;
    const volatility = Math.sqrt(quadraticForm(covariance, weights));
    const moments = { mean: dot(weights, mean), volatility };
    const listed: string[] = [];
    const within = toleranceOf(golden);
    const errorOf = (level: number, paths: number): number =>
      quantileStandardError(1 - level, paths, normalPdf(normalQuantile(1 - level)) / volatility);
    const checks = Object.entries(expectedOf(golden)).flatMap(([name, wanted]): Check[] => {
      const exact = /^exact_(var|es)([\d.]+)$/.exec(name);
      if (exact) {
        const level = levelFrom(exact[2] ?? '');
        const tail = normalTail(moments, level);
        const of = (each: typeof tail): number =>
          exact[1] === 'var' ? each.valueAtRisk : each.cvar;
        const paths = 1_000_000;
        // The error of CVaR is below 1.6 times that of VaR in a normal tail.
        const three = 3 * errorOf(level, paths) * (exact[1] === 'var' ? 1 : 1.6);
        const options = { paths, seed: 20 };
        const { linear: _, ...byInstrument } = normalModel(book);
        const drawn = {
          'drawn as one number': simulateCollapsed(moments, options),
          'drawn by instrument': simulatePortfolio(weights, byInstrument, options),
        };
        return [
          near(name, of(tail), Number(wanted), within),
          ...Object.entries(drawn).map(([how, returns]) =>
            near(`${name} ${how}`, of(simulatedTail(returns, level)), Number(wanted), three),
          ),
        ];
      }
      const error = /^se_(\d+)([MK]?)$/.exec(name);
      if (error) {
        const paths = Number(error[1]) * (error[2] === 'M' ? 1e6 : error[2] === 'K' ? 1e3 : 1);
        return [near(name, errorOf(book.level, paths), Number(wanted), within)];
      }
      listed.push(`${name}, no figure of that name`);
      return [];
    });
    return { checks, listed };
  },
};
