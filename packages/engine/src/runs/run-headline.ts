import type { BacktestResult } from '@plimsoll/analytics/backtest';
import type { BacktestReport } from '@plimsoll/analytics/backtest-report';
import type { RunOutcome, WalkForwardPart } from '@plimsoll/analytics/runs';
import { metricById, ReturnSample } from '@plimsoll/analytics/statistics';
import { present } from '@plimsoll/kernel';
import type { RunFigures } from '@plimsoll/ports';
import { type DailyEquity, dailyEquity } from './daily-equity.ts';
import { runReportOf } from './run-report.ts';
import type { RunFigure } from './run-use-cases.ts';

/** What a backtest comes to, in a sentence and in figures. */
export interface Headline {
  readonly sentence: string;
  readonly listed: RunFigures;
  readonly figures: readonly RunFigure[];
  readonly daily: DailyEquity;
  /** Sharpe ratio a day, not annualised; null where there is none. */
  readonly dailySharpe: number | null;
}

/** Metrics of the daily returns, with the unit in which they are shown. */
const shown = [
  ['total-return', 'share'],
  ['cagr', 'share'],
  ['volatility', 'share'],
  ['sharpe', 'ratio'],
  ['sortino', 'ratio'],
  ['calmar', 'ratio'],
  ['max-drawdown', 'share'],
] as const satisfies readonly (readonly [string, RunFigure['unit']])[];

const ofDays = (perYear: string) => `of daily equity, ${perYear} days a year, risk-free rate 0`;

/** How many returns a year a report counts, as it says among its conventions. */
const perYearOf = (report: BacktestReport | null): string =>
  /(\d+(?:\.\d+)?) periods a year/.exec(report?.conventions.join(' ') ?? '')?.[1] ?? '252';

/** What a run comes to, whatever kind it is of; null where it has no equity. */
export function headlineOfRun(outcome: RunOutcome): Headline | null {
  const report = runReportOf(outcome);
  if (outcome.result !== null) return headlineOf(outcome.result, report?.backtest ?? null);
  const part = report?.walkForward ?? null;
  return part === null ? null : headlineOfParts(part);
}

/** Of a walk-forward: that of its out-of-sample parts, one after the other. */
function headlineOfParts({
  outOfSample,
  efficiency,
  days,
  growth,
  returns,
}: WalkForwardPart): Headline {
  const { totalReturn, annualReturn, sharpe, maxDrawdown, objective, trades } = outOfSample;
  const oos = 'out-of-sample parts, one after the other; 252 days a year, risk-free rate 0';
  const figure = (
    id: string,
    title: string,
    { value }: { readonly value: number | null },
    unit: RunFigure['unit'] = 'share',
  ): RunFigure => ({ id, title, value, unit, convention: oos });
  return {
    sentence: '',
    listed: {
      totalReturn: totalReturn.value,
      annualReturn: annualReturn.value,
      volatility: null,
      sharpe: sharpe.value,
      maxDrawdown: maxDrawdown.value,
      finalEquity: null,
      trades,
    },
    figures: [
      figure('total-return', 'Total return', totalReturn),
      figure('cagr', 'Annual return (compounded)', annualReturn),
      figure('sharpe', 'Sharpe ratio', sharpe, 'ratio'),
      figure('max-drawdown', 'Deepest drawdown', maxDrawdown),
      figure('objective', 'Objective', objective, 'ratio'),
      {
        ...figure('efficiency', 'Walk-forward efficiency', efficiency, 'ratio'),
        convention: 'annual growth out of sample ÷ in sample',
      },
    ],
    daily: {
      days,
      equity: Float64Array.from(growth),
      returns: Float64Array.from(returns),
    },
    dailySharpe: null,
  };
}

/** The figures of a backtest as lists and the command line show them. */
function headlineOf(result: BacktestResult, report: BacktestReport | null): Headline {
  const daily = dailyEquity(result);
  const sample = new ReturnSample({
    returns: daily.returns.every((one) => one >= -1) ? daily.returns : new Float64Array(0),
    days: daily.days,
  });
  const convention = ofDays(perYearOf(report));
  const metrics = shown.map(([id, unit]) => {
    // Those of the report where it has them, so that nobody reads two figures of one name.
    const measure = report?.measures.find((one) => one.id === id);
    if (measure) {
      const { title, formula, strategy } = measure;
      return { id, title, value: strategy.value, unit, convention: `${formula}; ${convention}` };
    }
    const metric = present(metricById(id), `metric ${id}`);
    const { value } = metric.compute(sample);
    return { id, title: metric.title, value, unit, convention: `${metric.formula}; ${convention}` };
  });
  const value = (id: (typeof shown)[number][0]): number | null =>
    metrics.find((one) => one.id === id)?.value ?? null;
  const fall = value('max-drawdown');
  const finalEquity = result.equity.at(-1) ?? result.started;
  const listed: RunFigures = {
    totalReturn: value('total-return'),
    annualReturn: value('cagr'),
    volatility: value('volatility'),
    sharpe: value('sharpe'),
    maxDrawdown: fall === null ? null : Math.abs(fall),
    finalEquity,
    trades: result.trades.length,
  };
  return {
    sentence: sentenceOf(result, daily, listed),
    listed,
    figures: [...metrics, ...accountFigures(result, finalEquity)],
    daily,
    dailySharpe: Number.isFinite(sample.sharpe) ? sample.sharpe : null,
  };
}

function accountFigures(result: BacktestResult, finalEquity: number): RunFigure[] {
  const { costs, trades, fills } = result;
  const closed = trades.filter(({ exitAt }) => exitAt !== null);
  const won = closed.filter(({ net }) => net > 0).length;
  type Given = readonly [string, string, RunFigure['unit'], number | null, string];
  const figure = (...[id, title, unit, value, convention]: Given): RunFigure => ({
    id,
    title,
    value,
    unit,
    convention,
  });
  return [
    figure('final-equity', 'Final equity', 'money', finalEquity, `${result.base}, at last closes`),
    figure('trades', 'Trades', 'count', trades.length, 'from flat to flat, open ones among them'),
    figure(
      'win-rate',
      'Trades won',
      'share',
      closed.length === 0 ? null : won / closed.length,
      'of those closed, net of costs',
    ),
    figure('fills', 'Fills', 'count', fills.at.length, 'each part of an order by itself'),
    figure('commission', 'Commission', 'money', costs.commission, `${result.base}, paid`),
    figure(
      'slippage',
      'Slippage',
      'money',
      costs.slippage,
      `${result.base}, against market prices`,
    ),
  ];
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function sentenceOf(
  { trades, base }: BacktestResult,
  { days }: DailyEquity,
  { totalReturn, annualReturn, maxDrawdown, sharpe, finalEquity }: RunFigures,
): string {
  const [first, last] = [days[0], days.at(-1)];
  if (totalReturn === null || first === undefined || last === undefined) {
    return `It ended with ${base} ${(finalEquity ?? 0).toFixed(2)}; returns are not defined.`;
  }
  const verb = totalReturn < 0 ? 'It lost' : 'It gained';
  const parts = [
    `${verb} ${percent(Math.abs(totalReturn))} from ${first} to ${last}`,
    annualReturn === null ? '' : ` (${percent(annualReturn)} a year)`,
    maxDrawdown === null ? '' : `, fell by at most ${percent(maxDrawdown)} from its peak`,
    sharpe === null ? '' : `, Sharpe ratio ${sharpe.toFixed(2)}`,
    ` in ${trades.length} ${trades.length === 1 ? 'trade' : 'trades'}.`,
  ];
  return parts.join('');
}
