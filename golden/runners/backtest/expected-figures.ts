import type { BacktestResult, Trade } from '@plimsoll/analytics/backtest';
import { metricById, ReturnSample, type ToolName, tools } from '@plimsoll/analytics/statistics';
import { mean, standardDeviation } from '@plimsoll/quant/statistics';

import { type Facts, factsOf } from '../../case-facts.ts';
import { agrees, type Check, impliedTolerance, near } from '../../check.ts';
import type { Outcome } from '../../runner.ts';
import { dayAt } from './day-at.ts';

/** Returns from bar to bar, the first over the cash at the start. */
function sampleOf({ at, equity, started }: BacktestResult): ReturnSample {
  const returns = equity.map(
    (value, i) => value / (i === 0 ? started : (equity[i - 1] ?? NaN)) - 1,
  );
  return new ReturnSample({ returns, days: Array.from(at, dayAt), start: null });
}

const own = (sample: ReturnSample, id: string): number =>
  metricById(id)?.compute(sample).value ?? Number.NaN;

const figureOf = (sample: ReturnSample, tool: ToolName, name: string): number =>
  tools[tool].figures.find((figure) => figure.name === name)?.metric.compute(sample).value ??
  Number.NaN;

/** Figures of an engine's block by the names that the files have for them. */
type Figures = Readonly<Record<string, (sample: ReturnSample, result: BacktestResult) => number>>;

const days = 'SharpeRatio(timeframe=Days, annualize=True, riskfreerate=0, factor=252)';
const population = (sample: ReturnSample): number =>
  own(sample, 'volatility-population') / Math.sqrt(252);
const closed = (result: BacktestResult) => result.trades.filter(({ exitAt }) => exitAt !== null);

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const shareWon = ({ net, quantity, entryPrice }: Trade): number => net / (quantity * entryPrice);

/** Bars in which a closed trade was held, those of entry and exit among them, each once. */
function barsExposed(result: BacktestResult): number {
  const exposed = new Set<number>();
  for (const { entryAt, bars } of closed(result)) {
    const entry = result.at.findIndex((at) => at >= entryAt);
    for (let bar = entry; bar <= entry + bars; bar++) exposed.add(bar);
  }
  return exposed.size;
}

/** The largest fall in money from the highest value so far. */
function deepestFall({ equity, started }: BacktestResult): number {
  let [peak, deepest] = [started, 0];
  for (const value of equity) {
    peak = Math.max(peak, value);
    deepest = Math.max(deepest, peak - value);
  }
  return deepest;
}

const backtrader: Figures = {
  final_equity: (_, { equity }) => equity.at(-1) ?? Number.NaN,
  total_return: (sample) => own(sample, 'total-return'),
  max_drawdown_pct: (sample) => 100 * own(sample, 'max-drawdown'),
  bars: ({ n }) => n,
  ret_mean_per_bar: ({ moments }) => moments.mean,
  ret_std_pop_per_bar: population,
  sharpe_per_bar_pop: (sample) => sample.moments.mean / population(sample),
  sharpe_252_pop: (sample) => figureOf(sample, 'backtrader', days),
  sharpe_252_sample: (sample) => own(sample, 'sharpe'),
  drawdown_analyzer_max_pct: (sample) => figureOf(sample, 'backtrader', 'DrawDown.max.drawdown'),
  drawdown_analyzer_max_money: (_, result) => deepestFall(result),
  drawdown_analyzer_max_len_bars: (sample) => figureOf(sample, 'backtrader', 'DrawDown.max.len'),
  sharpe_analyzer_days_rf0_factor252: (sample) => figureOf(sample, 'backtrader', days),
  sharpe_analyzer_default_years_rf1pct: (sample) => figureOf(sample, 'backtrader', 'SharpeRatio'),
  trades_closed: (_, result) => closed(result).length,
  trades_open: (_, { trades }) => trades.filter(({ exitAt }) => exitAt === null).length,
};

const backtestingPy: Figures = {
  final_equity: (_, { equity }) => equity.at(-1) ?? Number.NaN,
  return_pct: (sample) => 100 * own(sample, 'total-return'),
  return_ann_pct: (sample) => 100 * figureOf(sample, 'backtesting.py', 'Return (Ann.) [%]'),
  volatility_ann_pct: (sample) => 100 * figureOf(sample, 'backtesting.py', 'Volatility (Ann.) [%]'),
  sharpe: (sample) => figureOf(sample, 'backtesting.py', 'Sharpe Ratio'),
  sortino: (sample) => figureOf(sample, 'backtesting.py', 'Sortino Ratio'),
  calmar: (sample) => figureOf(sample, 'backtesting.py', 'Calmar Ratio'),
  max_drawdown_pct: (sample) => 100 * figureOf(sample, 'backtesting.py', 'Max. Drawdown [%]'),
  // A trade that is open at the end counts in none of these.
  n_trades: (_, result) => closed(result).length,
  profit_factor: (_, result) => {
    const shares = closed(result).map(shareWon);
    return sum(shares.filter((share) => share > 0)) / -sum(shares.filter((share) => share < 0));
  },
  expectancy_pct: (_, result) => (100 * sum(closed(result).map(shareWon))) / closed(result).length,
  sqn: (_, result) => {
    const won = Float64Array.from(closed(result), ({ net }) => net);
    return (Math.sqrt(won.length) * mean(won)) / standardDeviation(won);
  },
  exposure_pct: ({ n }, result) => (100 * barsExposed(result)) / n,
  win_rate_pct: (_, result) =>
    (100 * closed(result).filter(({ net }) => net > 0).length) / closed(result).length,
  commissions: (_, result) => sum(closed(result).map(({ commission }) => commission)),
};

const vectorbt: Figures = {
  final_equity: (_, { equity }) => equity.at(-1) ?? Number.NaN,
  closed_trades: (_, result) => closed(result).length,
  max_drawdown_pct: (sample) => -100 * figureOf(sample, 'vectorbt', 'max_drawdown'),
  sharpe_vbt_default: (sample) => figureOf(sample, 'vectorbt', 'sharpe_ratio'),
};

/** Relative to what a stated figure's digits imply. */
function figureChecks(
  label: string,
  wanted: Facts,
  figures: Figures,
  run: readonly [ReturnSample, BacktestResult],
): Outcome {
  const checks: Check[] = [];
  const listed: string[] = [];
  for (const [name, value] of Object.entries(wanted)) {
    if (typeof value !== 'number') continue;
    const figure = figures[name];
    if (!figure) {
      listed.push(`${label} ${name} is no figure of ours`);
      continue;
    }
    const allowed = Math.max(impliedTolerance(value), 1e-9 * Math.abs(value));
    const tight = /e-/.test(String(value)) ? 1e-9 * Math.abs(value) : allowed;
    checks.push(near(`${label} ${name}`, figure(...run), value, tight));
  }
  return { checks, listed };
}

/** Whether the two engines disagree with one another: then only the first can be matched. */
function madeOtherTrades(one: Facts, other: Facts): boolean {
  const wanted = Number(factsOf(one['metrics'])['final_equity']);
  const found = Number(factsOf(other['stats'])['final_equity'] ?? wanted);
  return other['trades_identical_to_backtrader'] === false || Math.abs(found - wanted) > 0.01;
}

/** The figures that each engine states, each by its own convention. */
export function figuresAgree(result: BacktestResult, golden: Facts): Outcome {
  const run = [sampleOf(result), result] as const;
  const engine = factsOf(golden['backtrader']);
  const native = factsOf(engine['native']);
  const other = factsOf(golden['backtesting_py']);
  const outcomes = [
    figureChecks('backtrader', { ...factsOf(engine['metrics']), ...native }, backtrader, run),
    madeOtherTrades(engine, other)
      ? { checks: [], listed: ['backtesting.py made other trades'] }
      : figureChecks('backtesting.py', factsOf(other['stats']), backtestingPy, run),
    figureChecks('vectorbt', factsOf(golden['vectorbt']), vectorbt, run),
  ];
  return {
    checks: outcomes.flatMap(({ checks }) => checks),
    listed: outcomes.flatMap(({ listed }) => listed),
  };
}

/** The equity after each bar, where a file has it. */
export function equityAgrees({ at, equity }: BacktestResult, file: string): Check[] {
  const rows = file.trim().split(/\r?\n/).slice(1);
  let worst: Check | undefined;
  for (const [i, row] of rows.entries()) {
    const [day = '', value = ''] = row.split(',');
    const found = dayAt(at[i] ?? Number.NaN) === day ? (equity[i] ?? null) : null;
    const check = agrees(`equity of ${day}`, found, Number(value), tolerance);
    if (!check.ok) worst ??= check;
  }
  return [
    worst ?? { what: `equity of ${rows.length} bars`, ok: true, found: 'same', wanted: 'same' },
  ];
}

const tolerance = 1e-9;
