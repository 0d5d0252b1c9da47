import { ok, type Result, refuse } from '@plimsoll/kernel';
import { type BrinsonEffects, brinson } from './brinson.ts';

/** Markets of one period and the currencies they are in. */
export interface CurrencyPeriod {
  readonly markets: readonly string[];
  readonly currencies: readonly string[];
  /** The currency's place for each market, shape [markets]. */
  readonly currencyOf: ArrayLike<number>;
  /** Shares of the whole at the start of the period, shape [markets] each. */
  readonly portfolioWeights: ArrayLike<number>;
  readonly benchmarkWeights: ArrayLike<number>;
  /** Returns in local currency, shape [markets] each; null where nothing was held. */
  readonly portfolioReturns: ArrayLike<number | null>;
  readonly benchmarkReturns: ArrayLike<number | null>;
  /** What cash earned in each currency over the period, in that currency, shape [currencies]. */
  readonly cashReturns: ArrayLike<number>;
  /** Change of each currency against the base, 0 for the base itself, shape [currencies]. */
  readonly exchangeReturns: ArrayLike<number>;
  /** Forward positions as shares of the whole, each side summing to 0; none if not given. */
  readonly portfolioForwards?: ArrayLike<number>;
  readonly benchmarkForwards?: ArrayLike<number>;
}

/** What the active return in base currency is made of. */
export interface CurrencyEffects {
  /** Returns in base currency, forwards included. */
  readonly portfolioReturn: number;
  readonly benchmarkReturn: number;
  /** Allocation, selection and interaction by market, of returns above local cash. */
  readonly market: BrinsonEffects;
  /** Shape [currencies]; with the market effects it sums to the active return. */
  readonly currency: Float64Array;
  /** Σ of the weights in each currency and its forwards, shape [currencies]. */
  readonly portfolioExposure: Float64Array;
  readonly benchmarkExposure: Float64Array;
}

/**
 * Splits the active return in base currency into what markets did above their cash and what
 * currencies did with it, since holding a market is holding its premium and its currency's cash:
 *
 *   premium p_i and return of cash in base currency k_c
 *     continuous   p_i = r_i − c_c              k_c = c_c + e_c
 *     simple       p_i = (r_i − c_c)(1 + e_c)   k_c = (1 + c_c)(1 + e_c) − 1
 *   markets        Brinson–Fachler on p_i
 *   currencies     (h_c − g_c)(k_c − Σ g_c k_c), h and g the exposures with forwards
 *
 * With `simple` the premium carries the change of the currency, so that p + k is exactly the simple
 * return in base currency; Karnosky and Singer use continuous returns, for which it is r + e.
 *
 * @param period fractions over the period. A forward of h_c is one of the amount that h_c grows to
 *   with interest, which is what covered interest parity makes of it.
 * @returns the effects. Refused as `brinson` does, and where forwards do not sum to 0.
 *
 * Source: Denis Karnosky, Brian Singer, "Global Asset Management and Performance Attribution",
 * Research Foundation of the ICFA, 1994.
 */
export function currencyAttribution(
  period: CurrencyPeriod,
  compounding: 'simple' | 'continuous' = 'simple',
): Result<CurrencyEffects> {
  const { markets, currencies, currencyOf, cashReturns, exchangeReturns } = period;
  const wrong = whatIsWrong(period);
  if (wrong) return refuse({ code: 'attribution.currency', detail: wrong });
  const simple = compounding === 'simple';
  const premiums = (returns: ArrayLike<number | null>): (number | null)[] =>
    markets.map((_, i) => {
      const own = returns[i];
      const at = currencyOf[i];
      return own === null ? null : (own - cashReturns[at]) * (simple ? 1 + exchangeReturns[at] : 1);
    });
  const market = brinson({
    groups: markets,
    portfolioWeights: period.portfolioWeights,
    benchmarkWeights: period.benchmarkWeights,
    portfolioReturns: premiums(period.portfolioReturns),
    benchmarkReturns: premiums(period.benchmarkReturns),
  });
  if (!market.ok) return market;
  const cash = Float64Array.from(currencies, (_, c) =>
    simple
      ? cashReturns[c] + exchangeReturns[c] + cashReturns[c] * exchangeReturns[c]
      : cashReturns[c] + exchangeReturns[c],
  );
  const portfolioExposure = exposures(period, period.portfolioWeights, period.portfolioForwards);
  const benchmarkExposure = exposures(period, period.benchmarkWeights, period.benchmarkForwards);
  const portfolioCash = weighed(portfolioExposure, cash);
  const benchmarkCash = weighed(benchmarkExposure, cash);
  return ok({
    portfolioReturn: market.value.portfolioReturn + portfolioCash,
    benchmarkReturn: market.value.benchmarkReturn + benchmarkCash,
    market: market.value,
    currency: cash.map(
      (each, c) => (portfolioExposure[c] - benchmarkExposure[c]) * (each - benchmarkCash),
    ),
    portfolioExposure,
    benchmarkExposure,
  });
}

function exposures(
  { currencies, currencyOf }: CurrencyPeriod,
  weights: ArrayLike<number>,
  forwards: ArrayLike<number> | undefined,
): Float64Array {
  const out = new Float64Array(currencies.length);
  if (forwards) out.set(Array.from(forwards));
  for (let i = 0; i < weights.length; i++) out[currencyOf[i]] += weights[i];
  return out;
}

function weighed(weights: Float64Array, values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i] * values[i];
  return sum;
}

function whatIsWrong(period: CurrencyPeriod): string | undefined {
  const { currencies, cashReturns, exchangeReturns } = period;
  for (let c = 0; c < currencies.length; c++) {
    if (!Number.isFinite(cashReturns[c]) || !Number.isFinite(exchangeReturns[c])) {
      return `${currencies[c]} needs its return of cash and its change against the base; 0 for the change of the base itself.`;
    }
  }
  for (const [side, forwards] of [
    ['portfolio', period.portfolioForwards],
    ['benchmark', period.benchmarkForwards],
  ] as const) {
    if (!forwards) continue;
    let sum = 0;
    for (let c = 0; c < forwards.length; c++) sum += forwards[c];
    if (!(Math.abs(sum) <= 1e-9)) {
      return `The ${side}'s forwards sum to ${sum}; what is sold of one currency is bought of another, so they must sum to 0.`;
    }
  }
  return undefined;
}
