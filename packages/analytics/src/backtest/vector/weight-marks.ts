import type { BacktestInstrument } from '../market.ts';
import type { FillRules } from './fill-rules.ts';

/** What was held between rebalances, row 0 before the first. */
export interface Stretches {
  /** Bars in which the rebalances were filled, rising. */
  readonly filledIn: Int32Array;
  /** Shape [rebalances + 1 × instruments]. */
  readonly quantities: Float64Array;
  /** Cash, [rebalances + 1]. */
  readonly money: Float64Array;
}

/** Calls back with each stretch of bars and the row of what was held over it. */
function eachStretch(
  { filledIn }: Stretches,
  bars: number,
  call: (row: number, from: number, until: number) => void,
): void {
  for (let row = 0; row <= filledIn.length; row++) {
    call(row, filledIn[row - 1] ?? 0, filledIn[row] ?? bars);
  }
}

/** Cash and equity at every close, summed in the order in which the event engine does. */
export function markPositions(
  instruments: readonly BacktestInstrument[],
  stretches: Stretches,
  { equity, cash }: { readonly equity: Float64Array; readonly cash: Float64Array },
): void {
  const bars = equity.length;
  instruments.forEach(({ bars: { close }, multiplier }, i) => {
    eachStretch(stretches, bars, (row, from, until) => {
      const quantity = stretches.quantities[row * instruments.length + i] as number;
      if (quantity === 0) return;
      for (let bar = from; bar < until; bar++) {
        equity[bar] = (equity[bar] as number) + quantity * ((close[bar] as number) * multiplier);
      }
    });
  });
  eachStretch(stretches, bars, (row, from, until) => {
    const money = stretches.money[row] as number;
    cash.fill(money, from, until);
    for (let bar = from; bar < until; bar++) equity[bar] = money + (equity[bar] as number);
  });
}

/** Whether there was surely no margin call at any close. */
export function staysMaintained(
  instruments: readonly BacktestInstrument[],
  stretches: Stretches,
  rules: FillRules,
): boolean {
  const wide = instruments.length;
  const bars = instruments[0]?.bars.close.length ?? 0;
  let stays = true;
  eachStretch(stretches, bars, (row, from, until) => {
    const held = stretches.quantities.subarray(row * wide, (row + 1) * wide);
    const money = stretches.money[row] as number;
    if (money >= 0 && held.every((units) => units >= 0)) return;
    for (let bar = from; bar < until; bar++) {
      const [equity, gross] = valuesAt(instruments, held, bar);
      if (!rules.isSurelyMaintained(money + equity, gross)) stays = false;
    }
  });
  return stays;
}

function valuesAt(
  instruments: readonly BacktestInstrument[],
  held: Float64Array,
  bar: number,
): readonly [number, number] {
  let net = 0;
  let gross = 0;
  instruments.forEach(({ bars, multiplier }, i) => {
    const quantity = held[i] as number;
    if (quantity === 0) return;
    const value = quantity * (bars.close[bar] as number) * multiplier;
    net += value;
    gross += Math.abs(value);
  });
  return [net, gross];
}
