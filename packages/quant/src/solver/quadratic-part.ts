import type { QuadraticProgram } from './quadratic-program.ts';

/** The Q of a program, as variables see it that each move one z up or down, slacks included. */
export class QuadraticPart {
  /** How many z there are; 0 where there is no Q. */
  readonly width: number;
  /** Largest entry on Q's diagonal. */
  readonly curvature: number;
  readonly #q: Float64Array;
  readonly #base: Int32Array;
  readonly #sign: Float64Array;
  /** What was touched: by how much, which places, whether a place is among them. */
  readonly #delta: Float64Array;
  readonly #touched: Int32Array;
  readonly #isTouched: Uint8Array;
  #count = 0;

  /** @param total Variables with slacks, which move no z. */
  constructor({ quadratic, columns, linear }: QuadraticProgram, total: number) {
    this.width = quadratic?.rows ?? 0;
    this.#q = quadratic?.data ?? new Float64Array(0);
    this.#base = new Int32Array(total).fill(-1);
    this.#sign = new Float64Array(total).fill(1);
    if (quadratic && columns) {
      this.#base.set(columns.base);
      this.#sign.set(columns.sign);
    } else if (quadratic) {
      for (let j = 0; j < linear.length; j++) this.#base[j] = j;
    }
    this.#delta = new Float64Array(this.width);
    this.#touched = new Int32Array(this.width);
    this.#isTouched = new Uint8Array(this.width);
    let curvature = 0;
    for (let i = 0; i < this.width; i++) {
      curvature = Math.max(curvature, this.#q[i * (this.width + 1)]);
    }
    this.curvature = curvature;
  }

  /** The entry of EᵀQE on the diagonal. */
  own(j: number): number {
    const at = this.#base[j];
    return at < 0 ? 0 : this.#sign[j] ** 2 * this.#q[at * (this.width + 1)];
  }

  /** The entries of EᵀQE for j with the first `count` of `members`, into `out` from `from` on. */
  column(j: number, members: Int32Array, count: number, out: Float64Array, from: number): void {
    const at = this.#base[j];
    const row = at * this.width;
    const sign = this.#sign[j];
    for (let f = 0; f < count; f++) {
      const other = this.#base[members[f]];
      out[from + f] =
        at < 0 || other < 0 ? 0 : sign * this.#sign[members[f]] * this.#q[row + other];
    }
  }

  /** What a vector over z is for j. */
  of(j: number, overZ: Float64Array): number {
    const at = this.#base[j];
    return at < 0 ? 0 : this.#sign[j] * overZ[at];
  }

  /** Notes that variable j moves by `by`, for `applyTouched`. */
  touch(j: number, by: number): void {
    const at = this.#base[j];
    if (at < 0 || by === 0) return;
    if (this.#isTouched[at] === 0) {
      this.#isTouched[at] = 1;
      this.#touched[this.#count++] = at;
    }
    this.#delta[at] += this.#sign[j] * by;
  }

  /** out += Q · (what was touched); rows of Q four at a time. */
  applyTouched(out: Float64Array): void {
    const q = this.#q;
    const { width } = this;
    const touched = this.#touched;
    const delta = this.#delta;
    const count = this.#count;
    let k = 0;
    for (; k + 3 < count; k += 4) {
      const da = delta[touched[k]];
      const db = delta[touched[k + 1]];
      const dc = delta[touched[k + 2]];
      const dd = delta[touched[k + 3]];
      const ra = touched[k] * width;
      const rb = touched[k + 1] * width;
      const rc = touched[k + 2] * width;
      const rd = touched[k + 3] * width;
      for (let i = 0; i < width; i++) {
        out[i] += da * q[ra + i] + db * q[rb + i] + (dc * q[rc + i] + dd * q[rd + i]);
      }
    }
    for (; k < count; k++) {
      const a = touched[k];
      const da = delta[a];
      const ra = a * width;
      for (let i = 0; i < width; i++) out[i] += da * q[ra + i];
    }
    for (k = 0; k < count; k++) {
      delta[touched[k]] = 0;
      this.#isTouched[touched[k]] = 0;
    }
    this.#count = 0;
  }
}
