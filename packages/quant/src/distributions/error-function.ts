/**
 * Coefficients of W. J. Cody, "Rational Chebyshev approximations for the error function",
 * Mathematics of Computation 23 (1969), as in his routine CALERF.
 */
const smallTop = [
  3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694, 0.18577770618460315,
] as const;
const smallBottom = [
  23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171,
] as const;
const middleTop = [
  0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001, 881.952221241769,
  1712.0476126340707, 2051.0783778260716, 1230.3393547979972, 2.1531153547440383e-8,
] as const;
const middleBottom = [
  15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597,
  4362.619090143247, 3439.3676741437216, 1230.3393548037495,
] as const;
const farTop = [
  0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275,
  0.0006587491615298378, 0.016315387137302097,
] as const;
const farBottom = [
  2.568520192289822, 1.8729528499234604, 0.5279051029514285, 0.06051834131244132,
  0.0023352049762686918,
] as const;
const perRootPi = 0.5641895835477563;
const smallest = 0.46875;

/** erf near zero: x × P(x²) ÷ Q(x²). */
function nearZero(x: number): number {
  const square = Math.abs(x) > 1.11e-16 ? x * x : 0;
  let top = smallTop[4] * square;
  let bottom = square;
  for (let i = 0; i < 3; i++) {
    top = (top + smallTop[i]) * square;
    bottom = (bottom + smallBottom[i]) * square;
  }
  return (x * (top + smallTop[3])) / (bottom + smallBottom[3]);
}

/** e^(y²) × erfc(y) for y > 0.46875. */
function scaled(y: number): number {
  if (y <= 4) {
    let top = middleTop[8] * y;
    let bottom = y;
    for (let i = 0; i < 7; i++) {
      top = (top + middleTop[i]) * y;
      bottom = (bottom + middleBottom[i]) * y;
    }
    return (top + middleTop[7]) / (bottom + middleBottom[7]);
  }
  const square = 1 / (y * y);
  let top = farTop[5] * square;
  let bottom = square;
  for (let i = 0; i < 4; i++) {
    top = (top + farTop[i]) * square;
    bottom = (bottom + farBottom[i]) * square;
  }
  const rest = (square * (top + farTop[4])) / (bottom + farBottom[4]);
  return (perRootPi - rest) / y;
}

/** e^(−y²) with y split so that the square loses no digits. */
function gaussian(y: number): number {
  const head = Math.trunc(y * 16) / 16;
  return Math.exp(-head * head) * Math.exp(-(y - head) * (y + head));
}

/**
 * Error function: erf(x) = 2 ÷ √π × ∫₀ˣ e^(−t²) dt.
 *
 * @param x Any number; NaN gives NaN.
 * @returns within (−1, 1), relative error below 1e-15.
 *
 * Cost: one rational function. Source: Cody, "Rational Chebyshev approximations for the error
 * function" (1969).
 */
export function erf(x: number): number {
  const y = Math.abs(x);
  if (y <= smallest) return nearZero(x);
  if (Number.isNaN(x)) return x;
  const tail = y > 6 ? 0 : scaled(y) * gaussian(y);
  return x < 0 ? tail - 1 : 1 - tail;
}

/**
 * Complementary error function: erfc(x) = 1 − erf(x), keeping its digits in the far tail.
 *
 * @param x Any number; NaN gives NaN. Above about 26.5 the value underflows to 0.
 * @returns within [0, 2], relative error below 1e-15.
 *
 * Cost: one rational function and two exponentials. Source: as `erf`.
 */
export function erfc(x: number): number {
  const y = Math.abs(x);
  if (y <= smallest) return 1 - nearZero(x);
  if (Number.isNaN(x)) return x;
  const tail = y > 27.3 ? 0 : scaled(y) * gaussian(y);
  return x < 0 ? 2 - tail : tail;
}

/**
 * Scaled complementary error function: erfcx(x) = e^(x²) × erfc(x), which never underflows.
 *
 * @param x Any number above −26.6, below which the value is infinite; NaN gives NaN.
 *
 * Cost: as `erfc`. Source: as `erf`.
 */
export function erfcx(x: number): number {
  if (x > smallest) return scaled(x);
  if (x >= -smallest) return Math.exp(x * x) * (1 - nearZero(x));
  const whole = 2 / gaussian(-x);
  return Number.isFinite(whole) ? whole - scaled(-x) : whole;
}
