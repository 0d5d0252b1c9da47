import { matrix } from '@plimsoll/quant/linear-algebra';
import { elasticNet, logisticElasticNet, standardise } from '@plimsoll/quant/regression';
import { expectedOf, factsOf, numberOf, numbersOf, textOf } from '../../case-facts.ts';
import { agrees, listAgrees } from '../../check.ts';
import type { Run } from './run.ts';

/** An elastic net on columns at mean 0 and deviation 1, linear or logistic. */
export const elasticNets: Run = (golden, _, tolerance) => {
  const input = factsOf(golden['input']);
  const expected = expectedOf(golden);
  const rows = Array.isArray(input['x']) ? input['x'].map(numbersOf) : [];
  const alpha = numberOf(input, 'alpha', 'penalty', 'lambda');
  const absoluteShare = numberOf(input, 'l1_ratio', 'absolute_share', 'rho');
  const columns = rows[0]?.length ?? 0;
  if (alpha === undefined || absoluteShare === undefined || columns === 0) {
    return { checks: [], listed: ['the case gives no rows, no penalty or no share of it'] };
  }
  const { x } = standardise(matrix(rows.length, columns, Float64Array.from(rows.flat())));
  const y = Float64Array.from(numbersOf(input['y']));
  const mean = y.reduce((sum, each) => sum + each, 0) / y.length;
  const options = { alpha, absoluteShare };
  const found =
    textOf(input, 'kind', 'model') === 'logistic'
      ? logisticElasticNet(x, y, new Float64Array(y.length).fill(1), options)
      : {
          ...elasticNet(
            x,
            y.map((each) => each - mean),
            options,
          ),
          intercept: mean,
        };
  const wanted = numbersOf(expected['coef'] ?? expected['coefficients']);
  return {
    checks: [
      ...listAgrees('coefficient', found.coefficients, wanted, tolerance),
      ...(expected['intercept'] === undefined
        ? []
        : [agrees('intercept', found.intercept, expected['intercept'], tolerance)]),
    ],
    listed: [],
  };
};
