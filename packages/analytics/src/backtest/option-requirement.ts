import type { Holding } from './holding.ts';

/** One side of options on the same underlying, in units of the underlying. */
interface Written {
  readonly strike: number;
  readonly expires: number;
  readonly units: number;
}

type Right = 'call' | 'put';

/** What covers an option that was sold, and what money it takes besides. */
interface Covered {
  /** Money, in the underlying's currency, that the worst outcome of what is covered by options takes. */
  readonly needs: number;
  /** What nothing covers. */
  readonly naked: readonly Written[];
}

/**
 * Pairs options sold with those bought that last at least as long, the best cover first: the most that a
 * pair can lose is the distance of its strikes.
 */
function pair(right: Right, sold: readonly Written[], bought: readonly Written[]): Covered {
  const left = bought.map(({ units }) => units);
  const naked: Written[] = [];
  let needs = 0;
  for (const option of sold) {
    let open = option.units;
    const gap = (other: Written): number =>
      Math.max(0, right === 'put' ? option.strike - other.strike : other.strike - option.strike);
    const covers = bought
      .map((other, i) => ({ other, i }))
      .filter(({ other }) => other.expires >= option.expires)
      .sort((a, b) => gap(a.other) - gap(b.other));
    for (const { other, i } of covers) {
      const units = Math.min(open, left[i] as number);
      left[i] = (left[i] as number) - units;
      open -= units;
      needs += units * gap(other);
    }
    if (open > 1e-12 * option.units) naked.push({ ...option, units: open });
  }
  return { needs, naked };
}

function written(options: readonly Holding[], right: Right, sign: number): readonly Written[] {
  return options
    .filter(({ instrument, quantity }) => instrument.option?.right === right && sign * quantity > 0)
    .map(({ instrument, quantity }) => ({
      strike: instrument.option?.strike ?? Number.NaN,
      expires: instrument.option?.expires ?? Number.NaN,
      units: Math.abs(quantity) * instrument.multiplier,
    }))
    .sort((a, b) => (right === 'put' ? b.strike - a.strike : a.strike - b.strike));
}

/** Takes units held of the underlying off the calls sold, the lowest strike first. */
function withoutShares(calls: readonly Written[], shares: number): readonly Written[] {
  let left = Math.max(0, shares);
  return calls.flatMap((call) => {
    const covered = Math.min(left, call.units);
    left -= covered;
    return call.units > covered ? [{ ...call, units: call.units - covered }] : [];
  });
}

/**
 * Money in base currency that the options sold on one underlying tie up, beyond what they are worth.
 *
 * In a cash account: a call must be covered by the underlying or by a call that lasts as long, else the
 * answer is Infinity; a put ties up its strike. In a margin account what nothing covers takes 20 % of
 * the underlying less what it is out of the money, at least 10 %, a unit.
 *
 * **Source:** FINRA Rule 4210 (f)(2); Cboe, Margin Manual, 2000.
 */
export function optionRequirement(
  underlying: Holding,
  options: readonly Holding[],
  account: 'cash' | 'margin',
): number {
  const { multiplier } = underlying.instrument;
  const { price, rate } = underlying;
  const calls = pair(
    'call',
    withoutShares(written(options, 'call', -1), underlying.quantity * multiplier),
    written(options, 'call', 1),
  );
  const puts = pair('put', written(options, 'put', -1), written(options, 'put', 1));
  let needs = calls.needs + puts.needs;
  for (const { strike, units } of puts.naked) {
    const out = Math.max(0, price - strike);
    needs += units * (account === 'cash' ? strike : Math.max(0.2 * price - out, 0.1 * strike));
  }
  for (const { strike, units } of calls.naked) {
    const out = Math.max(0, strike - price);
    needs +=
      units *
      (account === 'cash' ? Number.POSITIVE_INFINITY : Math.max(0.2 * price - out, 0.1 * price));
  }
  return needs * rate;
}
