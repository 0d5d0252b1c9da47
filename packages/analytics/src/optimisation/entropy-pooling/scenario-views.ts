import { type Result, refuse } from '@plimsoll/kernel';
import type { Matrix } from '@plimsoll/quant/linear-algebra';
import { columnOf } from '@plimsoll/quant/linear-algebra';
import { type ExpectationView, entropyPooling, type Pooled } from './entropy-pooling.ts';

/** A view on returns of instruments, by their places; figures are a period of the scenarios. */
export type ScenarioView =
  /** The mean return; of the difference to another instrument where one is named. */
  | {
      readonly kind: 'mean';
      readonly of: number;
      readonly less?: number;
      readonly sense: '=' | '≥' | '≤';
      readonly value: number;
    }
  /** The standard deviation (divisor T). Keeps the mean, at the prior's unless a view says another. */
  | { readonly kind: 'volatility'; readonly of: number; readonly value: number }
  /** The correlation of two. Keeps means and volatilities, at the prior's unless views say others. */
  | {
      readonly kind: 'correlation';
      readonly of: number;
      readonly with: number;
      readonly value: number;
    }
  /** The probability `tail` lies at returns of −value and below. */
  | {
      readonly kind: 'value-at-risk';
      readonly of: number;
      readonly tail: number;
      readonly value: number;
    }
  /** The mean of the worst share `tail` is −value. One such view at most. */
  | { readonly kind: 'cvar'; readonly of: number; readonly tail: number; readonly value: number };

/**
 * Probabilities of scenarios under views on means, orders, volatilities, correlations and tails, by
 * `entropyPooling`. Views that are not linear in probabilities are made so by keeping what they are
 * about: a volatility about its mean, a correlation about means and volatilities. For CVaR the value
 * at risk that goes with it is searched for among the scenarios, so that the divergence is least.
 *
 * @param scenarios Simple returns a period, shape [T × n].
 * @param prior     Probabilities, shape [T].
 *
 * **Source:** A. Meucci, "Fully Flexible Views: Theory and Practice" (2008); for CVaR A. Meucci,
 * D. Ardia, S. Keel, "Fully Flexible Extreme Views" (2011).
 */
export function poolScenarios(
  scenarios: Matrix,
  names: readonly string[],
  prior: Float64Array,
  views: readonly ScenarioView[],
): Result<Pooled> {
  const linear = linearViews(scenarios, names, prior, views);
  const tails = views.filter((view) => view.kind === 'cvar');
  const [tail] = tails;
  if (!tail) return entropyPooling(prior, linear);
  if (tails.length > 1) {
    const detail = `${tails.length} views are on CVaR; one can be met at a time.`;
    return refuse({ code: 'entropy-pooling.two-cvar-views', detail });
  }
  return poolTail(scenarios, names, prior, linear, tail);
}

type TailView = Extract<ScenarioView, { kind: 'cvar' }>;

function poolTail(
  scenarios: Matrix,
  names: readonly string[],
  prior: Float64Array,
  linear: readonly ExpectationView[],
  { of, tail, value }: TailView,
): Result<Pooled> {
  const returns = columnOf(scenarios, of);
  const name = `CVaR of ${names[of]} = ${value}`;
  const levels = Array.from(new Set(returns)).sort((a, b) => a - b);
  const tried = new Map<number, Result<Pooled>>();
  const at = (place: number): Result<Pooled> => {
    const known = tried.get(place);
    if (known) return known;
    const level = levels[place];
    const within = returns.map((each) => (each <= level ? 1 : 0));
    const losses = returns.map((each) => (each <= level ? each : 0));
    const result = entropyPooling(prior, [
      ...linear,
      { quantity: within, sense: '=', target: tail, name: `${name}, its probability` },
      { quantity: losses, sense: '=', target: -tail * value, name },
    ]);
    tried.set(place, result);
    return result;
  };
  const divergence = (place: number): number => {
    const result = at(place);
    return result.ok ? result.value.divergence : Number.POSITIVE_INFINITY;
  };
  // Levels below −value cannot have that mean below them; the divergence falls and rises once above.
  let low = levels.findIndex((level) => level > -value);
  let high = levels.length - 2;
  if (low < 1 || low > high) {
    const detail = `No probabilities meet the view ${name}: returns lie between ${levels[0]} and ${levels.at(-1)}.`;
    return refuse({ code: 'entropy-pooling.out-of-reach', detail });
  }
  while (high - low > 2) {
    const third = Math.floor((high - low) / 3);
    const [a, b] = [low + third, high - third];
    if (divergence(a) <= divergence(b)) high = b;
    else low = a;
  }
  let best = low;
  for (let place = low + 1; place <= high; place++) {
    if (divergence(place) < divergence(best)) best = place;
  }
  return at(best);
}

/** Everything but CVaR, as views on expectations. */
function linearViews(
  scenarios: Matrix,
  names: readonly string[],
  prior: Float64Array,
  views: readonly ScenarioView[],
): ExpectationView[] {
  const expectation = (quantity: Float64Array): number =>
    quantity.reduce((sum, each, t) => sum + each * prior[t], 0);
  const viewed = (kind: 'mean' | 'volatility', of: number): number | undefined => {
    for (const view of views) {
      if (view.kind !== kind || view.of !== of) continue;
      if (view.kind === 'volatility' || (view.less === undefined && view.sense === '=')) {
        return view.value;
      }
    }
    return undefined;
  };
  const means = new Map<number, number>();
  const seconds = new Map<number, number>();
  const found: ExpectationView[] = [];
  /** The mean of one, held where a view needs to know it. */
  const mean = (of: number): number => {
    const known = means.get(of);
    if (known !== undefined) return known;
    const quantity = columnOf(scenarios, of);
    const said = viewed('mean', of);
    const target = said ?? expectation(quantity);
    if (said === undefined) {
      found.push({ quantity, sense: '=', target, name: `mean of ${names[of]} as it was` });
    }
    means.set(of, target);
    return target;
  };
  const deviation = (of: number): number => {
    const quantity = columnOf(scenarios, of).map((each) => each * each);
    const about = mean(of);
    const centre = expectation(columnOf(scenarios, of));
    const before = expectation(columnOf(scenarios, of).map((each) => (each - centre) ** 2));
    const said = viewed('volatility', of);
    const value = said ?? Math.sqrt(before);
    if (!seconds.has(of)) {
      seconds.set(of, value);
      const name = `volatility of ${names[of]} ${said === undefined ? 'as it was' : `= ${said}`}`;
      found.push({ quantity, sense: '=', target: value * value + about * about, name });
    }
    return value;
  };
  for (const view of views) {
    const name = names[view.of];
    if (view.kind === 'mean') {
      const other = view.less === undefined ? null : columnOf(scenarios, view.less);
      const quantity = columnOf(scenarios, view.of).map((each, t) => each - (other ? other[t] : 0));
      const what = other && view.less !== undefined ? `${name} − ${names[view.less]}` : name;
      const { sense, value } = view;
      found.push({ quantity, sense, target: value, name: `mean of ${what} ${sense} ${value}` });
    } else if (view.kind === 'volatility') {
      deviation(view.of);
    } else if (view.kind === 'correlation') {
      const other = columnOf(scenarios, view.with);
      const quantity = columnOf(scenarios, view.of).map((each, t) => each * other[t]);
      const target =
        view.value * deviation(view.of) * deviation(view.with) + mean(view.of) * mean(view.with);
      const what = `correlation of ${name} and ${names[view.with]} = ${view.value}`;
      found.push({ quantity, sense: '=', target, name: what });
    } else if (view.kind === 'value-at-risk') {
      const { value, tail } = view;
      const quantity = columnOf(scenarios, view.of).map((each) => (each <= -value ? 1 : 0));
      const what = `VaR of ${name} at ${tail} = ${value}`;
      found.push({ quantity, sense: '=', target: tail, name: what });
    }
  }
  return found;
}

/** Means and covariance (divisor 1) of scenarios under probabilities. */
export function pooledMoments(
  { rows: T, columns: n, data }: Matrix,
  probabilities: Float64Array,
): { readonly means: Float64Array; readonly covariance: Float64Array } {
  const means = new Float64Array(n);
  for (let t = 0; t < T; t++) {
    for (let i = 0; i < n; i++) means[i] += probabilities[t] * data[t * n + i];
  }
  const covariance = new Float64Array(n * n);
  for (let t = 0; t < T; t++) {
    for (let i = 0; i < n; i++) {
      const off = probabilities[t] * (data[t * n + i] - means[i]);
      for (let j = 0; j <= i; j++) covariance[i * n + j] += off * (data[t * n + j] - means[j]);
    }
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) covariance[j * n + i] = covariance[i * n + j];
  }
  return { means, covariance };
}
