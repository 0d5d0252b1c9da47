import type { Estimate } from '../analysis/estimate.ts';
import type { Cell, ReportTable } from '../analysis/report.ts';
import type { BacktestResult, OrderRecord, Trade } from '../backtest/result.ts';
import type { TradeFigures } from './activity.ts';
import { dayOf } from './daily-levels.ts';

/** Trades shown; the rest is in the files of the run. */
export const mostTrades = 500;

/** The newest trades first. */
export const tradeTable = (trades: readonly Trade[]): ReportTable => ({
  id: 'trades',
  title: trades.length > mostTrades ? `Latest ${mostTrades} trades of ${trades.length}` : 'Trades',
  columns: [
    { id: 'entered', title: 'Entered' },
    { id: 'left', title: 'Left' },
    { id: 'instrument', title: 'Instrument' },
    { id: 'side', title: 'Side' },
    { id: 'why', title: 'Why' },
    { id: 'quantity', title: 'Quantity', unit: 'number' },
    { id: 'entry', title: 'Entry', unit: 'number' },
    { id: 'exit', title: 'Exit', unit: 'number' },
    { id: 'net', title: 'Net', unit: 'money' },
    { id: 'bars', title: 'Bars', unit: 'count' },
    { id: 'mae', title: 'Worst', unit: 'fraction' },
    { id: 'mfe', title: 'Best', unit: 'fraction' },
  ],
  rows: [...trades]
    .sort((a, b) => b.entryAt - a.entryAt)
    .slice(0, mostTrades)
    .map((trade): Cell[] => [
      dayOf(trade.entryAt),
      trade.exitAt === null ? 'open' : dayOf(trade.exitAt),
      trade.instrumentId,
      trade.side,
      [trade.whyEntered, trade.whyLeft].filter((why) => why !== '').join(' → '),
      trade.quantity,
      trade.entryPrice,
      trade.exitPrice,
      trade.net + 0,
      trade.bars,
      -trade.mae + 0,
      trade.mfe,
    ]),
});

/** Figures over all closed trades. */
export function tradeFigureTable(figures: TradeFigures): ReportTable {
  const rows: readonly (readonly [string, Estimate, string])[] = [
    ['Won', figures.winRate, 'share of closed trades with a net gain'],
    ['Profit factor', figures.profitFactor, 'Σ gains ÷ Σ losses, net'],
    ['Mean net', figures.meanNet, 'money a trade'],
    ['Mean gain', figures.meanWin, 'money'],
    ['Mean loss', figures.meanLoss, 'money'],
    ['Expectancy', figures.expectancy, 'mean net ÷ mean loss'],
    ['Best', figures.best, 'money'],
    ['Worst', figures.worst, 'money'],
    ['Mean bars held', figures.meanBars, 'bars'],
    ['Mean worst excursion', figures.meanMae, 'of the entry price, against the trade'],
    ['Mean best excursion', figures.meanMfe, 'of the entry price, for the trade'],
  ];
  return {
    id: 'trade-figures',
    title: `${figures.closed} closed trades${figures.open > 0 ? `, ${figures.open} open` : ''}`,
    columns: [
      { id: 'figure', title: 'Figure' },
      { id: 'value', title: 'Value', unit: 'number' },
      { id: 'meaning', title: 'What it is' },
    ],
    rows: rows.map(([name, { value, why }, meaning]): Cell[] => [
      name,
      value,
      value === null ? (why ?? meaning) : meaning,
    ]),
  };
}

/** What became of orders, by state; none is left out. */
export function orderTable({ orders }: BacktestResult): ReportTable {
  const counts = new Map<string, { count: number; reason: string }>();
  for (const order of orders) {
    const key = keyOf(order);
    const known = counts.get(key) ?? { count: 0, reason: order.reason };
    counts.set(key, { ...known, count: known.count + 1 });
  }
  return {
    id: 'orders',
    title: `${orders.length} orders`,
    columns: [
      { id: 'state', title: 'Became' },
      { id: 'kind', title: 'Kind' },
      { id: 'count', title: 'Orders', unit: 'count' },
      { id: 'reason', title: 'Such as' },
    ],
    rows: [...counts].sort().map(([key, { count, reason }]): Cell[] => {
      const [state = '', kind = ''] = key.split('|');
      return [state.replaceAll('_', ' '), kind, count, reason];
    }),
  };
}

const keyOf = ({ state, kind }: OrderRecord): string => `${state}|${kind}`;
