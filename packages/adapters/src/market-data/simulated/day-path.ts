import { streamOf } from './chance.ts';

/** The bar of one day that a path runs through. */
export interface DayTerms {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** Halvings of a day down to which a path is drawn: 0.66 s. */
const depth = 17;
/** Halvings of the day that are laid out at once for bars: 5.3 s. */
const gridDepth = 14;
export const gridSteps = 2 ** gridDepth;

/** A day of Brownian motion is about so many times as wide as its volatility: E[range] = √(8/π) σ. */
const rangeOfVolatility = Math.sqrt(8 / Math.PI);

/**
 * The prices within one day: a Brownian bridge from its open to its close, folded into the day's low
 * and high, by midpoint displacement: B(m) = (B(a) + B(b)) / 2 + z √(b − a) / 2. Each midpoint has
 * chance of its own, so that any instant is known without those before it, and always the same.
 *
 * Source: Paul Lévy's construction of Brownian motion.
 */
export class DayPath {
  readonly #terms: DayTerms;
  readonly #chance: number;
  readonly #volatility: number;

  /** `name`: the instrument and the day. */
  constructor(seed: number, name: string, terms: DayTerms) {
    this.#terms = terms;
    this.#chance = Math.floor(streamOf(seed, name).next() * 2 ** 32);
    this.#volatility = (terms.high - terms.low) / rangeOfVolatility;
  }

  /** The price at a share of the day, from 0 (its open) to 1 (its close). */
  at(share: number): number {
    let [a, b] = [0, 0];
    let [from, length] = [0, 1];
    for (let level = 0, node = 1; level < depth; level++) {
      const middle = (a + b) / 2 + this.#normal(node) * Math.sqrt(length) * 0.5;
      length /= 2;
      if (share < from + length) {
        b = middle;
        node = 2 * node;
      } else {
        a = middle;
        from += length;
        node = 2 * node + 1;
      }
    }
    return this.#price(share, a + (b - a) * Math.min(1, (share - from) / length));
  }

  /** The prices at each of `gridSteps` equal steps, both ends included. */
  grid(): Float64Array {
    const path = new Float64Array(gridSteps + 1);
    for (let level = 0; level < gridDepth; level++) {
      const step = gridSteps >> level;
      const spread = Math.sqrt(1 / 2 ** level) * 0.5;
      for (let i = 0; i < 2 ** level; i++) {
        const a = path[i * step] as number;
        const b = path[(i + 1) * step] as number;
        path[i * step + step / 2] = (a + b) / 2 + this.#normal(2 ** level + i) * spread;
      }
    }
    for (let i = 0; i <= gridSteps; i++) path[i] = this.#price(i / gridSteps, path[i] as number);
    return path;
  }

  #price(share: number, bridge: number): number {
    const { open, high, low, close } = this.#terms;
    const width = high - low;
    if (!(width > 0)) return close;
    const free = open + (close - open) * share + this.#volatility * bridge;
    // A path that leaves the day's range is folded back at its edge.
    const over = (free - low) / width;
    const phase = over - 2 * Math.floor(over / 2);
    const folded = low + width * (phase <= 1 ? phase : 2 - phase);
    return Math.min(high, Math.max(low, folded));
  }

  /** Near enough to normal: the sum of three uniforms of ten bits, variance 1. */
  #normal(node: number): number {
    let h = this.#chance ^ Math.imul(node, 0x9e3779b1);
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    h ^= h >>> 16;
    const sum = (h & 1023) + ((h >>> 10) & 1023) + ((h >>> 20) & 1023);
    return (sum / 1023 - 1.5) * 2;
  }
}
