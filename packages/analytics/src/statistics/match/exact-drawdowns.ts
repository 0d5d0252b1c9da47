import { type DrawdownEpisode, drawdownEpisodes } from '../drawdown-path.ts';

/**
 * Drawdowns as R finds them: growth is multiplied up in 64 binary digits and kept in 53, and any depth
 * below zero counts, so a price back at its old high may seem not to be.
 *
 * @param returns Shape [n].
 *
 * **Source:** R Core Team, R 4.2, `cumprod`; T. J. Dekker, A floating-point technique for extending the
 * available precision, 1971.
 */
export function exactDrawdowns(returns: Float64Array): DrawdownEpisode[] {
  const depths = new Float64Array(returns.length);
  let level = 1;
  let rest = 0;
  let high = 1;
  for (let t = 0; t < returns.length; t++) {
    const factor = 1 + returns[t];
    const product = level * factor;
    const lost = lostBy(level, factor, product) + rest * factor;
    level = product + lost;
    rest = rounded(lost - (level - product), level);
    if (level > high) high = level;
    depths[t] = Math.max(0, -(level / high - 1));
  }
  return drawdownEpisodes(depths);
}

/** What is left of a level, to the 64 binary digits in which R multiplies. */
function rounded(rest: number, level: number): number {
  if (!(level > 0)) return 0;
  const unit = 2 ** (Math.floor(Math.log2(level)) - 63);
  return (rest / unit + toWhole - toWhole) * unit;
}

/** Adding and taking off so much leaves a small number rounded to a whole one, half to even. */
const toWhole = 1.5 * 2 ** 52;

/** a × b less its rounded product. */
function lostBy(a: number, b: number, product: number): number {
  const [highA, lowA] = halves(a);
  const [highB, lowB] = halves(b);
  return highA * highB - product + highA * lowB + lowA * highB + lowA * lowB;
}

/** A number as two that have half the digits each. */
function halves(x: number): readonly [number, number] {
  const scaled = x * 134_217_729;
  const high = scaled - (scaled - x);
  return [high, x - high];
}
