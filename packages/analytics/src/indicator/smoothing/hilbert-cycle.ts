/** A filter that turns the phase by 90 degrees, over places 0, 2, 4 and 6 steps back. */
const turned = (x: Float64Array): number =>
  0.0962 * x[0] + 0.5769 * x[2] - 0.5769 * x[4] - 0.0962 * x[6];

function shift(register: Float64Array, x: number): void {
  register.copyWithin(1, 0);
  register[0] = x;
}

/**
 * The length of the dominant cycle by the homodyne discriminator, in bars, between 6 and 50.
 *
 * **Source:** Ehlers, Rocket Science for Traders, 2001.
 */
export class HilbertCycle {
  /** Smoothed length of the cycle. */
  period = 0;
  /** Prices weighted 4, 3, 2, 1. */
  smooth = 0;
  /** In phase, and a quarter of a cycle behind. */
  inPhase = 0;
  quadrature = 0;
  readonly #prices = new Float64Array(4);
  readonly #smooth = new Float64Array(7);
  readonly #detrended = new Float64Array(7);
  readonly #inPhase = new Float64Array(7);
  readonly #quadrature = new Float64Array(7);
  #seen = 0;
  #i2 = 0;
  #q2 = 0;
  #re = 0;
  #im = 0;

  /** Whether there are figures: from the seventh price on. */
  next(price: number): boolean {
    shift(this.#prices, price);
    this.#seen++;
    if (this.#seen <= 6) return false;
    const gain = 0.075 * this.period + 0.54;
    const [p0, p1, p2, p3] = this.#prices;
    this.smooth = (4 * p0 + 3 * p1 + 2 * p2 + p3) / 10;
    shift(this.#smooth, this.smooth);
    shift(this.#detrended, turned(this.#smooth) * gain);
    this.quadrature = turned(this.#detrended) * gain;
    this.inPhase = this.#detrended[3];
    shift(this.#quadrature, this.quadrature);
    shift(this.#inPhase, this.inPhase);
    this.#turn(turned(this.#inPhase) * gain, turned(this.#quadrature) * gain);
    return true;
  }

  #turn(turnedInPhase: number, turnedQuadrature: number): void {
    const i2 = 0.2 * (this.inPhase - turnedQuadrature) + 0.8 * this.#i2;
    const q2 = 0.2 * (this.quadrature + turnedInPhase) + 0.8 * this.#q2;
    this.#re = 0.2 * (i2 * this.#i2 + q2 * this.#q2) + 0.8 * this.#re;
    this.#im = 0.2 * (i2 * this.#q2 - q2 * this.#i2) + 0.8 * this.#im;
    this.#i2 = i2;
    this.#q2 = q2;
    const before = this.period;
    let length = 0;
    if (this.#im !== 0 && this.#re !== 0) length = (2 * Math.PI) / Math.atan(this.#im / this.#re);
    length = Math.max(Math.min(length, 1.5 * before), 0.67 * before);
    length = Math.min(Math.max(length, 6), 50);
    this.period = 0.2 * length + 0.8 * before;
  }
}
