import type { Matrix } from '@plimsoll/quant/linear-algebra';
import { type ScenarioMeasure, scenarioRisk } from '../tail-risk/scenario-risk.ts';

/** What hierarchical methods weigh clusters by. */
export type ClusterMeasure = 'variance' | 'volatility' | 'equal' | ScenarioMeasure;

export interface ClusterInputs {
  /** Of returns, shape [n × n]. */
  readonly covariance: Matrix;
  /** Shape [periods × n]; needed for measures of scenarios. */
  readonly scenarios: Matrix | null;
  readonly measure: ClusterMeasure;
  /** Tail probability of the measures that have one: 0.05 for 95 %. */
  readonly tail: number;
}

/**
 * Weights within a cluster in inverse proportion to the risk of each member by itself, and the risk
 * that the cluster has with them. `variance` divides by variances, the others by the measure.
 */
export interface ClusterRisk {
  /** Sum 1, in the order of the members. */
  readonly weights: Float64Array;
  readonly risk: number;
}

/** The naive risk-parity portfolio of a cluster and its risk; cost members² or periods × members. */
export function clusterRisk(members: ArrayLike<number>, inputs: ClusterInputs): ClusterRisk {
  const { measure, covariance } = inputs;
  const size = members.length;
  const weights = new Float64Array(size).fill(1 / size);
  if (measure === 'equal') return { weights, risk: 1 };
  const { rows: n, data } = covariance;
  const byCovariance = measure === 'variance' || measure === 'volatility';
  let sum = 0;
  for (let i = 0; i < size; i++) {
    const alone = byCovariance
      ? data[members[i] * n + members[i]]
      : riskOfScenarios(inputs, members, i);
    weights[i] = 1 / (measure === 'volatility' ? Math.sqrt(alone) : alone);
    sum += weights[i];
  }
  for (let i = 0; i < size; i++) weights[i] /= sum;
  if (!byCovariance) return { weights, risk: riskOfScenarios(inputs, members, weights) };
  let variance = 0;
  for (let i = 0; i < size; i++) {
    const row = members[i] * n;
    let inner = 0;
    for (let j = 0; j < size; j++) inner += data[row + members[j]] * weights[j];
    variance += weights[i] * inner;
  }
  return { weights, risk: measure === 'volatility' ? Math.sqrt(variance) : variance };
}

/** Of one member by its place, or of all members with their weights. */
function riskOfScenarios(
  { scenarios, measure, tail }: ClusterInputs,
  members: ArrayLike<number>,
  of: number | Float64Array,
): number {
  if (!scenarios) throw new TypeError(`${measure} needs scenarios`);
  const { rows, columns, data } = scenarios;
  const returns = new Float64Array(rows);
  for (let t = 0; t < rows; t++) {
    const row = t * columns;
    if (typeof of === 'number') returns[t] = data[row + members[of]];
    else for (let i = 0; i < of.length; i++) returns[t] += of[i] * data[row + members[i]];
  }
  return scenarioRisk(measure as ScenarioMeasure, returns, tail);
}
