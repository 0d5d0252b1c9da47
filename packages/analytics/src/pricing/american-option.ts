import { ok, type Result, refuse } from '@plimsoll/kernel';
import { normalCdf } from '@plimsoll/quant/distributions';
import { blackScholesPrice } from './black-scholes.ts';
import { certainAmerican, hasTwoBoundaries, neverExercisedEarly } from './early-exercise.ts';
import {
  type ExerciseBoundary,
  exerciseBoundary,
  logBoundaryAt,
  type PutMarket,
  quadrature,
} from './exercise-boundary.ts';
import { type OptionMarket, signOf } from './option-contract.ts';

export interface AmericanValue {
  readonly price: number;
  /** What the right to exercise early adds to the European price. */
  readonly earlyExercisePremium: number;
  /** Spot at which exercise is best now; null where it never is. */
  readonly boundary: number | null;
}

/** Early exercise adds at most this share of what is exchanged: below rounding, it is left out. */
const negligible = 1e-13;
const outer = quadrature(32);

/**
 * Price of an American option to about 2e-8 of the strike: the European price and the value of exercising
 * early along the boundary B,
 * V = P + ∫₀^T [r K e^(−r(T−u)) Φ(−d₋(T − u, S ÷ B(u))) − q S e^(−q(T−u)) Φ(−d₊(T − u, S ÷ B(u)))] du
 * for a put; a call is the put with spot and strike, and rate and yield, exchanged.
 *
 * @returns refused where the numbers leave what doubles hold, and where exercise has two boundaries (both rates negative, the gain of exercise the
 *   greater): the binomial tree prices those.
 *
 * Cost: below a millisecond. Source: Andersen, Lake and Offengenden, "High-performance American
 * option pricing" (2016); McDonald and Schroder, "A parity result for American options" (1998).
 */
export function americanOption(market: OptionMarket): Result<AmericanValue> {
  const solved = solveAmerican(market);
  if (!solved.ok) return solved;
  const { priceOf, boundary } = solved.value;
  const price = priceOf(market.spot);
  if (!Number.isFinite(price)) {
    return refuse({
      code: 'option.extreme',
      detail: `A volatility of ${market.volatility} over ${market.years} years is beyond what can be computed; take less of either.`,
    });
  }
  return ok({ price, earlyExercisePremium: price - blackScholesPrice(market), boundary });
}

/** The price as a function of the spot, all else as in the market. */
export interface SolvedAmerican {
  readonly priceOf: (spot: number) => number;
  readonly boundary: number | null;
}

/** Solves the boundary once, so that many spots can be priced. Refuses as `americanOption`. */
export function solveAmerican(market: OptionMarket): Result<SolvedAmerican> {
  const { kind, strike, years, rate, dividendYield, volatility } = market;
  const sign = signOf(kind);
  if (!(years > 0)) {
    return ok({ priceOf: (spot) => Math.max(0, sign * (spot - strike)), boundary: strike });
  }
  if (!(volatility > 0)) {
    return ok({ priceOf: (spot) => certainAmerican({ ...market, spot }), boundary: null });
  }
  if (hasTwoBoundaries(market)) {
    return refuse({
      code: 'option.two-boundaries',
      detail: `With a rate of ${rate} and a yield of ${dividendYield} exercise is best between two boundaries; price it on a binomial tree.`,
    });
  }
  const gain = (kind === 'put' ? rate : dividendYield) * years;
  if (neverExercisedEarly(market) || gain < negligible) {
    const exercised = (spot: number): number => (gain > 0 ? sign * (spot - strike) : 0);
    return ok({
      priceOf: (spot) => Math.max(blackScholesPrice({ ...market, spot }), exercised(spot)),
      boundary: null,
    });
  }
  // A call on S at K is a put on K at S: all is solved for a put of strike 1.
  const put: PutMarket =
    kind === 'put'
      ? { strike: 1, years, rate, dividendYield, volatility }
      : { strike: 1, years, rate: dividendYield, dividendYield: rate, volatility };
  const solution = exerciseBoundary(put);
  const now = solution.limit * Math.exp(logBoundaryAt(solution, years));
  return ok({
    boundary: kind === 'put' ? strike * now : strike / now,
    priceOf: (spot) => {
      const scale = kind === 'put' ? strike : spot;
      return scale * putPrice(put, solution, now, kind === 'put' ? spot / strike : strike / spot);
    },
  });
}

function putPrice(
  market: PutMarket,
  solution: ExerciseBoundary,
  boundary: number,
  spot: number,
): number {
  if (spot <= boundary) return 1 - spot;
  const { years, rate, dividendYield, volatility } = market;
  const european = blackScholesPrice({ ...market, kind: 'put', spot });
  const drift = rate - dividendYield;
  const half = (volatility * volatility) / 2;
  let premium = 0;
  for (let k = 0; k < outer.gap.length; k++) {
    const gap = years * outer.gap[k];
    const spread = volatility * Math.sqrt(gap);
    const distance =
      Math.log(spot / solution.limit) - logBoundaryAt(solution, years * outer.left[k]);
    const minus = (distance + (drift - half) * gap) / spread;
    const plus = (distance + (drift + half) * gap) / spread;
    premium +=
      outer.weight[k] *
      years *
      (rate * Math.exp(-rate * gap) * normalCdf(-minus) -
        dividendYield * spot * Math.exp(-dividendYield * gap) * normalCdf(-plus));
  }
  return Math.max(european + premium, 1 - spot);
}
