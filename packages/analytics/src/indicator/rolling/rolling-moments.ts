/**
 * Mean and squares about it of the last n values, cut into blocks as in `RollingMean`: exact zero for
 * equal values, and no rounding gathers.
 */
export class RollingMoments {
  /** NaN until n values in a row are numbers; so is `squares`. */
  mean = Number.NaN;
  /** Σ (x − x̄)², ≥ 0. */
  squares = Number.NaN;
  readonly #n: number;
  readonly #block: Float64Array;
  readonly #back: Float64Array;
  readonly #backSquares: Float64Array;
  #place = 0;
  #about = 0;
  #forward = 0;
  #forwardSquares = 0;
  #full = false;

  constructor(n: number) {
    this.#n = n;
    this.#block = new Float64Array(n);
    this.#back = new Float64Array(n);
    this.#backSquares = new Float64Array(n);
  }

  next(x: number): void {
    if (Number.isNaN(x)) {
      this.#place = 0;
      this.#full = false;
      this.#none();
      return;
    }
    this.#block[this.#place] = x;
    this.#place++;
    if (this.#place === this.#n) {
      this.#turn(x);
      return;
    }
    const d = x - this.#about;
    this.#forward += d;
    this.#forwardSquares += d * d;
    if (!this.#full) this.#none();
    else {
      const place = this.#place;
      this.#set(this.#back[place] + this.#forward, this.#backSquares[place] + this.#forwardSquares);
    }
  }

  /**
   * Means and squares at `x[from]` … `x[until − 1]`, written at the same places plus `shift`; the bits
   * are those of `next`, and it takes half as long.
   */
  column(
    x: Float64Array,
    from: number,
    until: number,
    [means, squares]: readonly [Float64Array, Float64Array],
    shift = 0,
  ): void {
    const n = this.#n;
    const block = this.#block;
    const back = this.#back;
    const backSquares = this.#backSquares;
    let i = from;
    while (i < until) {
      const about = this.#about;
      let place = this.#place;
      let forward = this.#forward;
      let forwardSquares = this.#forwardSquares;
      // The last of a block turns it.
      const end = this.#full ? Math.min(until, i + n - 1 - place) : i;
      for (; i < end; i++) {
        const value = x[i];
        if (Number.isNaN(value)) break;
        block[place] = value;
        place++;
        const d = value - about;
        forward += d;
        forwardSquares += d * d;
        const sum = back[place] + forward;
        const share = sum / n;
        const rest = backSquares[place] + forwardSquares - sum * share;
        means[i + shift] = about + share;
        squares[i + shift] = Number(rest > 0) * rest;
      }
      this.#place = place;
      this.#forward = forward;
      this.#forwardSquares = forwardSquares;
      if (i < until) {
        this.next(x[i]);
        means[i + shift] = this.mean;
        squares[i + shift] = this.squares;
        i++;
      }
    }
  }

  #turn(about: number): void {
    const block = this.#block;
    const back = this.#back;
    const backSquares = this.#backSquares;
    let sum = 0;
    let squares = 0;
    for (let j = this.#n - 1; j >= 0; j--) {
      const d = block[j] - about;
      sum += d;
      squares += d * d;
      back[j] = sum;
      backSquares[j] = squares;
    }
    this.#about = about;
    this.#place = 0;
    this.#forward = 0;
    this.#forwardSquares = 0;
    this.#full = true;
    this.#set(sum, squares);
  }

  #set(sum: number, squares: number): void {
    const share = sum / this.#n;
    this.mean = this.#about + share;
    const about = squares - sum * share;
    this.squares = Math.max(about, 0);
  }

  #none(): void {
    this.mean = Number.NaN;
    this.squares = Number.NaN;
  }
}
