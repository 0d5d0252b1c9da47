import type { LinearProgram } from '@plimsoll/quant/solver';
import { type Entry, LinearModel } from '../tail-risk/linear-model.ts';
import type { TradeFees, TradeListRequest } from './trade-request.ts';

/** Variables of one instrument with the units that one of each is worth. */
interface Parts {
  readonly bought: readonly Entry[];
  readonly sold: readonly Entry[];
}

interface TradeModel {
  readonly program: LinearProgram;
  /** By instrument. */
  readonly parts: readonly Parts[];
}

const none = Number.NEGATIVE_INFINITY;

/** Money that the targets leave as cash. */
export const intendedCash = (targets: Float64Array, value: number): number =>
  Math.max(0, 1 - targets.reduce((sum, each) => sum + each, 0)) * value;

/** The mixed-integer program of `tradeList`, whose objective it has but for constants. */
export function tradeModel(request: TradeListRequest, fees: TradeFees, value: number): TradeModel {
  const { names, targets, cash, minCash = 0 } = request;
  const model = new LinearModel();
  const spent: Entry[] = [];
  const flat: Entry[] = [];
  const parts = names.map((_, i) => {
    const units = addUnits(model, request, value, i);
    const price = request.prices[i];
    for (const [at, size] of units.bought) spent.push([at, size * price * (1 + fees.rate)]);
    for (const [at, size] of units.sold) spent.push([at, -size * price * (1 - fees.rate)]);
    for (const trade of addTrades(model, request, fees, value, i, units)) {
      flat.push([trade, fees.fixed]);
    }
    addDistance(model, units, price, targets[i] * value - price * request.quantities[i]);
    return units;
  });
  model.row([...spent, ...flat], none, cash - minCash);
  // Rounding of the sum of targets is nobody's intention.
  const meant = intendedCash(targets, value);
  const intended = meant > 1e-12 * value ? meant : 0;
  addCashDistance(model, spent, { cash, intended, least: minCash });
  return { program: model.program(), parts };
}

/** Distance of cash after, before fixed fees, from what the targets leave to it. */
function addCashDistance(
  model: LinearModel,
  spent: readonly Entry[],
  { cash, intended, least }: { cash: number; intended: number; least: number },
): void {
  if (intended <= least) {
    // Cash is never below what is meant, so that the distance is cash itself but for a constant.
    for (const [at, money] of spent) model.charge(at, -money);
    return;
  }
  const off = model.variable({ cost: 1 });
  model.row([...spent, [off, 1]], cash - intended);
  model.row([...spent, [off, -1]], none, cash - intended);
}

/** Bought and sold in lots; what is held beyond whole lots can be sold as one. */
function addUnits(
  model: LinearModel,
  { prices, quantities, lotSizes }: TradeListRequest,
  value: number,
  i: number,
): Parts {
  const held = quantities[i];
  const most = value / prices[i];
  const lot = lotSizes ? lotSizes[i] : 1;
  if (lot === 0) {
    const bought = model.variable({ upper: most });
    const sold = model.variable({ upper: held });
    return { bought: [[bought, 1]], sold: held > 0 ? [[sold, 1]] : [] };
  }
  const lots = (units: number): number => Math.floor(units / lot + 1e-9);
  const bought = model.variable({ upper: lots(most), whole: true });
  const sold: Entry[] = [];
  if (lots(held) > 0) sold.push([model.variable({ upper: lots(held), whole: true }), lot]);
  const rest = held - lots(held) * lot;
  if (rest > 1e-9 * Math.max(1, held)) {
    sold.push([model.variable({ upper: 1, whole: true }), rest]);
  }
  return { bought: [[bought, lot]], sold };
}

/** Whether one buys, whether one sells: never both. Answers the variables that say so. */
function addTrades(
  model: LinearModel,
  { prices, quantities, minTrade = 0 }: TradeListRequest,
  { fixed }: TradeFees,
  value: number,
  i: number,
  { bought, sold }: Parts,
): number[] {
  const side = (units: readonly Entry[], most: number): number => {
    const trades = model.variable({ cost: fixed, upper: 1, whole: true });
    model.row([...units, [trades, -most]], none, 0);
    if (minTrade > 0) model.row([...units, [trades, -minTrade / prices[i]]], 0);
    return trades;
  };
  // A purchase by itself, without a price of its own, needs no saying.
  if (sold.length === 0 && fixed === 0 && minTrade === 0) return [];
  const buys = side(bought, value / prices[i]);
  if (sold.length === 0) return [buys];
  const sells = side(sold, quantities[i]);
  const either: readonly Entry[] = [
    [buys, 1],
    [sells, 1],
  ];
  model.row(either, none, 1);
  return [buys, sells];
}

/** off ≥ |wanted change of value − price · (bought − sold)| */
function addDistance(
  model: LinearModel,
  { bought, sold }: Parts,
  price: number,
  wanted: number,
): void {
  const off = model.variable({ cost: 1 });
  const change: readonly Entry[] = [
    ...bought.map(([at, size]): Entry => [at, price * size]),
    ...sold.map(([at, size]): Entry => [at, -price * size]),
  ];
  model.row([...change, [off, 1]], wanted);
  model.row([...change, [off, -1]], none, wanted);
}
