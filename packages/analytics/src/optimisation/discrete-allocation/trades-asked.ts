import {
  ok,
  type PanelInput,
  parameterTable,
  type Result,
  refuse,
  type ValuesOf,
} from '@plimsoll/kernel';
import type { SolveLinear } from '@plimsoll/quant/solver';
import type { Report } from '../../analysis/report.ts';
import { checkedValue, tradeList } from './trade-list.ts';
import type { TradeListRequest } from './trade-request.ts';
import { tradesReport } from './trades-report.ts';

/** What one holds and how it can be traded, for optimisations that end in trades. */
export const tradeParameters = parameterTable({
  holdings: {
    kind: 'by-name',
    optional: true,
    title: 'Units held now',
    help: 'With cash these are the weights now, and trades in whole shares from them are added.',
  },
  cash: { kind: 'number', optional: true, title: 'Cash now' },
  tradePrices: {
    kind: 'by-name',
    optional: true,
    title: 'Prices to trade at',
    help: 'Of one unit, in the currency of the cash. The last prices given, for names without one.',
  },
  lotSizes: {
    kind: 'by-name',
    optional: true,
    title: 'Lot sizes',
    help: '1 for whole shares (if left out), 0.001 for fractions, 0 for any quantity.',
  },
  feeRate: { kind: 'number', min: 0, below: 1, default: 0, title: 'Fee as a share of the value' },
  feeFixed: { kind: 'number', min: 0, default: 0, title: 'Fee of each trade' },
  minTrade: { kind: 'number', min: 0, default: 0, title: 'Smallest value of a trade' },
  minCash: { kind: 'number', min: 0, default: 0, title: 'Cash to keep' },
});

type Asked = ValuesOf<typeof tradeParameters>;

/** Where one stands: all of a list of trades but its targets. */
export interface Standing {
  readonly request: Omit<TradeListRequest, 'targets'>;
  /** Weights now by name, of holdings and cash together. */
  readonly weights: Readonly<Record<string, number>>;
}

/**
 * What is held now, with prices. Null where neither holdings nor cash are given. Refused: holdings of
 * other names, names without a price, and nothing of value.
 */
export function standingOf(
  asked: Asked,
  names: readonly string[],
  prices: PanelInput,
): Result<Standing | null> {
  const { holdings = {}, cash = 0, tradePrices = {}, lotSizes = {} } = asked;
  if (asked.holdings === undefined && asked.cash === undefined) return ok(null);
  const strange = [holdings, tradePrices, lotSizes]
    .flatMap((table) => Object.keys(table))
    .find((name) => !names.includes(name));
  if (strange !== undefined) {
    const detail = `What is held or traded names ${strange}, which is not among ${names.join(', ')}; give its prices too.`;
    return refuse({ code: 'allocation.name', detail });
  }
  const priced = Float64Array.from(
    names,
    (name) => tradePrices[name] ?? lastPrice(prices, name) ?? Number.NaN,
  );
  const unpriced = names.find((_, i) => Number.isNaN(priced[i]));
  if (unpriced !== undefined) {
    const detail = `${unpriced} has no price to trade at; give it as a trade price, since returns do not say it.`;
    return refuse({ code: 'allocation.price', detail });
  }
  const request = {
    names,
    prices: priced,
    quantities: Float64Array.from(names, (name) => holdings[name] ?? 0),
    cash,
    fees: { rate: asked.feeRate, fixed: asked.feeFixed },
    lotSizes: Float64Array.from(names, (name) => lotSizes[name] ?? 1),
    minTrade: asked.minTrade,
    minCash: asked.minCash,
  };
  const value = checkedValue({ ...request, targets: new Float64Array(names.length) });
  if (!value.ok) return value;
  const weights = Object.fromEntries(
    names.map((name, i) => [name, (priced[i] * request.quantities[i]) / value.value]),
  );
  return ok({ request, weights });
}

function lastPrice({ names, values, are }: PanelInput, name: string): number | null {
  if (are === 'returns') return null;
  const column = names.indexOf(name);
  for (let row = values.length - 1; row >= 0; row--) {
    const price = values[row][column];
    if (price !== null && price !== undefined) return price;
  }
  return null;
}

/** A report with the trades to its weights: figures `trades-…` and the tables of trades and holdings. */
export function withTrades(
  report: Report,
  { request }: Standing,
  weights: Float64Array,
  solveLinear: SolveLinear,
): Result<Report> {
  // A weight that rounding left below 0 is none.
  const targets = weights.map((each) => (each < 0 && each > -1e-9 ? 0 : each));
  const asked = { ...request, targets };
  const list = tradeList(asked, solveLinear);
  if (!list.ok) return list;
  const trades = tradesReport(asked, list.value, 'exact');
  return ok({
    ...report,
    conventions: [...report.conventions, ...trades.conventions],
    figures: [
      ...report.figures,
      ...trades.figures.map((figure) => ({ ...figure, id: `trades-${figure.id}` })),
    ],
    tables: [...report.tables, ...trades.tables],
    notes: [...report.notes, ...trades.notes],
  });
}
