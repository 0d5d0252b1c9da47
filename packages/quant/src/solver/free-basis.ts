/**
 * The inverse H of the system that a set F of free variables and the rows A make,
 *
 *   K = ( 0     A_F  )
 *       ( A_Fᵀ  Q_FF ) ,
 *
 * kept as variables join and leave F. The rows come first, then the free variables in the order of
 * `members`. Each change costs (m + |F|)² and no factorisation. Rounding grows with changes; the
 * owner refines its solutions against the true system and calls `rebuild` where that is not enough.
 *
 * **Source:** block inverses as in Golub and Van Loan, Matrix Computations, 4th ed. 2013, §2.1.4.
 */
export class FreeBasis {
  readonly rows: number;
  /** Which variables are free, by place; the first `count` count. */
  members: Int32Array;
  count = 0;
  #stride: number;
  #h: Float64Array;

  constructor(rows: number, capacity: number) {
    this.rows = rows;
    this.members = new Int32Array(capacity);
    this.#stride = rows + capacity;
    this.#h = new Float64Array(this.#stride * this.#stride);
  }

  /** m + |F|. */
  get size(): number {
    return this.rows + this.count;
  }

  /** H's entry on the diagonal for the member at `place`: 0 where F cannot do without it. */
  diagonal(place: number): number {
    return this.#h[(this.rows + place) * (this.#stride + 1)];
  }

  /** H's column for the member at `place`, into `out` (shape [size]). */
  columnOf(place: number, out: Float64Array): void {
    const from = (this.rows + place) * this.#stride;
    for (let i = 0; i < this.size; i++) out[i] = this.#h[from + i];
  }

  /** Slacks of all rows as the only members, in order: A_F = −I. */
  startWithSlacks(firstSlack: number): void {
    const m = this.rows;
    this.#grow(m);
    this.#h.fill(0);
    for (let i = 0; i < m; i++) {
      this.members[i] = firstSlack + i;
      this.#h[i * this.#stride + m + i] = -1;
      this.#h[(m + i) * this.#stride + i] = -1;
    }
    this.count = m;
  }

  /** out = H b; both of shape [size] or longer. */
  times(b: Float64Array, out: Float64Array): void {
    const { size } = this;
    const h = this.#h;
    const stride = this.#stride;
    for (let i = 0; i < size; i++) {
      const row = i * stride;
      let one = 0;
      let two = 0;
      let j = 0;
      for (; j + 1 < size; j += 2) {
        one += h[row + j] * b[j];
        two += h[row + j + 1] * b[j + 1];
      }
      if (j < size) one += h[row + j] * b[j];
      out[i] = one + two;
    }
  }

  /** Variable `joins` becomes free. `w` is H b for its column b of K, `sigma` its diagonal minus bᵀw. */
  add(joins: number, w: Float64Array, sigma: number): void {
    const { size } = this;
    this.#grow(this.count + 1);
    const h = this.#h;
    const stride = this.#stride;
    for (let i = 0; i < size; i++) {
      const factor = w[i] / sigma;
      const row = i * stride;
      if (factor !== 0) for (let j = 0; j < size; j++) h[row + j] += factor * w[j];
      h[row + size] = -factor;
      h[size * stride + i] = -factor;
    }
    h[size * stride + size] = 1 / sigma;
    this.members[this.count] = joins;
    this.count += 1;
  }

  /** The member at `place` is free no more; the last member takes its place. */
  remove(place: number): void {
    const h = this.#h;
    const stride = this.#stride;
    const { size } = this;
    const p = this.rows + place;
    const pivot = h[p * stride + p];
    for (let i = 0; i < size; i++) {
      if (i === p) continue;
      const factor = h[i * stride + p] / pivot;
      if (factor === 0) continue;
      const row = i * stride;
      const from = p * stride;
      for (let j = 0; j < size; j++) h[row + j] -= factor * h[from + j];
    }
    const last = size - 1;
    if (p !== last) {
      for (let j = 0; j < size; j++) h[p * stride + j] = h[last * stride + j];
      for (let i = 0; i < size; i++) h[i * stride + p] = h[i * stride + last];
      this.members[place] = this.members[this.count - 1];
    }
    this.count -= 1;
  }

  /** `joins` takes the place of the member at `place`; `w` and `sigma` as for `add`, wₚ not 0. */
  exchange(place: number, joins: number, w: Float64Array, sigma: number): void {
    const h = this.#h;
    const stride = this.#stride;
    const { size } = this;
    const p = this.rows + place;
    const column = new Float64Array(size);
    this.columnOf(place, column);
    const corner = column[p];
    const wp = w[p];
    const determinant = -sigma * corner - wp * wp;
    const s11 = -corner / determinant;
    const s12 = wp / determinant;
    const s22 = sigma / determinant;
    for (let i = 0; i < size; i++) {
      const row = i * stride;
      const ofW = s11 * w[i] + s12 * column[i];
      const ofColumn = s12 * w[i] + s22 * column[i];
      for (let j = 0; j < size; j++) h[row + j] += ofW * w[j] + ofColumn * column[j];
    }
    for (let i = 0; i < size; i++) {
      const value = -(s11 * w[i] + s12 * column[i]);
      h[i * stride + p] = value;
      h[p * stride + i] = value;
    }
    h[p * stride + p] = s11;
    this.members[place] = joins;
  }

  /** Takes the members and the inverse (row-major, shape [size × size]) as they are given. */
  rebuild(members: readonly number[], inverse: Float64Array): void {
    this.count = 0;
    this.#grow(members.length);
    this.members.set(members);
    this.count = members.length;
    const { size } = this;
    for (let i = 0; i < size; i++) {
      this.#h.set(inverse.subarray(i * size, (i + 1) * size), i * this.#stride);
    }
  }

  #grow(count: number): void {
    if (this.rows + count <= this.#stride) return;
    const { size } = this;
    const stride = this.rows + Math.max(count, 2 * (this.#stride - this.rows));
    const h = new Float64Array(stride * stride);
    for (let i = 0; i < size; i++) {
      h.set(this.#h.subarray(i * this.#stride, i * this.#stride + size), i * stride);
    }
    const members = new Int32Array(stride - this.rows);
    members.set(this.members.subarray(0, this.count));
    this.#h = h;
    this.#stride = stride;
    this.members = members;
  }
}
