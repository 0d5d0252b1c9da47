import type { BacktestResult, Trade } from '@plimsoll/analytics/backtest';

import { type Facts, factsOf, listOf, numberOf, textOf } from '../../case-facts.ts';
import { agrees, type Check, same } from '../../check.ts';
import { dayAt } from './day-at.ts';

const tolerance = 1e-9;

/** `x` of a file rounded to eight digits after the point. */
const money = (what: string, found: number | undefined, wanted: number): Check =>
  agrees(what, found, wanted, 2e-8);

function tradeChecks(trade: Trade | undefined, wanted: Facts, label: string): Check[] {
  if (!trade) return [same(label, 'none', 'a trade')];
  const size = trade.side === 'long' ? trade.quantity : -trade.quantity;
  const found: Readonly<Record<string, number>> = {
    entry_price: trade.entryPrice,
    exit_price: trade.exitPrice ?? Number.NaN,
    size,
  };
  const sums: Readonly<Record<string, number>> = {
    fees: trade.commission,
    pnl_gross: trade.gross,
    pnl_net: trade.net,
  };
  return Object.entries(wanted).flatMap(([name, value]) => {
    const what = `${label} ${name}`;
    if (name === 'entry_date') return [same(what, dayAt(trade.entryAt), value)];
    if (name === 'exit_date' && trade.exitAt !== null)
      return [same(what, dayAt(trade.exitAt), value)];
    if (typeof value !== 'number') return [];
    if (found[name] !== undefined) return [agrees(what, found[name], value, tolerance)];
    return sums[name] === undefined ? [] : [money(what, sums[name], value)];
  });
}

/** The closed trades, one by one, and the one that is open at the end. */
export function tradesAgree({ trades }: BacktestResult, block: Facts): Check[] {
  if (block['trades'] === undefined) return [];
  const wanted = listOf(block['trades']);
  const closed = trades.filter(({ exitAt }) => exitAt !== null);
  const open = trades.find(({ exitAt }) => exitAt === null);
  const left = factsOf(block['open_at_end']);
  const price = numberOf(left, 'entry_price', 'price');
  return [
    same('trades', closed.length, wanted.length),
    ...wanted.flatMap((each, i) => tradeChecks(closed[i], each, `trade ${i + 1}`)),
    same('open at the end', open !== undefined, block['open_at_end'] !== null),
    ...(price === undefined ? [] : [agrees('open at', open?.entryPrice, price, tolerance)]),
  ];
}

/** Days on which orders were turned down. */
export function rejectionsAgree({ orders }: BacktestResult, block: Facts): Check[] {
  if (!Array.isArray(block['rejected'])) return [];
  const rejected = orders.filter(({ state }) => state === 'rejected');
  return [same('rejected orders', rejected.length, block['rejected'].length)];
}

/** The fills of each day, whatever their order within it. */
export function fillsAgree({ fills, instrumentIds }: BacktestResult, block: Facts): Check[] {
  const wanted = listOf(block['fills']);
  if (wanted.length === 0) return [];
  const found = Array.from(fills.at, (at, i) => ({
    name: `${dayAt(at)} ${instrumentIds[fills.instrument[i] ?? -1]}`,
    i,
  }));
  return [
    same('fills', found.length, wanted.length),
    ...wanted.flatMap((fill) => {
      const label = `${textOf(fill, 'date')} ${textOf(fill, 'symbol')}`;
      const i = found.find(({ name }) => name === label)?.i ?? -1;
      const [size, price] = [numberOf(fill, 'size') ?? NaN, numberOf(fill, 'price') ?? NaN];
      const fee = numberOf(fill, 'fee');
      return [
        agrees(`${label} size`, fills.quantity[i], size, tolerance),
        agrees(`${label} price`, fills.price[i], price, tolerance),
        ...(fee === undefined ? [] : [money(`${label} fee`, fills.commission[i], fee)]),
      ];
    }),
  ];
}

/** What is held at the end. */
export function positionsAgree(
  { fills, instrumentIds, cash }: BacktestResult,
  block: Facts,
): Check[] {
  const held = new Map<string, number>();
  for (const [i, quantity] of fills.quantity.entries()) {
    const id = instrumentIds[fills.instrument[i] ?? -1] ?? '';
    held.set(id, (held.get(id) ?? 0) + quantity);
  }
  const finalCash = numberOf(block, 'final_cash');
  return [
    ...Object.entries(factsOf(block['final_positions'])).map(([id, wanted]) =>
      agrees(`held of ${id}`, held.get(id) ?? 0, wanted, tolerance),
    ),
    ...(finalCash === undefined ? [] : [agrees('final cash', cash.at(-1), finalCash, tolerance)]),
  ];
}
