import { cell } from '../analysis/cells.ts';
import type { Chart } from '../analysis/report.ts';
import type { BacktestResult } from '../backtest/result.ts';
import type { Closes } from './daily-levels.ts';
import type { Neighbourhood } from './report-input.ts';

/** Sum of positions and net exposure, as shares of equity, at the end of each day. */
export function exposureChart(result: BacktestResult, { days, places }: Closes): Chart {
  const share = (of: Float64Array): (number | null)[] =>
    Array.from(places, (place) => cell((of[place] as number) / (result.equity[place] as number)));
  const [gross, net] = [share(result.gross), share(result.net)];
  const isLongOnly = gross.every((value, i) => value === net[i]);
  return {
    id: 'exposure',
    title: 'Invested, of equity',
    kind: 'line',
    x: days,
    lines: isLongOnly
      ? [{ name: 'Invested', values: gross }]
      : [
          { name: 'Sum of positions', values: gross },
          { name: 'Net', values: net },
        ],
    unit: 'fraction',
  };
}

/** Costs so far, as a share of the cash at the start. */
export function costChart(result: BacktestResult, { days, places }: Closes): Chart {
  const { moment, commission, slippage } = result.fills;
  let next = 0;
  let sum = 0;
  const first = firstMoment(result);
  const values = Array.from(places, (place) => {
    for (; next < moment.length && (moment[next] as number) - first <= place; next++) {
      sum += (commission[next] as number) + (slippage[next] as number);
    }
    return cell(sum / result.started);
  });
  return {
    id: 'costs-so-far',
    title: 'Commission and slippage so far, of the cash at the start',
    kind: 'line',
    x: days,
    lines: [{ name: 'Costs', values }],
    unit: 'fraction',
  };
}

/** The moment that the first row of the result stands for: fills count from the market's first. */
const firstMoment = ({ fills, at }: BacktestResult): number => {
  const { moment, at: when } = fills;
  if (moment.length === 0) return 0;
  // A fill is made within the bar that becomes known at its moment.
  const filled = when[0] as number;
  const place = at.findIndex((known) => known >= filled);
  return (moment[0] as number) - Math.max(0, place);
};

/** Worst excursion against net result of each trade, as shares of the entry price. */
export function excursionChart({ trades }: BacktestResult): Chart {
  const closed = trades.filter(({ exitAt }) => exitAt !== null).slice(-2000);
  const result = closed.map(({ entryPrice, exitPrice, side }) =>
    exitPrice === null ? null : cell((side === 'long' ? 1 : -1) * (exitPrice / entryPrice - 1)),
  );
  return {
    id: 'excursions',
    title: 'How far trades went against you, and how they ended',
    kind: 'points',
    x: closed.map(({ mae }) => mae),
    lines: [{ name: 'Result of the trade', values: result }],
    unit: 'fraction',
  };
}

/** The figure of the runs around this one; its own cell has its row and column named. */
export const neighbourhoodChart = ({ figure, across, down, cells }: Neighbourhood): Chart => ({
  id: 'neighbourhood',
  title: `${figure}: ${across.title} across, ${down.title} down`,
  kind: 'heat',
  x: across.values,
  lines: down.values.map((value, i) => ({ name: String(value), values: cells[i] ?? [] })),
  unit: 'ratio',
});
