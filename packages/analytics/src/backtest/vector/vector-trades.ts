import { type Holding, newHolding, positionValue } from '../holding.ts';
import type { BacktestInstrument } from '../market.ts';
import type { FillColumns, Trade } from '../result.ts';
import { TradeRecorder } from '../trade-recorder.ts';

/**
 * The round trips that fills make up, by the recorder of the event engine, for instruments in base
 * currency whose bars become known together. Their reasons are empty.
 */
export function tradesOf(
  instruments: readonly BacktestInstrument[],
  fills: FillColumns,
): readonly Trade[] {
  const holdings = instruments.map((instrument, index) => newHolding(instrument, index));
  const recorder = new TradeRecorder(holdings.length);
  let held: readonly Holding[] = [];
  const rows = instruments[0]?.bars.close.length ?? 0;
  const count = fills.moment.length;
  for (let next = 0; next < count; ) {
    const row = fills.moment[next] as number;
    for (; next < count && fills.moment[next] === row; next++) {
      const holding = holdings[fills.instrument[next] as number] as Holding;
      holding.row = row;
      record(recorder, holding, fills, next);
    }
    held = holdings.filter(({ quantity }) => quantity !== 0);
    const until = next < count ? (fills.moment[next] as number) : rows;
    for (const each of held) watch(recorder, each, row, until);
  }
  for (const each of held) each.price = each.bars.close[rows - 1] as number;
  return [...recorder.trades, ...recorder.openTrades(positionValue)];
}

/** Shows the recorder the bars [from, until) that widen what it has seen of them, and leaves it at the last. */
function watch(recorder: TradeRecorder, held: Holding, from: number, until: number): void {
  const { high, low } = held.bars;
  let highest = Number.NEGATIVE_INFINITY;
  let lowest = Number.POSITIVE_INFINITY;
  for (let row = from; row < until; row++) {
    const [above, below] = [high[row] as number, low[row] as number];
    if (!(above > highest || below < lowest)) continue;
    if (above > highest) highest = above;
    if (below < lowest) lowest = below;
    held.row = row;
    recorder.watch(held);
  }
  held.row = until - 1;
}

/** One that turns a position around counts as two, which share its commission by their size. */
function record(recorder: TradeRecorder, held: Holding, fills: FillColumns, fill: number): void {
  const [signed, commission] = [fills.quantity[fill] as number, fills.commission[fill] as number];
  const common = {
    at: fills.at[fill] as number,
    price: fills.price[fill] as number,
    worth: held.instrument.multiplier,
  };
  const before = held.quantity;
  const size = Math.abs(signed);
  const turns = before !== 0 && Math.sign(before) !== Math.sign(signed) && size > Math.abs(before);
  if (turns) {
    held.quantity = 0;
    const closing = commission * (Math.abs(before) / size);
    recorder.fill(held, null, { ...common, quantity: -before, commission: closing }, '');
  }
  const added = turns ? signed + before : signed;
  held.quantity = turns ? added : before + signed;
  const share = commission * (Math.abs(added) / size);
  recorder.fill(held, null, { ...common, quantity: added, commission: share }, '');
}

/** As much of a holding as trades are made of. */
