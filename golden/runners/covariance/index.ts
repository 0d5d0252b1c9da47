import {
  covarianceHealth,
  historicalMeans,
  pairwiseCovariance,
} from '@plimsoll/analytics/covariance';
import {
  clippedCorrelation,
  fromRows,
  type Matrix,
  nearestCorrelation,
  toRows,
} from '@plimsoll/quant/linear-algebra';
import { expectedOf, type Facts, factsOf, toleranceOf } from '../../case-facts.ts';
import { agrees, type Check, same } from '../../check.ts';
import { caseName } from '../../golden-case.ts';
import { type GoldenData, select, simpleReturns } from '../../golden-data.ts';
import type { Outcome, Runner } from '../../runner.ts';
import { nearList, nearMatrix } from './check-matrix.ts';
import { estimateOf, type FoundEstimate, proseOf } from './estimate-of.ts';

/** Simple returns of the named columns in the price range, or the matrix of returns that is given. */
function returnsOf(input: Facts, data: GoldenData): Matrix {
  if (Array.isArray(input['returns'])) return fromRows(input['returns'] as number[][]);
  const names = input['columns'];
  const range = (input['price_range'] ?? input['range']) as [string, string] | undefined;
  const {
    days,
    names: found,
    values,
  } = simpleReturns(
    select(data.columns(String(input['file'])), {
      ...(Array.isArray(names) ? { names: names as string[] } : {}),
      ...(range ? { range } : {}),
    }),
  );
  return { rows: days.length, columns: found.length, data: values };
}

function nearestChecks(input: Facts, expected: Facts, tolerance: number): Outcome {
  const given = fromRows(input['matrix'] as number[][]);
  const near = nearestCorrelation(given);
  return outcomeOf(expected, (key, wanted) => {
    if (key === 'higham') return nearMatrix(key, near.correlation, wanted, tolerance);
    if (key === 'higham_frobenius') {
      return agrees(key, near.distance, Number(wanted), tolerance);
    }
    if (key === 'clipped_rescaled') {
      return nearMatrix(key, clippedCorrelation(given), wanted, tolerance);
    }
    return undefined;
  });
}

function estimateChecks(found: FoundEstimate, expected: Facts, tolerance: number): Outcome {
  const health = covarianceHealth(found.covariance);
  const { eigenvalues } = health;
  const numbers: Facts = {
    ...found.numbers,
    trace: health.trace,
    frobenius: health.frobenius,
    logdet: health.logDeterminant,
    eig_min: eigenvalues[0],
    eig_max: eigenvalues.at(-1),
    condition_number: health.conditionNumber,
  };
  return outcomeOf(expected, (key, wanted) => {
    if (key === 'matrix' || key === 'cov') {
      return nearMatrix(key, found.covariance, wanted, tolerance);
    }
    if (key === 'corr' && found.correlation) {
      return nearMatrix(key, found.correlation, wanted, tolerance);
    }
    if (key === 'eigenvalues_desc' && found.denoised) {
      return nearList(key, found.denoised.eigenvalues, wanted, tolerance);
    }
    const number = numbers[key];
    if (typeof number !== 'number' || typeof wanted !== 'number') return undefined;
    return agrees(key, number, wanted, tolerance);
  });
}

/** A check for each figure that has one; the others are listed. */
function outcomeOf(
  expected: Facts,
  check: (key: string, wanted: unknown) => Check | undefined,
): Outcome {
  const checks: Check[] = [];
  const listed: string[] = [];
  for (const [key, wanted] of Object.entries(expected)) {
    const made = check(key, wanted);
    if (made) checks.push(made);
    else listed.push(`${key}: no figure of that name`);
  }
  return { checks, listed };
}

/** Covariance estimates, and the nearest correlation matrix. */
const covarianceRunner: Runner = {
  category: 'covariance',
  handles: ({ category }) => category === 'covariance',
  run: (golden, { data }) => {
    const input = factsOf(golden['input']);
    const expected = expectedOf(golden);
    const tolerance = toleranceOf(golden, 1e-10);
    if (input['matrix'] !== undefined) return nearestChecks(input, expected, tolerance);
    const prose = proseOf(caseName(golden), input);
    const oas = 'shrinkage_sklearn' in expected ? ' oas' : '';
    const found = estimateOf(returnsOf(input, data), input, `${prose}${oas}`);
    return estimateChecks(found, expected, tolerance);
  },
};

/** Expected returns and a covariance a year, from columns with gaps: `source` says how in prose. */
const inputsRunner: Runner = {
  category: 'optimiser_inputs',
  handles: ({ category }) => category === 'optimiser_inputs',
  run: (golden, { data }) => {
    const source = String(factsOf(golden['input'])['source'] ?? '');
    const expected = expectedOf(golden);
    const tolerance = toleranceOf(golden, 1e-10);
    const file = /\S+\.csv/.exec(source)?.[0];
    if (file === undefined) {
      return {
        checks: [],
        listed: ['given as they are: their source names no file to compute them from'],
      };
    }
    const range = /(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)/.exec(source);
    const periods = Number(/(?:\/|\*|^|\s)(\d{2,3})(?:\*|\b)/.exec(source)?.[1] ?? 252);
    const prices = select(
      data.columns(file),
      range ? { range: [range[1] ?? '', range[2] ?? ''] } : {},
    );
    const { days, names, values } = simpleReturns(prices);
    const returns: Matrix = { rows: days.length, columns: names.length, data: values };
    const kind = /compounded|CAGR/.test(source) ? 'compounded' : 'arithmetic';
    const covariance = pairwiseCovariance(returns).covariance;
    const yearly = fromRows(toRows(covariance).map((row) => row.map((value) => value * periods)));
    return outcomeOf(expected, (key, wanted) => {
      if (key === 'tickers') return same(key, names, wanted);
      if (key === 'mu') {
        return nearList(key, historicalMeans(returns, periods, kind), wanted, tolerance);
      }
      if (key === 'cov') return nearMatrix(key, yearly, wanted, tolerance);
      return undefined;
    });
  },
};

export const runners: readonly Runner[] = [covarianceRunner, inputsRunner];
