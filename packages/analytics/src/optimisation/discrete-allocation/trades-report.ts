import type { Report } from '../../analysis/report.ts';
import type { TradeList } from './trade-list.ts';
import type { TradeListRequest } from './trade-request.ts';

const source = 'R. A. Martin, PyPortfolioOpt: portfolio optimization in Python, 2021';

/** The trades, what is held after them, and how near that is to the targets. */
export function tradesReport(
  request: TradeListRequest,
  list: TradeList,
  method: 'exact' | 'greedy',
): Report {
  const { names, prices, targets, quantities } = request;
  const { trades, value, cash, fees, objective } = list;
  const traded = trades.reduce((sum, trade) => sum + trade.value, 0);
  return {
    title: 'Trades to the target weights',
    sample: null,
    conventions: [
      'Weights are of holdings and cash together, before fees.',
      method === 'exact'
        ? 'No other trades in these units come nearer to the targets (a mixed-integer program, solved to the end).'
        : 'Shares are chosen greedily, one at a time; other shares may come nearer.',
    ],
    figures: [
      { id: 'value', title: 'Value before', value, unit: 'money', formula: 'Σ p q + cash' },
      {
        id: 'cash-after',
        title: 'Cash after',
        value: cash,
        unit: 'money',
        formula: 'cash − Σ bought p (1 + f) + Σ sold p (1 − f) − fixed fees',
      },
      { id: 'fees', title: 'Fees', value: fees, unit: 'money', formula: 'Σ f p q + fixed fees' },
      {
        id: 'traded',
        title: 'Share of the value traded',
        value: traded / value,
        unit: 'fraction',
        formula: 'Σ p |Δq| ÷ value',
      },
      {
        id: 'distance',
        title: 'Distance from the targets',
        value: objective,
        unit: 'money',
        formula:
          'Σ |target · value − p q| + |cash after + F − max(0, 1 − Σ target) value| + F, F fixed fees',
        source,
      },
    ],
    tables: [
      {
        id: 'trades',
        title: 'Trades',
        columns: [
          { id: 'name', title: 'Instrument' },
          { id: 'side', title: 'Side' },
          { id: 'quantity', title: 'Quantity', unit: 'number' },
          { id: 'price', title: 'Price', unit: 'money' },
          { id: 'value', title: 'Value', unit: 'money' },
          { id: 'fee', title: 'Fee', unit: 'money' },
        ],
        rows: trades.map((trade) => [
          trade.name,
          trade.side,
          trade.quantity,
          trade.price,
          trade.value,
          trade.fee,
        ]),
      },
      {
        id: 'holdings',
        title: 'After the trades',
        columns: [
          { id: 'name', title: 'Instrument' },
          { id: 'before', title: 'Units before', unit: 'number' },
          { id: 'after', title: 'Units after', unit: 'number' },
          { id: 'weight', title: 'Weight after', unit: 'fraction' },
          { id: 'target', title: 'Target', unit: 'fraction' },
        ],
        rows: names.map((name, i) => [
          name,
          quantities[i],
          list.quantities[i],
          (list.quantities[i] * prices[i]) / value,
          targets[i],
        ]),
      },
    ],
    charts: [
      {
        id: 'weights',
        title: 'Weights after and wanted',
        kind: 'bars',
        x: names,
        lines: [
          { name: 'After', values: names.map((_, i) => (list.quantities[i] * prices[i]) / value) },
          { name: 'Target', values: Array.from(targets) },
        ],
        unit: 'fraction',
      },
    ],
    notes: trades.length === 0 ? ['Nothing has to be traded.'] : [],
  };
}
