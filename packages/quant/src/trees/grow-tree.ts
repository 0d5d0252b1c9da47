import { type BinnedFeatures, between } from './bin-features.ts';
import { type Chance, chooseFirst } from './chance.ts';
import type { RegressionTree } from './regression-tree.ts';

/** Where growth ends. */
export interface GrowthLimits {
  /** Splits on the way to a leaf. */
  readonly maxDepth: number;
  /** Least rows of a leaf. */
  readonly minLeafRows: number;
  /** Least sum of curvature of a leaf. */
  readonly minLeafWeight: number;
  /** λ ≥ 0, added to the curvature of each leaf. */
  readonly l2: number;
  /** Gain that a split must exceed. */
  readonly minGain: number;
  /** Features tried at each split, chosen anew by chance. */
  readonly featuresPerSplit: number;
}

/** A split that was found, or none where the gain is not above the least. */
interface Best {
  gain: number;
  feature: number;
  /** Greatest bin that goes left. */
  bin: number;
  threshold: number;
  missingLeft: boolean;
}

/** Below so many rows of a node sorting them is cheaper than walking over all bins. */
const fewRows = 40;

/**
 * Grows regression trees on the same features one after another, keeping its working memory.
 *
 * A tree approximates the minimum of Σ gᵢ f(xᵢ) + ½ hᵢ f(xᵢ)² + ½ λ Σ leaf²: each split has the
 * largest gain ½ [G_L² ÷ (H_L + λ) + G_R² ÷ (H_R + λ) − G² ÷ (H + λ)], a leaf is −G ÷ (H + λ). With
 * gᵢ = −wᵢ yᵢ, hᵢ = wᵢ and λ = 0 leaves are weighted means and the gain is the fall of squared error.
 * Missing values go to the side where they gain more; where none were seen, to the heavier one. Of
 * equal gains the first feature and the lowest threshold wins.
 *
 * Source: Tianqi Chen and Carlos Guestrin, XGBoost: a scalable tree boosting system (2016), §2.2,
 * algorithms 1 and 3.
 */
export class TreeGrower {
  readonly #binned: BinnedFeatures;
  readonly #limits: GrowthLimits;
  readonly #sumG: Float64Array;
  readonly #sumH: Float64Array;
  readonly #count: Int32Array;
  readonly #bins: Int32Array;
  readonly #keys = new Int32Array(fewRows);
  readonly #scratch: Int32Array;
  #gradient: Float64Array = new Float64Array(0);
  #curvature: Float64Array = new Float64Array(0);

  constructor(binned: BinnedFeatures, limits: GrowthLimits) {
    this.#binned = binned;
    this.#limits = limits;
    const widest = Math.max(fewRows, ...binned.least.map(({ length }) => length + 1));
    this.#sumG = new Float64Array(widest);
    this.#sumH = new Float64Array(widest);
    this.#count = new Int32Array(widest);
    this.#bins = new Int32Array(widest);
    this.#scratch = new Int32Array(binned.rows);
  }

  /**
   * @param gradient g, curvature h ≥ 0; shape [rows] each. @param rows Places of the rows that count,
   *   reordered. @param features Places of the features that may be used, reordered.
   * @param scale Multiplies each leaf.
   */
  grow(
    gradient: Float64Array,
    curvature: Float64Array,
    rows: Int32Array,
    features: Int32Array,
    scale: number,
    chance: Chance,
  ): RegressionTree {
    this.#gradient = gradient;
    this.#curvature = curvature;
    const nodes = new Nodes();
    const open = [{ node: nodes.add(), from: 0, until: rows.length, depth: 0 }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { node, from, until, depth } = next;
      let g = 0;
      let h = 0;
      for (let i = from; i < until; i++) {
        g += gradient[rows[i]];
        h += curvature[rows[i]];
      }
      nodes.cover[node] = h;
      const best =
        depth < this.#limits.maxDepth && until - from >= 2 * this.#limits.minLeafRows
          ? this.#split(rows, from, until, g, h, features, chance)
          : undefined;
      if (!best) {
        const weight = h + this.#limits.l2;
        nodes.value[node] = weight > 0 ? (-g / weight) * scale : 0;
        continue;
      }
      const middle = this.#part(rows, from, until, best);
      nodes.feature[node] = best.feature;
      nodes.threshold[node] = best.threshold;
      nodes.missingLeft[node] = best.missingLeft ? 1 : 0;
      const left = nodes.add();
      const right = nodes.add();
      nodes.left[node] = left;
      nodes.right[node] = right;
      open.push({ node: right, from: middle, until, depth: depth + 1 });
      open.push({ node: left, from, until: middle, depth: depth + 1 });
    }
    return nodes.tree();
  }

  #split(
    rows: Int32Array,
    from: number,
    until: number,
    g: number,
    h: number,
    features: Int32Array,
    chance: Chance,
  ): Best | undefined {
    const { featuresPerSplit, minGain } = this.#limits;
    const best: Best = { gain: minGain, feature: -1, bin: 0, threshold: 0, missingLeft: false };
    const tried = Math.min(featuresPerSplit, features.length);
    if (tried < features.length) chooseFirst(features, tried, chance);
    for (let k = 0; k < tried; k++) {
      const feature = features[k];
      const groups =
        until - from <= fewRows
          ? this.#sortedGroups(rows, from, until, feature)
          : this.#histogram(rows, from, until, feature);
      if (groups > 1) this.#scan(feature, groups, until - from, g, h, best);
    }
    return best.feature < 0 ? undefined : best;
  }

  /** Sums of each bin that occurs, in order of the bins; how many there are. */
  #histogram(rows: Int32Array, from: number, until: number, feature: number): number {
    const { codes, rows: n, least } = this.#binned;
    const sumG = this.#sumG;
    const sumH = this.#sumH;
    const count = this.#count;
    const gradient = this.#gradient;
    const curvature = this.#curvature;
    const width = least[feature].length + 1;
    sumG.fill(0, 0, width);
    sumH.fill(0, 0, width);
    count.fill(0, 0, width);
    const base = feature * n;
    for (let i = from; i < until; i++) {
      const row = rows[i];
      const code = codes[base + row];
      sumG[code] += gradient[row];
      sumH[code] += curvature[row];
      count[code] += 1;
    }
    let groups = 0;
    for (let code = 0; code < width; code++) {
      if (count[code] === 0) continue;
      sumG[groups] = sumG[code];
      sumH[groups] = sumH[code];
      count[groups] = count[code];
      this.#bins[groups++] = code;
    }
    return groups;
  }

  /** The same for few rows, by insertion sort. */
  #sortedGroups(rows: Int32Array, from: number, until: number, feature: number): number {
    const { codes, rows: n } = this.#binned;
    const keys = this.#keys;
    const base = feature * n;
    const size = until - from;
    for (let i = 0; i < size; i++) {
      const key = (codes[base + rows[from + i]] << 6) | i;
      let j = i - 1;
      while (j >= 0 && keys[j] > key) {
        keys[j + 1] = keys[j];
        j -= 1;
      }
      keys[j + 1] = key;
    }
    let groups = -1;
    let last = -1;
    for (let i = 0; i < size; i++) {
      const code = keys[i] >> 6;
      const row = rows[from + (keys[i] & 63)];
      if (code !== last) {
        groups += 1;
        last = code;
        this.#bins[groups] = code;
        this.#sumG[groups] = 0;
        this.#sumH[groups] = 0;
        this.#count[groups] = 0;
      }
      this.#sumG[groups] += this.#gradient[row];
      this.#sumH[groups] += this.#curvature[row];
      this.#count[groups] += 1;
    }
    return groups + 1;
  }

  /** Tries every place between two groups, with missing values on either side. */
  #scan(feature: number, groups: number, size: number, g: number, h: number, best: Best): void {
    const least = this.#binned.least[feature];
    const greatest = this.#binned.greatest[feature];
    const bins = this.#bins;
    const missing = bins[groups - 1] === least.length;
    const present = missing ? groups - 1 : groups;
    const missingG = missing ? this.#sumG[present] : 0;
    const missingH = missing ? this.#sumH[present] : 0;
    const missingN = missing ? this.#count[present] : 0;
    const { l2 } = this.#limits;
    const whole = (g * g) / (h + l2 || 1);
    let leftG = 0;
    let leftH = 0;
    let leftN = 0;
    // Where values are missing, the last place parts them from all that are there.
    const places = missing ? present : present - 1;
    for (let k = 0; k < places; k++) {
      leftG += this.#sumG[k];
      leftH += this.#sumH[k];
      leftN += this.#count[k];
      const parted = k === present - 1;
      for (let side = 0; side < (missing && !parted ? 2 : 1); side++) {
        const aG = side === 1 ? leftG + missingG : leftG;
        const aH = side === 1 ? leftH + missingH : leftH;
        const aN = side === 1 ? leftN + missingN : leftN;
        const gain = this.#gain(aG, aH, aN, g, h, size) - 0.5 * whole;
        if (!(gain > best.gain)) continue;
        best.gain = gain;
        best.feature = feature;
        best.bin = bins[k];
        best.threshold = parted ? Number.MAX_VALUE : between(greatest[bins[k]], least[bins[k + 1]]);
        best.missingLeft = missing ? side === 1 : 2 * aH > h;
      }
    }
  }

  /** Half the sum of both sides' G² ÷ (H + λ); −∞ where a side is too small. */
  #gain(aG: number, aH: number, aN: number, g: number, h: number, size: number): number {
    const { l2, minLeafRows, minLeafWeight } = this.#limits;
    const bH = h - aH;
    if (aN < minLeafRows || size - aN < minLeafRows) return Number.NEGATIVE_INFINITY;
    if (aH < minLeafWeight || bH < minLeafWeight || aH + l2 <= 0 || bH + l2 <= 0) {
      return Number.NEGATIVE_INFINITY;
    }
    const bG = g - aG;
    return 0.5 * ((aG * aG) / (aH + l2) + (bG * bG) / (bH + l2));
  }

  /** Brings rows that go left to the front, both sides in the order that they had; where they part. */
  #part(rows: Int32Array, from: number, until: number, best: Best): number {
    const { codes, rows: n, least } = this.#binned;
    const missing = least[best.feature].length;
    const base = best.feature * n;
    const scratch = this.#scratch;
    let kept = from;
    let moved = 0;
    for (let i = from; i < until; i++) {
      const row = rows[i];
      const code = codes[base + row];
      const left = code === missing ? best.missingLeft : code <= best.bin;
      if (left) rows[kept++] = row;
      else scratch[moved++] = row;
    }
    rows.set(scratch.subarray(0, moved), kept);
    return kept;
  }
}

/** The columns of a tree while it grows. */
class Nodes {
  readonly left: number[] = [];
  readonly right: number[] = [];
  readonly feature: number[] = [];
  readonly threshold: number[] = [];
  readonly missingLeft: number[] = [];
  readonly value: number[] = [];
  readonly cover: number[] = [];

  add(): number {
    this.left.push(-1);
    this.right.push(-1);
    this.feature.push(0);
    this.threshold.push(0);
    this.missingLeft.push(0);
    this.value.push(0);
    this.cover.push(0);
    return this.left.length - 1;
  }

  tree(): RegressionTree {
    return {
      left: Int32Array.from(this.left),
      right: Int32Array.from(this.right),
      feature: Int32Array.from(this.feature),
      threshold: Float64Array.from(this.threshold),
      missingLeft: Uint8Array.from(this.missingLeft),
      value: Float64Array.from(this.value),
      cover: Float64Array.from(this.cover),
    };
  }
}
