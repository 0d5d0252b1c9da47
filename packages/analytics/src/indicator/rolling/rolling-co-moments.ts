/** Squares and products about the means of the last n pairs, cut into blocks as in `RollingMean`. */
export class RollingCoMoments {
  /** Σ (x − x̄)², ≥ 0; NaN until n pairs in a row are numbers, as is all else. */
  xx = Number.NaN;
  /** Σ (x − x̄)(y − ȳ). */
  xy = Number.NaN;
  /** Σ (y − ȳ)², ≥ 0. */
  yy = Number.NaN;
  readonly #n: number;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  /** Five sums from each place of the block before to its end: x, y, xx, xy, yy. */
  readonly #back: Float64Array;
  readonly #forward = new Float64Array(5);
  #place = 0;
  #aboutX = 0;
  #aboutY = 0;
  #full = false;

  constructor(n: number) {
    this.#n = n;
    this.#x = new Float64Array(n);
    this.#y = new Float64Array(n);
    this.#back = new Float64Array(5 * n);
  }

  next(x: number, y: number): void {
    if (Number.isNaN(x + y)) {
      this.#place = 0;
      this.#full = false;
      this.#none();
      return;
    }
    this.#x[this.#place] = x;
    this.#y[this.#place] = y;
    this.#place++;
    if (this.#place === this.#n) {
      this.#turn(x, y);
      return;
    }
    this.#add(x, y);
    if (this.#full) this.#set(5 * this.#place);
    else this.#none();
  }

  #turn(aboutX: number, aboutY: number): void {
    this.#aboutX = aboutX;
    this.#aboutY = aboutY;
    this.#forward.fill(0);
    for (let j = this.#n - 1; j >= 0; j--) {
      this.#add(this.#x[j], this.#y[j]);
      this.#back.set(this.#forward, 5 * j);
    }
    this.#forward.fill(0);
    this.#place = 0;
    this.#full = true;
    this.#set(0);
  }

  #add(x: number, y: number): void {
    const dx = x - this.#aboutX;
    const dy = y - this.#aboutY;
    const sums = this.#forward;
    sums[0] += dx;
    sums[1] += dy;
    sums[2] += dx * dx;
    sums[3] += dx * dy;
    sums[4] += dy * dy;
  }

  #set(at: number): void {
    const back = this.#back;
    const sums = this.#forward;
    const x = back[at] + sums[0];
    const y = back[at + 1] + sums[1];
    this.xx = Math.max(back[at + 2] + sums[2] - (x * x) / this.#n, 0);
    this.xy = back[at + 3] + sums[3] - (x * y) / this.#n;
    this.yy = Math.max(back[at + 4] + sums[4] - (y * y) / this.#n, 0);
  }

  #none(): void {
    this.xx = Number.NaN;
    this.xy = Number.NaN;
    this.yy = Number.NaN;
  }
}
