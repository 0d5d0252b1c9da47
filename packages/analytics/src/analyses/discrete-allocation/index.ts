import { ok, type Result, refuse } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { greedyShares } from '../../optimisation/discrete-allocation/greedy-shares.ts';
import {
  checkedValue,
  type TradeList,
  tradeList,
} from '../../optimisation/discrete-allocation/trade-list.ts';
import { intendedCash } from '../../optimisation/discrete-allocation/trade-model.ts';
import type { TradeListRequest } from '../../optimisation/discrete-allocation/trade-request.ts';
import { tradesReport } from '../../optimisation/discrete-allocation/trades-report.ts';

export default defineAnalysis({
  id: 'discrete-allocation',
  group: 'optimisation',
  title: 'Trades in whole shares',
  summary:
    'Which trades bring what you hold nearest to target weights, in units that can be traded and with fees paid.',
  needs: ['solver'],
  input: {
    targets: {
      kind: 'by-name',
      title: 'Target weights',
      help: 'Of holdings and cash together; what is missing to 1 stays cash.',
    },
    prices: {
      kind: 'by-name',
      title: 'Prices',
      help: 'Of one unit, all in the currency of the cash.',
    },
    holdings: { kind: 'by-name', title: 'Units held now', optional: true },
    cash: { kind: 'number', default: 0, title: 'Cash now' },
    method: {
      kind: 'choice',
      of: ['exact', 'greedy'],
      default: 'exact',
      title: 'Method',
      help: 'exact: the best there is. greedy: as PyPortfolioOpt, from cash alone and without fees.',
    },
    feeRate: { kind: 'number', min: 0, below: 1, default: 0, title: 'Fee as a share of the value' },
    feeFixed: { kind: 'number', min: 0, default: 0, title: 'Fee of each trade' },
    lotSizes: {
      kind: 'by-name',
      title: 'Lot sizes',
      help: '1 for whole shares (if left out), 0.001 for fractions, 0 for any quantity.',
      optional: true,
    },
    minTrade: { kind: 'number', min: 0, default: 0, title: 'Smallest value of a trade' },
    minCash: { kind: 'number', min: 0, default: 0, title: 'Cash to keep' },
  },
  compute(values, { solveLinear }) {
    const { targets, prices, holdings = {}, lotSizes = {}, cash, method } = values;
    const names = [...new Set([...Object.keys(targets), ...Object.keys(holdings)])].sort();
    const unpriced = names.find((name) => prices[name] === undefined);
    if (unpriced !== undefined) {
      const detail = `${unpriced} has no price; give one for each instrument that is wanted or held.`;
      return refuse({ code: 'allocation.price', detail });
    }
    const vector = (table: Readonly<Record<string, number>>, otherwise: number): Float64Array =>
      Float64Array.from(names, (name) => table[name] ?? otherwise);
    const request = {
      names,
      prices: vector(prices, Number.NaN),
      targets: vector(targets, 0),
      quantities: vector(holdings, 0),
      cash,
      fees: { rate: values.feeRate, fixed: values.feeFixed },
      lotSizes: vector(lotSizes, 1),
      minTrade: values.minTrade,
      minCash: values.minCash,
    };
    const list = method === 'exact' ? tradeList(request, solveLinear) : greedyList(request);
    return list.ok ? ok(tradesReport(request, list.value, method)) : list;
  },
});

/** The greedy rule as a list of trades; it knows cash only. */
function greedyList(request: TradeListRequest): Result<TradeList> {
  const value = checkedValue(request);
  if (!value.ok) return value;
  const { names, prices, targets, quantities, cash, fees } = request;
  if (quantities.some((each) => each !== 0) || (fees && (fees.rate > 0 || fees.fixed > 0))) {
    const detail =
      'The greedy method starts from cash and knows no fees; take the exact one, or leave out holdings and fees.';
    return refuse({ code: 'allocation.greedy', detail });
  }
  const shares = greedyShares(prices, targets, cash);
  const spent = shares.reduce((sum, count, i) => sum + count * prices[i], 0);
  const off = shares.reduce(
    (sum, count, i) => sum + Math.abs(targets[i] * cash - count * prices[i]),
    0,
  );
  return ok({
    trades: names.flatMap((name, i) =>
      shares[i] === 0
        ? []
        : [
            {
              name,
              side: 'buy' as const,
              quantity: shares[i],
              price: prices[i],
              value: shares[i] * prices[i],
              fee: 0,
            },
          ],
    ),
    quantities: shares,
    value: cash,
    cash: cash - spent,
    fees: 0,
    objective: off + Math.abs(cash - spent - intendedCash(targets, cash)),
  });
}
