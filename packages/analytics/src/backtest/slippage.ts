import type { Holding } from './holding.ts';
import type { BacktestSettings } from './settings.ts';

/** Share of the price by which an order for so many units moves it, ≥ 0. */
export type SlippageOf = (held: Holding, quantity: number) => number;

const basisPoint = 1e-4;

/**
 * The models: a constant share; half the spread; impact × (share of the bar's volume)², as zipline has
 * it; factor × volatility × √(quantity ÷ volume) of the bars before, the square-root law. Where the
 * volume is unknown an order counts as all of it.
 *
 * **Source:** J.-P. Bouchaud, J. Bonart, J. Donier, M. Gould, Trades, Quotes and Prices, 2018, ch. 12.
 */
export function slippageModel(slippage: BacktestSettings['slippage']): SlippageOf | null {
  switch (slippage.kind) {
    case 'none':
      return null;
    case 'bps':
      return () => slippage.bps * basisPoint;
    case 'half-spread':
      return () => (slippage.spreadBps * basisPoint) / 2;
    case 'volume-share':
      return ({ bars, row }, quantity) =>
        slippage.impact * shareOf(quantity, bars.volume[row] as number) ** 2;
    case 'square-root':
      return (held, quantity) => {
        const { volatility, volume } = trailing(held, slippage.length);
        return slippage.factor * volatility * Math.sqrt(shareOf(quantity, volume));
      };
  }
}

const shareOf = (quantity: number, volume: number): number =>
  volume > 0 ? Math.min(1, quantity / volume) : 1;

/**
 * Deviation of returns and mean volume of the bars before the newest, in the units of today; 0 where
 * there are no two returns.
 */
function trailing({ signals, bars, row, events }: Holding, length: number) {
  const { close } = signals;
  const splits = events.filter((event) => event.kind === 'split');
  let [count, sum, squares, traded] = [0, 0, 0, 0];
  for (let i = Math.max(1, row - length); i < row; i++) {
    const change = (close[i] as number) / (close[i - 1] as number) - 1;
    if (!Number.isFinite(change)) continue;
    const [opened, now] = [bars.opened[i] as number, bars.opened[row] as number];
    let units = 1;
    for (const { at, ratio } of splits) if (at > opened && at <= now) units *= ratio;
    count++;
    sum += change;
    squares += change * change;
    traded += (bars.volume[i] as number) * units;
  }
  if (count < 2) return { volatility: 0, volume: Number.NaN };
  const variance = Math.max(0, (squares - (sum * sum) / count) / (count - 1));
  return { volatility: Math.sqrt(variance), volume: traded / count };
}
