import { type Estimate, estimate, unknown } from '../analysis/estimate.ts';
import type { BacktestResult, Trade } from '../backtest/result.ts';

/** How much was traded and held, and what it cost. Money in base currency. */
export interface Activity {
  /** Σ |value traded| ÷ 2 ÷ mean equity, a year. */
  readonly turnover: Estimate;
  /** Share of moments at which anything was held. */
  readonly timeInMarket: Estimate;
  /** Mean of the sum of positions ÷ equity. */
  readonly meanExposure: Estimate;
  readonly traded: number;
  readonly meanEquity: number;
  readonly years: number;
}

const yearMs = 365.25 * 86_400_000;

export function activityOf(result: BacktestResult): Activity {
  const { at, equity, gross } = result;
  const n = at.length;
  const years = n < 2 ? 0 : ((at[n - 1] as number) - (at[0] as number)) / yearMs;
  let held = 0;
  let exposure = 0;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const value = gross[i] as number;
    if (value > 0) held++;
    exposure += value / (equity[i] as number);
    sum += equity[i] as number;
  }
  const traded = result.fills.value.reduce((total, value) => total + value, 0);
  const meanEquity = sum / n;
  const none = 'the run has no moments';
  const short = 'the run is shorter than a day';
  const isShort = years < 1 / 365;
  return {
    turnover: isShort ? unknown(short) : estimate(traded / 2 / meanEquity / years, none),
    timeInMarket: n === 0 ? unknown(none) : estimate(held / n, none),
    meanExposure: n === 0 ? unknown(none) : estimate(exposure / n, none),
    traded,
    meanEquity,
    years,
  };
}

/** What trades came to. */
export interface TradeFigures {
  readonly closed: number;
  readonly open: number;
  readonly winRate: Estimate;
  readonly profitFactor: Estimate;
  readonly meanNet: Estimate;
  readonly meanWin: Estimate;
  readonly meanLoss: Estimate;
  /** Mean net ÷ mean loss. */
  readonly expectancy: Estimate;
  readonly meanBars: Estimate;
  readonly meanMae: Estimate;
  readonly meanMfe: Estimate;
  readonly best: Estimate;
  readonly worst: Estimate;
}

export function tradeFigures(trades: readonly Trade[]): TradeFigures {
  const closed = trades.filter(({ exitAt }) => exitAt !== null);
  const wins = closed.filter(({ net }) => net > 0);
  const losses = closed.filter(({ net }) => net < 0);
  const mean = (of: readonly Trade[], value: (trade: Trade) => number, none: string): Estimate =>
    of.length === 0 ? unknown(none) : estimate(sum(of, value) / of.length, none);
  const noTrades = 'no trade was closed';
  const noLoss = 'no trade lost';
  const lost = -sum(losses, ({ net }) => net);
  return {
    closed: closed.length,
    open: trades.length - closed.length,
    winRate: closed.length === 0 ? unknown(noTrades) : { value: wins.length / closed.length },
    profitFactor: lost === 0 ? unknown(noLoss) : { value: sum(wins, ({ net }) => net) / lost },
    meanNet: mean(closed, ({ net }) => net, noTrades),
    meanWin: mean(wins, ({ net }) => net, 'no trade gained'),
    meanLoss: mean(losses, ({ net }) => net, noLoss),
    expectancy:
      losses.length === 0
        ? unknown(noLoss)
        : estimate(sum(closed, ({ net }) => net) / closed.length / (lost / losses.length), noLoss),
    meanBars: mean(closed, ({ bars }) => bars, noTrades),
    meanMae: mean(closed, ({ mae }) => mae, noTrades),
    meanMfe: mean(closed, ({ mfe }) => mfe, noTrades),
    best: closed.length === 0 ? unknown(noTrades) : extreme(closed, Math.max),
    worst: closed.length === 0 ? unknown(noTrades) : extreme(closed, Math.min),
  };
}

const sum = (of: readonly Trade[], value: (trade: Trade) => number): number =>
  of.reduce((total, trade) => total + value(trade), 0);

const extreme = (of: readonly Trade[], pick: (...values: number[]) => number): Estimate => ({
  value: of.reduce((found, { net }) => pick(found, net), of[0]?.net ?? 0),
});
