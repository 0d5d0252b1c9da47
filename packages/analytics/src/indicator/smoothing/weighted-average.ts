import { RecentValues } from '../rolling/recent-values.ts';

/** Σ weight × value ÷ Σ weight over the last values, the first weight for the oldest. */
export class WeightedAverage {
  readonly #weights: Float64Array;
  readonly #recent: RecentValues;

  constructor(weights: Float64Array) {
    let sum = 0;
    for (const weight of weights) sum += weight;
    this.#weights = weights.map((weight) => weight / sum);
    this.#recent = new RecentValues(weights.length);
  }

  /** NaN until there are as many values in a row as weights. */
  next(x: number): number {
    if (!this.#recent.next(x)) return Number.NaN;
    const { all, from } = this.#recent;
    let sum = 0;
    for (let j = 0; j < this.#weights.length; j++) sum += this.#weights[j] * all[from + j];
    return sum;
  }
}
