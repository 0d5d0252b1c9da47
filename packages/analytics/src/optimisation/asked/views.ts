import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { Matrix } from '@plimsoll/quant/linear-algebra';
import { blackLitterman } from '../black-litterman/black-litterman.ts';
import { impliedReturns } from '../black-litterman/prior.ts';
import { readViews } from '../black-litterman/read-views.ts';

/** A portfolio and what it is expected to return. */
export interface View {
  readonly weights: Readonly<Record<string, number>>;
  readonly return: number;
  readonly confidence: number | undefined;
}

interface Prior {
  readonly names: readonly string[];
  readonly covariance: Matrix;
  /** What is expected where there are no views. */
  readonly means: Float64Array;
  readonly marketWeights: Readonly<Record<string, number>> | undefined;
  readonly viewRiskAversion: number;
  readonly tau: number;
  readonly riskFree: number;
}

/** Expected returns and covariance after views, by Black and Litterman; as they were without any. */
export function viewsOf(
  views: readonly View[],
  { names, covariance, means, marketWeights, viewRiskAversion, tau, riskFree }: Prior,
): Result<{ readonly expectedReturns: Float64Array; readonly covariance: Matrix }> {
  if (views.length === 0) return ok({ expectedReturns: means, covariance });
  const stranger = [marketWeights ?? {}, ...views.map(({ weights }) => weights)]
    .flatMap((each) => Object.keys(each))
    .find((name) => !names.includes(name));
  if (stranger !== undefined) {
    return refuse({
      code: 'optimisation.name',
      detail: `A view or the market names ${stranger}, which is not among ${names.join(', ')}.`,
    });
  }
  const market = Float64Array.from(names, (name) =>
    marketWeights ? (marketWeights[name] ?? 0) : 1,
  );
  const total = market.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) {
    return refuse({
      code: 'optimisation.market',
      detail: `The weights of the market add up to ${total}; they must add up to more than 0.`,
    });
  }
  const prior = impliedReturns(
    covariance,
    market.map((weight) => weight / total),
    viewRiskAversion,
    riskFree,
  );
  const read = readViews(views, names, covariance, tau);
  if (!read.ok) return read;
  const posterior = blackLitterman(covariance, prior, read.value.views, read.value.omega, tau);
  if (!posterior.ok) return posterior;
  return ok({ expectedReturns: posterior.value.mean, covariance: posterior.value.covariance });
}
