import { ok, type Result, refuse } from '@plimsoll/kernel';
import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import type { StatedView } from '../black-litterman/read-views.ts';
import { type ExpectationView, entropyPooling } from './entropy-pooling.ts';
import { pooledMoments } from './scenario-views.ts';

/**
 * Expected returns and covariance a year of scenarios whose probabilities meet views on the returns
 * of portfolios, by entropy pooling. With a confidence c below 1 the probabilities are mixed with
 * those before, q ← c q + (1 − c) p. Without views the covariance is the sample's, divisor T − 1.
 *
 * @param scenarios Simple returns a period, at least two, shape [T × n].
 * @returns Refused: unknown names, confidences that differ, and views that the past cannot meet.
 *
 * **Source:** A. Meucci, "Fully Flexible Views: Theory and Practice" (2008).
 */
export function poolViews(
  stated: readonly StatedView[],
  scenarios: Matrix,
  names: readonly string[],
  periodsPerYear: number,
): Result<{ readonly expectedReturns: Float64Array; readonly covariance: Matrix }> {
  const { rows: T, columns: n, data } = scenarios;
  const confidences = new Set(stated.map(({ confidence }) => confidence ?? 1));
  if (confidences.size > 1) {
    const detail = `Entropy pooling has one confidence for all views, not ${[...confidences].join(' and ')}; give the same to each, or take Black–Litterman.`;
    return refuse({ code: 'entropy-pooling.confidence', detail });
  }
  const views: ExpectationView[] = [];
  for (const { weights, return: value } of stated) {
    const entries = Object.entries(weights);
    const strange = entries.find(([name]) => !names.includes(name));
    if (strange) {
      const detail = `A view is on ${strange[0]}, which is not among ${names.join(', ')}.`;
      return refuse({ code: 'entropy-pooling.views', detail });
    }
    const quantity = new Float64Array(T);
    for (const [name, weight] of entries) {
      const place = names.indexOf(name);
      for (let t = 0; t < T; t++) quantity[t] += weight * data[t * n + place];
    }
    const words = entries.map(([name, weight]) => `${weight} ${name}`).join(' + ');
    const target = value / periodsPerYear;
    views.push({ quantity, sense: '=', target, name: `${words} = ${value} a year` });
  }
  const prior = new Float64Array(T).fill(1 / T);
  const pooled = entropyPooling(prior, views);
  if (!pooled.ok) return pooled;
  const [confidence = 1] = confidences;
  const mixed = pooled.value.probabilities.map(
    (q, t) => confidence * q + (1 - confidence) * prior[t],
  );
  const { means, covariance } = pooledMoments(scenarios, mixed);
  const scale = (periodsPerYear * T) / Math.max(1, T - 1);
  return ok({
    expectedReturns: means.map((each) => each * periodsPerYear),
    covariance: matrix(
      n,
      n,
      covariance.map((each) => each * scale),
    ),
  });
}
