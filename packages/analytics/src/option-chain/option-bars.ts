import type { BacktestBars, BacktestInstrument, OptionTerms } from '../backtest/market.ts';
import { blackScholesPrice } from '../pricing/black-scholes.ts';
import { dayMs, dayNumberOf } from '../strategy-kit/schedule.ts';
import type { OptionChainParameters } from './chain-parameters.ts';

/** What options of one underlying are priced by. */
export interface ChainMarket {
  readonly underlying: BacktestInstrument;
  /** Of each bar, known at its open. */
  readonly volatility: Float64Array;
  readonly parameters: OptionChainParameters;
}

/** Price of an option; what has no time left is worth what its exercise brings. */
export function modelPrice(
  { parameters }: Pick<ChainMarket, 'parameters'>,
  { right, strike }: Pick<OptionTerms, 'right' | 'strike'>,
  at: { readonly spot: number; readonly days: number; readonly volatility: number },
): number {
  const { rate, dividendYield, factor, least } = parameters;
  return blackScholesPrice({
    kind: right,
    spot: at.spot,
    strike,
    years: at.days / 365,
    rate,
    dividendYield,
    volatility: Math.max(least, factor * at.volatility),
  });
}

/**
 * Bars of an option over rows `[from, until)` of its underlying: each price of the underlying’s bar
 * through the formula, with the days left at that time, whole days to the close. No volume, as nobody
 * traded.
 */
export function optionBars(
  market: ChainMarket,
  terms: OptionTerms,
  from: number,
  until: number,
): BacktestBars {
  const { bars } = market.underlying;
  const count = until - from;
  const open = new Float64Array(count);
  const high = new Float64Array(count);
  const low = new Float64Array(count);
  const close = new Float64Array(count);
  const lastDay = dayNumberOf(terms.expires);
  for (let i = 0; i < count; i++) {
    const row = from + i;
    const volatility = market.volatility[row];
    const days = Math.max(0, lastDay - dayNumberOf(bars.known[row]));
    const within = (bars.known[row] - bars.opened[row]) / dayMs;
    const price = (spot: number, left: number) =>
      modelPrice(market, terms, { spot, days: left, volatility });
    open[i] = price(bars.open[row], days + within);
    close[i] = price(bars.close[row], days);
    const [one, other] = [price(bars.high[row], days), price(bars.low[row], days)];
    high[i] = Math.max(open[i], close[i], one, other);
    low[i] = Math.min(open[i], close[i], one, other);
  }
  return {
    from: bars.from.subarray(from, until),
    opened: bars.opened.subarray(from, until),
    known: bars.known.subarray(from, until),
    session: bars.session.subarray(from, until),
    edges: bars.edges.subarray(from, until),
    open,
    high,
    low,
    close,
    volume: new Float64Array(count),
  };
}
