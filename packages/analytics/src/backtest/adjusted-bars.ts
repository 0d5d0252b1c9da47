import type { BacktestBars, InstrumentEvent } from './market.ts';
import type { BacktestSettings } from './settings.ts';

/** Prices and volume that can be compared over splits. */
export interface AdjustedColumns {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

/** What is carried forward. */
const carried: Readonly<Record<BacktestSettings['adjust'], readonly string[]>> = {
  none: [],
  splits: ['split'],
  'splits-and-dividends': ['split', 'dividend'],
};

/**
 * Carries splits, and dividends if asked, forward: prices after a split are multiplied by its ratio,
 * those after a dividend by close ÷ (close − dividend) of the day before. What is known of the past
 * therefore never changes when something happens later, as it does when prices are adjusted
 * backwards. Where nothing happened the columns are those of the bars.
 */
export function adjustedColumns(
  bars: BacktestBars,
  events: readonly InstrumentEvent[],
  adjust: BacktestSettings['adjust'],
): AdjustedColumns {
  const kinds = carried[adjust];
  const counting = events.filter(({ kind }) => kinds.includes(kind)).sort((a, b) => a.at - b.at);
  if (counting.length === 0) return bars;
  const { opened, open, high, low, close, volume } = bars;
  const adjusted = {
    open: open.slice(),
    high: high.slice(),
    low: low.slice(),
    close: close.slice(),
    volume: volume.slice(),
  };
  let next = 0;
  let factor = 1;
  let units = 1;
  for (let row = 0; row < opened.length; row++) {
    for (; next < counting.length; next++) {
      const event = counting[next] as InstrumentEvent;
      if (event.at > (opened[row] as number)) break;
      factor *= priceRatio(event, close[row - 1]);
      if (event.kind === 'split') units *= event.ratio;
    }
    if (factor === 1) continue;
    adjusted.open[row] = (open[row] as number) * factor;
    adjusted.high[row] = (high[row] as number) * factor;
    adjusted.low[row] = (low[row] as number) * factor;
    adjusted.close[row] = (close[row] as number) * factor;
    adjusted.volume[row] = (volume[row] as number) / units;
  }
  return adjusted;
}

/** What prices after an event are multiplied by; 1 where the close before a dividend does not cover it. */
function priceRatio(event: InstrumentEvent, before: number | undefined): number {
  if (event.kind === 'split') return event.ratio;
  if (event.kind !== 'dividend' || before === undefined || !(before > event.perUnit)) return 1;
  return before / (before - event.perUnit);
}
