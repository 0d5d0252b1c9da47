import { ByteWriter } from './byte-writer.ts';
import type { BacktestResult } from './result.ts';

/** Of the layout below: another layout has another name, so that hashes are never compared across. */
const layout = 'plimsoll backtest result 1';

/**
 * The bytes whose hash stands for a result: fills, equity and orders in a layout that is the same on
 * every machine. Two runs with the same inputs and seed give the same bytes; a change of any fill,
 * value or state of an order changes them.
 */
export function resultHashInput({
  instrumentIds,
  at,
  equity,
  cash,
  fills,
  orders,
}: BacktestResult): Uint8Array {
  const bytes = new ByteWriter();
  bytes.text(layout);
  bytes.text(instrumentIds.join('\n'));
  for (const column of [at, equity, cash]) bytes.numbers(column);
  for (const column of [fills.order, fills.instrument, fills.moment]) bytes.integers(column);
  for (const column of [fills.at, fills.quantity, fills.price, fills.commission, fills.slippage]) {
    bytes.numbers(column);
  }
  for (const order of orders) {
    bytes.text(`${order.instrumentId} ${order.side} ${order.kind} ${order.state}`);
    const { id, quantity, filled, submittedAt, doneAt } = order;
    bytes.numbers([id, quantity, filled, submittedAt, doneAt ?? Number.NaN]);
  }
  return bytes.toBytes();
}
