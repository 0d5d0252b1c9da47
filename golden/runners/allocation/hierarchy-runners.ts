import {
  type ClusterMeasure,
  columnDistances,
  correlationDistances,
  hierarchicalEqualRisk,
  hierarchicalRiskParity,
  membersOf,
  nestedClusters,
} from '@plimsoll/analytics/optimisation';
import { ok } from '@plimsoll/kernel';
import {
  cutTree,
  type Linkage,
  type LinkageMethod,
  leafOrder,
  linkage,
  optimalLeafOrder,
  twoDifferenceGap,
} from '@plimsoll/quant/clustering';
import { matrix } from '@plimsoll/quant/linear-algebra';
import { solveQuadratic } from '@plimsoll/quant/solver';
import { expectedOf, type Facts, inputOf, toleranceOf } from '../../case-facts.ts';
import { near, same } from '../../check.ts';
import type { GoldenCase } from '../../golden-case.ts';
import type { Runner, Surroundings } from '../../runner.ts';
import { type CaseReturns, checksOf, momentsOf, nearAll, returnsOf } from './case-input.ts';

/** The measures by the letters that Riskfolio-Lib has for them. */
const measures: Readonly<Record<string, ClusterMeasure>> = {
  variance: 'variance',
  mv: 'variance',
  vol: 'volatility',
  volatility: 'volatility',
  equal: 'equal',
  mad: 'mean-absolute-deviation',
  msv: 'semi-deviation',
  var: 'value-at-risk',
  cvar: 'cvar',
  evar: 'evar',
  wr: 'worst',
  mdd: 'max-drawdown',
  add: 'average-drawdown',
  cdar: 'cdar',
  uci: 'ulcer',
};

interface Hierarchy extends CaseReturns {
  readonly input: Facts;
  readonly tree: Linkage;
  readonly distances: Float64Array;
  readonly covariance: ReturnType<typeof momentsOf>['covariance'];
}

function hierarchyOf(golden: GoldenCase, surroundings: Surroundings): Hierarchy {
  const input = inputOf(golden, surroundings);
  const { names, returns } = returnsOf(input, surroundings);
  const { covariance, correlation } = momentsOf(returns);
  const prose = String(input['linkage'] ?? 'single');
  const method = (/single|complete|average|ward/.exec(prose)?.[0] ?? 'single') as LinkageMethod;
  const plain = correlationDistances(correlation);
  const distances = /column/i.test(prose) ? columnDistances(plain, names.length) : plain;
  const bare = linkage(distances, names.length, method);
  const tree =
    input['optimal_leaf_ordering'] === true
      ? optimalLeafOrder(bare, distances, 'each-merge')
      : bare;
  return { input, names, returns, covariance, tree, distances };
}

const inputsOf = ({ input, covariance, returns }: Hierarchy) => ({
  covariance,
  scenarios: returns,
  measure: measures[String(input['risk'] ?? 'variance').toLowerCase()] ?? 'variance',
  tail: Number(input['alpha'] ?? 0.05),
});

/** The number of clusters that the case gives, else that of the rule which its source had. */
const clustersOf = ({ input, tree, distances }: Hierarchy): number =>
  typeof input['k'] === 'number'
    ? input['k']
    : twoDifferenceGap(tree, distances, { within: 'mean' });

const hrp: Runner = {
  category: 'hrp',
  handles: ({ category }) => category === 'hrp',
  run(golden, surroundings) {
    const tolerance = toleranceOf(golden);
    const hierarchy = hierarchyOf(golden, surroundings);
    const { names, tree } = hierarchy;
    const order = leafOrder(tree);
    const weights = hierarchicalRiskParity(order, inputsOf(hierarchy));
    return checksOf(expectedOf(golden), {
      tickers: (wanted, key) => same(key, names, wanted),
      weights: (wanted, key) => nearAll(key, names, weights, wanted, tolerance),
      order: (wanted, key) =>
        same(
          key,
          Array.from(order, (i) => names[i]),
          wanted,
        ),
      linkage: (wanted, key) => {
        const rows = wanted as number[][];
        const found = Array.from(tree.height, (height, k) => [
          tree.left[k],
          tree.right[k],
          height,
          tree.size[k],
        ]);
        return nearAll(key, names, found.flat() as number[], rows.flat(), tolerance);
      },
    });
  },
};

const herc: Runner = {
  category: 'herc',
  handles: ({ category }) => category === 'herc',
  run(golden, surroundings) {
    const tolerance = toleranceOf(golden);
    const hierarchy = hierarchyOf(golden, surroundings);
    const k = clustersOf(hierarchy);
    const { weights, clusters } = hierarchicalEqualRisk(hierarchy.tree, k, inputsOf(hierarchy));
    return checksOf(expectedOf(golden), {
      tickers: (wanted, key) => same(key, hierarchy.names, wanted),
      weights: (wanted, key) => nearAll(key, hierarchy.names, weights, wanted, tolerance),
      k: (wanted, key) => same(key, k, wanted),
      clusters: (wanted, key) => same(key, Array.from(clusters), wanted),
    });
  },
};

/** Long-only weights of the least variance. */
function minVariance(covariance: ReturnType<typeof matrix>): Float64Array {
  const n = covariance.rows;
  return solveQuadratic({
    quadratic: covariance,
    linear: new Float64Array(n),
    rows: matrix(1, n, new Float64Array(n).fill(1)),
    rowLower: Float64Array.of(1),
    rowUpper: Float64Array.of(1),
    lower: new Float64Array(n),
    upper: new Float64Array(n).fill(Number.POSITIVE_INFINITY),
  }).x;
}

const nco: Runner = {
  category: 'nco',
  handles: ({ category }) => category === 'nco',
  run(golden, surroundings) {
    const tolerance = toleranceOf(golden);
    const hierarchy = hierarchyOf(golden, surroundings);
    const k = clustersOf(hierarchy);
    const clusters = cutTree(hierarchy.tree, k);
    const choose = (part: ReturnType<typeof matrix>) => ok(minVariance(part));
    const weights = nestedClusters(hierarchy.covariance, null, membersOf(clusters), {
      within: choose,
      between: choose,
    });
    return checksOf(expectedOf(golden), {
      tickers: (wanted, key) => same(key, hierarchy.names, wanted),
      weights: (wanted, key) =>
        nearAll(key, hierarchy.names, weights.ok ? weights.value : [], wanted, tolerance),
      k: (wanted, key) => near(key, k, Number(wanted), 0),
      clusters: (wanted, key) => same(key, Array.from(clusters), wanted),
    });
  },
};

export const hierarchyRunners = [hrp, herc, nco];
