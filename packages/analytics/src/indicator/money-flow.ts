/**
 * Volume times where the close stands in its bar, from −1 at the low to 1 at the high; 0 where high and
 * low are one.
 *
 * **Source:** Chaikin; Achelis, Technical Analysis from A to Z, 2000.
 */
export function moneyFlow(high: number, low: number, close: number, volume: number): number {
  const range = high - low;
  return range === 0 ? 0 * volume * close : ((close - low - (high - close)) / range) * volume;
}
