import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { SolveLinear } from '@plimsoll/quant/solver';
import type { Entry } from '../tail-risk/linear-model.ts';
import { intendedCash, tradeModel } from './trade-model.ts';
import type { TradeListRequest } from './trade-request.ts';

export interface PlannedTrade {
  readonly name: string;
  readonly side: 'buy' | 'sell';
  /** Units, above 0. */
  readonly quantity: number;
  readonly price: number;
  /** Quantity × price. */
  readonly value: number;
  readonly fee: number;
}

export interface TradeList {
  /** Sales first, each side in the order of the names. */
  readonly trades: readonly PlannedTrade[];
  /** Units after the trades, shape [n]. */
  readonly quantities: Float64Array;
  /** Value before the trades: Σ price · quantity + cash. */
  readonly value: number;
  /** Money after the trades and their fees. */
  readonly cash: number;
  readonly fees: number;
  /** The sum that is the least possible, see `tradeList`. */
  readonly objective: number;
}

/**
 * The trades that bring holdings nearest to target weights in units that can be traded, with fees
 * paid and money never overspent.
 *
 *   minimise Σ |targetᵢ V − pᵢ qᵢ| + |C + F − max(0, 1 − Σ target) V| + F,   V = Σ p · held + cash
 *   q = held + bought − sold,   C = cash − Σ bought p (1 + f) + Σ sold p (1 − f) − F ≥ minimum,   F = fixed · trades
 *
 * Cash that is left over counts as a distance beyond what the targets leave to it; with targets of
 * sum 1 and no fixed fees that is PyPortfolioOpt's objective. A trade with a fixed fee must bring
 * holdings nearer by more than it costs.
 *
 * A mixed-integer program. Nothing is bought and sold at once, which would burn cash in fees to please
 * the objective. Where units held are no multiple of the lot, the odd rest is sold or kept as a whole.
 *
 * @param solveLinear Of whole numbers too, such as HiGHS.
 * @returns Refused: shapes, prices, weights or quantities that make no sense, and cash that no sale
 *   can raise.
 *
 * **Source:** the objective is PyPortfolioOpt's (R. A. Martin, 2021); fees, lots and holdings are ours.
 */
export function tradeList(request: TradeListRequest, solveLinear: SolveLinear): Result<TradeList> {
  const value = checkedValue(request);
  if (!value.ok) return value;
  return solveTrades(request, value.value, solveLinear);
}

/** What holdings and cash are worth together. Refused: a request that makes no sense, and nothing to allocate. */
export function checkedValue(request: TradeListRequest): Result<number> {
  const wrong = mistake(request);
  if (wrong) return refuse({ code: 'allocation.input', detail: wrong });
  const { prices, quantities, cash } = request;
  const value = prices.reduce((sum, price, i) => sum + price * quantities[i], cash);
  if (value > 0) return ok(value);
  const detail = `Holdings and cash are worth ${value} together; there is nothing to allocate.`;
  return refuse({ code: 'allocation.nothing', detail });
}

function solveTrades(
  request: TradeListRequest,
  value: number,
  solveLinear: SolveLinear,
): Result<TradeList> {
  const { names, prices, cash, minCash = 0 } = request;
  const fees = request.fees ?? { rate: 0, fixed: 0 };
  const { program, parts } = tradeModel(request, fees, value);
  const solution = solveLinear(program);
  if (solution.status === 'infeasible') {
    const detail = `Cash is ${cash} and ${minCash} must be left after the trades; no sales can raise that.`;
    return refuse({ code: 'allocation.cash', detail });
  }
  if (solution.status !== 'optimal') {
    const detail = `The solver stopped with the status ${solution.status}; give larger lots or fewer instruments.`;
    return refuse({ code: 'allocation.not-solved', detail });
  }
  const trades = parts.flatMap(({ bought, sold }, i) => {
    const units = (of: readonly Entry[]): number =>
      of.reduce((sum, [at, size]) => sum + size * solution.x[at], 0);
    const net = tidy(units(bought) - units(sold));
    if (net === 0) return [];
    const traded = Math.abs(net) * prices[i];
    const side = net > 0 ? ('buy' as const) : ('sell' as const);
    const fee = traded * fees.rate + fees.fixed;
    return [
      {
        place: i,
        name: names[i],
        side,
        quantity: Math.abs(net),
        price: prices[i],
        value: traded,
        fee,
      },
    ];
  });
  return ok(summary(request, trades, value));
}

/** What solvers leave of decimal lots, rounded to twelve digits. */
const tidy = (units: number): number => {
  const rounded = Number(units.toPrecision(12));
  return Math.abs(rounded) < 1e-9 ? 0 : rounded;
};

function summary(
  request: TradeListRequest,
  planned: readonly (PlannedTrade & { readonly place: number })[],
  value: number,
): TradeList {
  const { prices, targets, quantities, cash, fees } = request;
  const after = quantities.slice();
  let left = cash;
  let paid = 0;
  const flat = planned.length * (fees ? fees.fixed : 0);
  for (const { place, side, quantity, value: traded, fee } of planned) {
    const sign = side === 'buy' ? 1 : -1;
    const units = tidy(after[place] + sign * quantity);
    after[place] = units;
    left -= sign * traded + fee;
    paid += fee;
  }
  const off = prices.reduce(
    (sum, price, i) => sum + Math.abs(targets[i] * value - price * after[i]),
    0,
  );
  const trades = [...planned]
    .sort((a, b) => Number(a.side === 'buy') - Number(b.side === 'buy') || a.place - b.place)
    .map(({ place: _, ...trade }) => trade);
  return {
    trades,
    quantities: after,
    value,
    cash: left,
    fees: paid,
    objective: off + Math.abs(left + flat - intendedCash(targets, value)) + flat,
  };
}

function mistake(request: TradeListRequest): string | null {
  const {
    names,
    prices,
    targets,
    quantities,
    cash,
    fees,
    lotSizes,
    minTrade = 0,
    minCash = 0,
  } = request;
  const n = names.length;
  for (const [what, values] of Object.entries({ prices, targets, quantities, lotSizes })) {
    if (values && values.length !== n) return `There are ${n} names and ${values.length} ${what}.`;
  }
  for (const [i, name] of names.entries()) {
    if (!(prices[i] > 0 && prices[i] < Number.POSITIVE_INFINITY))
      return `The price of ${name} is ${prices[i]}; it must be above 0.`;
    if (!(targets[i] >= 0 && targets[i] <= 10))
      return `The target of ${name} is ${targets[i]}; short targets cannot be held in whole shares here, give 0 or more.`;
    if (!(quantities[i] >= 0 && quantities[i] < 1e15))
      return `${name} is held with ${quantities[i]} units; only long holdings can be rebalanced.`;
    if (lotSizes && !(lotSizes[i] >= 0))
      return `The lot of ${name} is ${lotSizes[i]}; it must be 0 or more.`;
  }
  if (![cash, minTrade, minCash].every(Number.isFinite))
    return 'Cash, smallest trade and smallest cash must be numbers.';
  if (fees && !(fees.rate >= 0 && fees.rate < 1 && fees.fixed >= 0))
    return `Fees of ${fees.rate} of the value and ${fees.fixed} a trade are not possible; the rate is a share from 0 to below 1.`;
  return null;
}
