/**
 * The straight line of least squares through the last n values, at places 1 … n, and the average in
 * which each counts by its place. Cut into blocks as `RollingMean`: exact for equal values, and no
 * rounding gathers.
 */
export class RollingLine {
  /** NaN until n values in a row are numbers; so is all else. */
  mean = Number.NaN;
  /** Σ place × value ÷ Σ place. */
  weighted = Number.NaN;
  /** Per place. */
  slope = Number.NaN;
  /** Of the line at the newest place. */
  end = Number.NaN;
  /** Σ (x − x̄)², ≥ 0. */
  squares = Number.NaN;
  readonly #n: number;
  readonly #block: Float64Array;
  readonly #back: Float64Array;
  readonly #backPlaced: Float64Array;
  readonly #backSquares: Float64Array;
  #place = 0;
  #about = 0;
  #forward = 0;
  #forwardPlaced = 0;
  #forwardSquares = 0;
  #full = false;

  constructor(n: number) {
    this.#n = n;
    this.#block = new Float64Array(n);
    this.#back = new Float64Array(n);
    this.#backPlaced = new Float64Array(n);
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
    const place = this.#place;
    this.#forward += d;
    this.#forwardPlaced += place * d;
    this.#forwardSquares += d * d;
    if (!this.#full) this.#none();
    else {
      this.#set(
        this.#back[place] + this.#forward,
        // What is left of the block before stands first, so the new values stand n − place further on.
        this.#backPlaced[place] + (this.#n - place) * this.#forward + this.#forwardPlaced,
        this.#backSquares[place] + this.#forwardSquares,
      );
    }
  }

  /**
   * Weighted means at `x[from]` … `x[until − 1]`, written at the same places; the bits are those of
   * `next`, and it takes half as long.
   */
  weightedColumn(x: Float64Array, from: number, until: number, out: Float64Array): void {
    const n = this.#n;
    const block = this.#block;
    const weight = n * (n + 1);
    let i = from;
    while (i < until) {
      const about = this.#about;
      let place = this.#place;
      let forward = this.#forward;
      let forwardPlaced = this.#forwardPlaced;
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
        forwardPlaced += place * d;
        forwardSquares += d * d;
        const placed = this.#backPlaced[place] + (n - place) * forward + forwardPlaced;
        out[i] = about + (2 * placed) / weight;
      }
      this.#place = place;
      this.#forward = forward;
      this.#forwardPlaced = forwardPlaced;
      this.#forwardSquares = forwardSquares;
      if (i < until) {
        this.next(x[i]);
        out[i] = this.weighted;
        i++;
      }
    }
  }

  #turn(about: number): void {
    let sum = 0;
    let placed = 0;
    let squares = 0;
    for (let j = this.#n - 1; j >= 0; j--) {
      const d = this.#block[j] - about;
      sum += d;
      // Each value moves one place on when another comes before it.
      placed += sum;
      squares += d * d;
      this.#back[j] = sum;
      this.#backPlaced[j] = placed;
      this.#backSquares[j] = squares;
    }
    this.#about = about;
    this.#place = 0;
    this.#forward = 0;
    this.#forwardPlaced = 0;
    this.#forwardSquares = 0;
    this.#full = true;
    this.#set(sum, placed, squares);
  }

  #set(sum: number, placed: number, squares: number): void {
    const n = this.#n;
    const share = sum / n;
    this.mean = this.#about + share;
    this.weighted = this.#about + (2 * placed) / (n * (n + 1));
    this.slope = n > 1 ? (12 * placed - 6 * (n + 1) * sum) / (n * (n * n - 1)) : 0;
    this.end = this.mean + (this.slope * (n - 1)) / 2;
    this.squares = Math.max(squares - sum * share, 0);
  }

  #none(): void {
    this.mean = Number.NaN;
    this.weighted = Number.NaN;
    this.slope = Number.NaN;
    this.end = Number.NaN;
    this.squares = Number.NaN;
  }
}
