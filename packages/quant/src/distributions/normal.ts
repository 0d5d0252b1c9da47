import { erfcx } from './error-function.ts';

const perRootTau = 0.3989422804014327;
const rootHalf = Math.SQRT1_2;

/**
 * Density of the standard normal distribution: φ(x) = e^(−x²÷2) ÷ √(2π).
 *
 * @param x In standard deviations; NaN gives NaN.
 */
export function normalPdf(x: number): number {
  const head = Math.trunc(x * 16) / 16;
  if (!Number.isFinite(x)) return Number.isNaN(x) ? x : 0;
  return perRootTau * Math.exp(-head * head * 0.5) * Math.exp(-(x - head) * (x + head) * 0.5);
}

/** Coefficients of W. J. Cody's routine ANORM (1969, 1993). */
const centreTop = [
  2.2352520354606837, 161.02823106855587, 1067.6894854603709, 18154.98125334356,
  0.06568233791820745,
] as const;
const centreBottom = [
  47.202581904688245, 976.0985517377767, 10260.932208618979, 45507.78933502673,
] as const;
const shoulderTop = [
  0.39894151208813466, 8.883149794388377, 93.50665613217785, 597.2702763948002, 2494.5375852903726,
  6848.190450536283, 11602.65143764735, 9842.714838383978, 1.0765576773720192e-8,
] as const;
const shoulderBottom = [
  22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097,
  34900.95272114598, 38912.00328609327, 19685.429676859992,
] as const;
const tailTop = [
  0.215898534057957, 0.12740116116024736, 0.022235277870649807, 0.0014216191932278934,
  2.9112874951168793e-5, 0.023073441764940174,
] as const;
const tailBottom = [
  1.284260096144911, 0.4682382124808651, 0.06598813786892856, 0.0037823963320275824,
  7.297515550839662e-5,
] as const;

/** Φ(x) − ½ for |x| ≤ 0.66291. */
function centre(x: number): number {
  const square = x * x;
  let top = centreTop[4] * square;
  let bottom = square;
  for (let i = 0; i < 3; i++) {
    top = (top + centreTop[i]) * square;
    bottom = (bottom + centreBottom[i]) * square;
  }
  return (x * (top + centreTop[3])) / (bottom + centreBottom[3]);
}

/** Φ(−y) ÷ (e^(−y²÷2)) for y > 0.66291. */
function millsByRootTau(y: number): number {
  if (y <= 5.656854249492381) {
    let top = shoulderTop[8] * y;
    let bottom = y;
    for (let i = 0; i < 7; i++) {
      top = (top + shoulderTop[i]) * y;
      bottom = (bottom + shoulderBottom[i]) * y;
    }
    return (top + shoulderTop[7]) / (bottom + shoulderBottom[7]);
  }
  const square = 1 / (y * y);
  let top = tailTop[5] * square;
  let bottom = square;
  for (let i = 0; i < 4; i++) {
    top = (top + tailTop[i]) * square;
    bottom = (bottom + tailBottom[i]) * square;
  }
  return (perRootTau - (square * (top + tailTop[4])) / (bottom + tailBottom[4])) / y;
}

/**
 * Distribution function of the standard normal: Φ(x) = ½ erfc(−x ÷ √2).
 *
 * @param x In standard deviations; NaN gives NaN. Below about −38.5 the value underflows to 0.
 * @returns a probability; relative error below 1e-15, in the deep lower tail too.
 *
 * Cost: one rational function and at most two exponentials. For an upper tail ask Φ(−x) rather
 * than 1 − Φ(x). Source: Cody, "Rational Chebyshev approximations for the error function" (1969),
 * routine ANORM.
 */
export function normalCdf(x: number): number {
  const y = Math.abs(x);
  if (y <= 0.66291) return 0.5 + centre(x);
  if (Number.isNaN(x)) return x;
  if (y > 38.6) return x < 0 ? 0 : 1;
  const head = Math.trunc(y * 16) / 16;
  const tail =
    millsByRootTau(y) * Math.exp(-head * head * 0.5) * Math.exp(-(y - head) * (y + head) * 0.5);
  return x < 0 ? tail : 1 - tail;
}

/**
 * Logarithm of the standard normal distribution function, ln Φ(x), where Φ itself underflows too.
 *
 * @param x In standard deviations; NaN gives NaN.
 */
export function logNormalCdf(x: number): number {
  if (x > -1) return Math.log1p(-normalCdf(-x));
  return Math.log(0.5 * erfcx(-x * rootHalf)) - 0.5 * x * x;
}

const quantileCentreTop = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
  67265.7709270087, 33430.57558358813, 2509.0809287301227,
] as const;
const quantileCentreBottom = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
  28729.085735721943, 5226.495278852546,
] as const;
const quantileNearTop = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
  0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
] as const;
const quantileNearBottom = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008,
  0.015198666563616457, 0.0005475938084995345, 1.0507500716444169e-9,
] as const;
const quantileFarTop = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487,
  0.026532189526576124, 0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
] as const;
const quantileFarBottom = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
  1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
] as const;

type Eight = readonly [number, number, number, number, number, number, number, number];

function ratio(top: Eight, bottom: Eight, x: number): number {
  let above = top[7];
  let below = bottom[7];
  for (let i = 6; i >= 0; i--) {
    above = above * x + (top[i] as number);
    below = below * x + (bottom[i] as number);
  }
  return above / below;
}

/** The quantile of a lower-tail probability of at most ½. */
function lowerQuantile(p: number): number {
  const fromHalf = p - 0.5;
  const first =
    fromHalf >= -0.425
      ? fromHalf * ratio(quantileCentreTop, quantileCentreBottom, 0.180625 - fromHalf * fromHalf)
      : tailQuantile(Math.sqrt(-Math.log(p)));
  if (fromHalf >= -0.425 || first < -38) return first;
  // One step of Halley's method takes away what the rational function leaves.
  const error = (normalCdf(first) - p) / normalPdf(first);
  return first - error / (1 + (first * error) / 2);
}

const tailQuantile = (r: number): number =>
  r <= 5
    ? -ratio(quantileNearTop, quantileNearBottom, r - 1.6)
    : -ratio(quantileFarTop, quantileFarBottom, r - 5);

/**
 * Quantile of the standard normal distribution: the x with Φ(x) = p.
 *
 * @param p Probability in [0, 1]; 0 and 1 give −∞ and ∞, anything else outside gives NaN.
 * @returns standard deviations, relative error near machine precision.
 *
 * Cost: one rational function, and in the tails one step of Halley. Source: Wichura, "Algorithm
 * AS 241: The percentage points of the normal distribution" (1988), PPND16.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 1) return Number.POSITIVE_INFINITY;
  return p <= 0.5 ? lowerQuantile(p) : -lowerQuantile(1 - p);
}
