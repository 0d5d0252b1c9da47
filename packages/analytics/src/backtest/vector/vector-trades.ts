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
  const held = new Set<Holding>();
  const rows = instruments[0]?.bars.close.length ?? 0;
  let next = 0;
  for (let row = fills.moment[0] ?? rows; row < rows; row++) {
    for (const each of held) each.row = row;
    for (; fills.moment[next] === row; next++) {
      const holding = holdings[fills.instrument[next] as number] as Holding;
      holding.row = row;
      record(recorder, holding, fills, next);
      if (holding.quantity === 0) held.delete(holding);
      else held.add(holding);
    }
    for (const each of held) {
      each.price = each.bars.close[row] as number;
      recorder.watch(each);
    }
  }
  return [...recorder.trades, ...recorder.openTrades(positionValue)];
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
