import { adjustedColumns } from '../backtest/adjusted-bars.ts';
import type { BacktestInstrument } from '../backtest/market.ts';
import { RollingMoments } from '../indicator/rolling/rolling-moments.ts';

const yearMs = 365.25 * 86_400_000;

/**
 * Sample standard deviation of the `window` newest log returns of closes, a year, by the calendar that
 * they took: of each bar from the closes before it, so that it was known when the bar opened. NaN where
 * there are not that many.
 */
export function trailingVolatility(
  { bars, events }: BacktestInstrument,
  window: number,
): Float64Array {
  const { close } = adjustedColumns(bars, events, 'splits');
  const moments = new RollingMoments(window);
  const found = new Float64Array(close.length).fill(Number.NaN);
  for (let row = 1; row + 1 < close.length; row++) {
    moments.next(Math.log(close[row] / close[row - 1]));
    const years = (bars.known[row] - bars.known[row - window]) / yearMs;
    found[row + 1] = Math.sqrt((moments.squares / (window - 1)) * (window / years));
  }
  return found;
}
