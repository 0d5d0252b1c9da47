import type { Estimate } from '../analysis/estimate.ts';
import type { Cell, ReportTable } from '../analysis/report.ts';
import type { BacktestResult, OrderRecord, Trade } from '../backtest/result.ts';
import type { TradeFigures } from './activity.ts';
import { dayOf } from './daily-levels.ts';

/** Trades shown; the rest is in the files of the run. */
const mostTrades = 500;

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

type Kind = 'share' | 'ratio' | 'money' | 'bars';

const written: Readonly<Record<Kind, (value: number) => string>> = {
  share: (value) => `${(100 * value).toFixed(1)} %`,
  ratio: (value) => value.toFixed(2),
  money: (value) => value.toFixed(2),
  bars: (value) => value.toFixed(1),
};

/** Figures over all closed trades, as texts: they have no unit in common. */
export function tradeFigureTable(figures: TradeFigures): ReportTable {
  const rows: readonly (readonly [string, Estimate, Kind, string])[] = [
    ['Won', figures.winRate, 'share', 'closed trades with a net gain'],
    ['Profit factor', figures.profitFactor, 'ratio', 'Σ gains ÷ Σ losses, net'],
    ['Expectancy', figures.expectancy, 'ratio', 'mean net ÷ mean loss'],
    ['Mean net', figures.meanNet, 'money', 'a trade'],
    ['Mean gain', figures.meanWin, 'money', 'of those that gained'],
    ['Mean loss', figures.meanLoss, 'money', 'of those that lost'],
    ['Best', figures.best, 'money', 'net'],
    ['Worst', figures.worst, 'money', 'net'],
    ['Mean bars held', figures.meanBars, 'bars', 'from entry to exit'],
    ['Mean worst excursion', figures.meanMae, 'share', 'of the entry price, against the trade'],
    ['Mean best excursion', figures.meanMfe, 'share', 'of the entry price, for the trade'],
  ];
  return {
    id: 'trade-figures',
    title: `${figures.closed} closed trades${figures.open > 0 ? `, ${figures.open} open` : ''}`,
    columns: [
      { id: 'figure', title: 'Figure' },
      { id: 'value', title: 'Value' },
      { id: 'meaning', title: 'What it is' },
    ],
    rows: rows.map(([name, { value, why }, kind, meaning]): Cell[] => [
      name,
      value === null ? '–' : written[kind](value),
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
