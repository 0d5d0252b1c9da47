import { FreeBasis } from './free-basis.ts';
import { QuadraticPart } from './quadratic-part.ts';
import type { QuadraticProgram } from './quadratic-program.ts';
import { scaledRows, scalesOf } from './scale-rows.ts';

/**
 * The state of a primal active-set method. Every row has a slack, A x − s = 0, whose bounds are the
 * row's, so that all inequalities are bounds; variables n … n + m − 1 are the slacks. Each variable is
 * free (a member of the basis) or rests at a value, mostly a bound. The free ones are stationary,
 *
 *   g_F = A_Fᵀ y,   g = Eᵀ Q E x + c ,
 *
 * and the reduced Hessian of F is positive definite throughout, also where Q is singular: from a
 * vertex on, a direction of no curvature is followed until a bound stops it.
 *
 * **Source:** Fletcher, Practical Methods of Optimization, 2nd ed. 1987, ch. 10; Gill, Murray,
 * Saunders and Wright, Inertia-controlling methods for general quadratic programming, SIAM Review 33,
 * 1991. The bounded form follows Markowitz, The optimization of a quadratic function subject to
 * linear constraints, 1956.
 */
export class KktState {
  readonly m: number;
  /** Variables of the program. */
  readonly n: number;
  /** With slacks. */
  readonly total: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly x: Float64Array;
  /** Multipliers of the rows, shape [m]. */
  readonly y: Float64Array;
  /** Reduced gradients g − Aᵀy, shape [total]; of free variables 0. */
  readonly reduced: Float64Array;
  readonly basis: FreeBasis;
  iterations = 0;

  readonly quadratic: QuadraticPart;
  /** c, shape [total], 0 for slacks. */
  readonly cost: Float64Array;
  /** What each row was multiplied by, so that its largest entry is about 1; y is of those rows. */
  readonly rowScale: Float64Array;
  readonly #a: Float64Array;
  /** Q z, shape [width]. */
  readonly qz: Float64Array;
  /** Q E of a direction of the members, shape [width]: a scratch. */
  readonly slopeOfProduct: Float64Array;
  /** Place among the members; −1 where not free. */
  readonly #place: Int32Array;
  #b: Float64Array;
  /** What `solve` answered: −y and x of the free, or a direction of both. Shape [m + |F|] or longer. */
  w: Float64Array;

  constructor(program: QuadraticProgram) {
    const { linear, rows } = program;
    const n = linear.length;
    const m = rows.rows;
    this.n = n;
    this.m = m;
    this.total = n + m;
    this.quadratic = new QuadraticPart(program, this.total);
    this.cost = new Float64Array(this.total);
    this.cost.set(linear);
    this.rowScale = scalesOf(rows);
    this.#a = scaledRows(rows, this.rowScale);
    this.lower = new Float64Array(this.total);
    this.upper = new Float64Array(this.total);
    this.lower.set(program.lower);
    this.upper.set(program.upper);
    for (let i = 0; i < m; i++) {
      this.lower[n + i] = program.rowLower[i] * this.rowScale[i];
      this.upper[n + i] = program.rowUpper[i] * this.rowScale[i];
    }
    this.x = new Float64Array(this.total);
    this.y = new Float64Array(m);
    this.reduced = new Float64Array(this.total);
    this.qz = new Float64Array(this.quadratic.width);
    this.slopeOfProduct = new Float64Array(this.quadratic.width);
    this.#place = new Int32Array(this.total).fill(-1);
    this.basis = new FreeBasis(m, Math.min(this.total, m + 32));
    this.#b = new Float64Array(64 + m);
    this.w = new Float64Array(64 + m);
    this.#startAtVertex();
  }

  isFree(j: number): boolean {
    return this.#place[j] >= 0;
  }

  /** Slacks free, everything else as near to 0 as it may be. */
  #startAtVertex(): void {
    const { n, m, x, lower, upper } = this;
    for (let j = 0; j < n; j++) x[j] = Math.min(Math.max(0, lower[j]), upper[j]);
    this.basis.startWithSlacks(n);
    for (let i = 0; i < m; i++) {
      this.#place[n + i] = i;
      x[n + i] = this.rowTimes(i, x);
    }
    this.freshProduct();
  }

  rowTimes(i: number, x: Float64Array): number {
    const from = i * this.n;
    let sum = 0;
    for (let j = 0; j < this.n; j++) sum += this.#a[from + j] * x[j];
    return sum;
  }

  /** Column j of K: its entries of A, then of Q with the members. */
  column(j: number): Float64Array {
    const { m, n, basis } = this;
    if (this.#b.length < basis.size + 1) {
      this.#b = new Float64Array(2 * basis.size + 2);
      this.w = new Float64Array(2 * basis.size + 2);
    }
    const b = this.#b;
    if (j < n) for (let i = 0; i < m; i++) b[i] = this.#a[i * n + j];
    else for (let i = 0; i < m; i++) b[i] = i === j - n ? -1 : 0;
    this.quadratic.column(j, basis.members, basis.count, b, m);
    return b;
  }

  /** Q z from x, afresh. */
  freshProduct(): void {
    this.qz.fill(0);
    for (let j = 0; j < this.n; j++) this.quadratic.touch(j, this.x[j]);
    this.quadratic.applyTouched(this.qz);
  }

  /** Reduced gradients of everything from Qz and y. */
  price(): void {
    this.reduce(this.qz, this.cost, this.y, this.reduced);
  }

  /** out = sign · product + cost − (A, −I)ᵀ y, and 0 for the free, shape [total]. */
  reduce(product: Float64Array, cost: Float64Array, y: Float64Array, out: Float64Array): void {
    const { n, m } = this;
    const a = this.#a;
    for (let j = 0; j < n; j++) {
      out[j] = this.quadratic.of(j, product) + cost[j];
    }
    for (let i = 0; i < m; i++) {
      const yi = y[i];
      out[n + i] = yi;
      if (yi === 0) continue;
      const row = i * n;
      for (let j = 0; j < n; j++) out[j] -= yi * a[row + j];
    }
    for (let f = 0; f < this.basis.count; f++) out[this.basis.members[f]] = 0;
  }

  /** How small a reduced gradient counts as none: the rounding of the sum that it is. */
  dualTolerance(): number {
    return 1e-14 * this.dualScale() + 1e-300;
  }

  /** The size of what reduced gradients are sums of. */
  dualScale(): number {
    const { n, m, x, y } = this;
    let length = 0;
    let largest = 0;
    for (let j = 0; j < n; j++) {
      length += Math.abs(x[j]);
      largest = Math.max(largest, Math.abs(this.cost[j]));
    }
    for (let i = 0; i < m; i++) largest = Math.max(largest, Math.abs(y[i]));
    return this.quadratic.curvature * length + 10 * largest;
  }

  /** How far a variable may be outside of its bounds and count as inside. */
  primalTolerance(): number {
    let largest = 1e-3;
    for (let j = 0; j < this.total; j++) largest = Math.max(largest, Math.abs(this.x[j]));
    return 1e-12 * largest;
  }

  /** y with A_Fᵀ y = g_F where the free variables are as many as the rows. */
  stationaryMultipliers(): void {
    const { m, basis, y } = this;
    const b = this.scratch();
    b.fill(0, 0, m);
    for (let f = 0; f < basis.count; f++) b[m + f] = this.gradient(basis.members[f]);
    basis.times(b, this.w);
    for (let i = 0; i < m; i++) y[i] = this.w[i];
  }

  scratch(): Float64Array {
    if (this.#b.length < this.basis.size + 1) {
      this.#b = new Float64Array(2 * this.basis.size + 2);
      this.w = new Float64Array(2 * this.basis.size + 2);
    }
    return this.#b;
  }

  /** g_j of a free variable minus what its rows pull: 0 where it is stationary. */
  imbalance(j: number): number {
    const { m, n, y } = this;
    let sum = this.gradient(j);
    if (j >= n) return sum + y[j - n];
    for (let i = 0; i < m; i++) sum -= this.#a[i * n + j] * y[i];
    return sum;
  }

  gradient(j: number): number {
    return this.cost[j] + this.quadratic.of(j, this.qz);
  }

  /** w = H b for j, so that the members follow j by −w; answers the curvature along it. */
  direction(j: number): number {
    const b = this.column(j);
    this.basis.times(b, this.w);
    const sigma = this.#schur(j, b, 1e-6);
    if (sigma > 0) return sigma;
    // Little curvature is a small difference of large numbers: whether it is any takes a better w.
    this.#improve(j);
    return this.#schur(j, this.column(j), 1e-12);
  }

  /** w += H (b − K w), for the column b of j. */
  #improve(j: number): void {
    const { m, n, basis, w } = this;
    const { size } = basis;
    const residual = this.column(j).slice(0, size);
    this.#productOfMembers(w);
    for (let f = 0; f < basis.count; f++) {
      const member = basis.members[f];
      let sum = this.quadratic.of(member, this.slopeOfProduct);
      for (let i = 0; i < m; i++) {
        const a = member < n ? this.#a[i * n + member] : member - n === i ? -1 : 0;
        sum += a * w[i];
        residual[i] -= a * w[m + f];
      }
      residual[m + f] -= sum;
    }
    const correction = new Float64Array(size);
    basis.times(residual, correction);
    for (let i = 0; i < size; i++) w[i] += correction[i];
  }

  /** Q E w_F into the scratch of slopes. */
  #productOfMembers(w: Float64Array): void {
    const { m, basis } = this;
    for (let f = 0; f < basis.count; f++) this.quadratic.touch(basis.members[f], w[m + f]);
    this.slopeOfProduct.fill(0);
    this.quadratic.applyTouched(this.slopeOfProduct);
  }

  /** out = (A, −I)ᵀ y over all variables, slacks included, shape [total]. */
  rowsTransposed(y: Float64Array, out: Float64Array): void {
    const { n, m } = this;
    out.fill(0, 0, n);
    for (let i = 0; i < m; i++) {
      const yi = y[i];
      out[n + i] = -yi;
      if (yi === 0) continue;
      const row = i * n;
      for (let j = 0; j < n; j++) out[j] += yi * this.#a[row + j];
    }
  }

  /** j, which `direction` was asked for, becomes free. */
  add(j: number, sigma: number): void {
    this.#place[j] = this.basis.count;
    this.basis.add(j, this.w, sigma);
  }

  /** Curvature along the direction that moving j makes; 0 where it is no more than rounding. */
  #schur(j: number, b: Float64Array, least: number): number {
    const { w } = this;
    const own = this.quadratic.own(j);
    let sum = own;
    let length = 1;
    for (let i = 0; i < this.basis.size; i++) {
      sum -= b[i] * w[i];
      if (i >= this.m) length += w[i] * w[i];
    }
    const size = this.quadratic.curvature * length;
    return sum > least * size ? sum : 0;
  }

  /** Whether F stays regular without the member at `place`. */
  canLeave(place: number): boolean {
    if (this.basis.count <= this.m) return false;
    return this.basis.diagonal(place) * this.quadratic.curvature > 1e-10;
  }

  remove(place: number): void {
    const { basis } = this;
    this.#place[basis.members[place]] = -1;
    basis.remove(place);
    if (place < basis.count) this.#place[basis.members[place]] = place;
  }

  /** j for the member at `place`, which the rows cannot do without; y turns so that j is stationary. */
  exchange(place: number, j: number, sigma: number): void {
    const { m, basis, y, reduced } = this;
    const w = this.w;
    const column = this.#b;
    basis.columnOf(place, column);
    const turn = reduced[j] / w[m + place];
    for (let i = 0; i < m; i++) y[i] += turn * column[i];
    this.#place[basis.members[place]] = -1;
    this.#place[j] = place;
    basis.exchange(place, j, w, sigma);
  }

  /** x, y and Qz after j moved by `by` and the members followed. */
  move(j: number, by: number): void {
    if (by === 0) return;
    const { m, basis, x, y, w } = this;
    x[j] += by;
    this.quadratic.touch(j, by);
    for (let f = 0; f < basis.count; f++) {
      const member = basis.members[f];
      const change = -by * w[m + f];
      x[member] += change;
      this.quadratic.touch(member, change);
    }
    for (let i = 0; i < m; i++) y[i] += by * w[i];
    this.quadratic.applyTouched(this.qz);
  }
}
