import { adjustedSeries, laterSplits, type PriceAction, type TimedBars } from '@plimsoll/domain';
import type { Adjustment } from './bar-use-cases.ts';

/** Closes by day that adjusting is reckoned from. */
export interface DailyCloses {
  readonly days: Int32Array;
  readonly close: Float64Array;
}

/** Adjustments that change prices. */
export type PriceAdjustment = Exclude<Adjustment, 'none'>;

/**
 * Bars with later actions undone: prices × the factor of their day, volumes ÷ that of the splits
 * alone. The factor of a day is its adjusted close ÷ its close; a day without a close has that of the
 * next one with one. Without any close only splits are undone.
 *
 * @param of `dayOf` is the trading day of each bar.
 */
export function adjustBars(
  of: {
    readonly bars: TimedBars;
    readonly dayOf: Int32Array;
    readonly adjust: PriceAdjustment;
  },
  closes: DailyCloses,
  actions: readonly PriceAction[],
): TimedBars {
  const { bars, dayOf, adjust } = of;
  const splits = actions.flatMap((action) => (action.kind === 'split' ? [action] : []));
  const units = laterSplits(dayOf, splits);
  const factor =
    adjust === 'split' || closes.days.length === 0
      ? units.map((one) => 1 / one)
      : paidFactors(dayOf, closes, actions);
  const scaled = (column: Float64Array) => column.map((price, i) => price * (factor[i] as number));
  return {
    from: bars.from,
    open: scaled(bars.open),
    high: scaled(bars.high),
    low: scaled(bars.low),
    close: scaled(bars.close),
    volume: bars.volume.map((volume, i) => volume * (units[i] as number)),
  };
}

/** For each bar's day, adjusted close ÷ close on it or on the next day that has one; 1 after the last. */
function paidFactors(
  dayOf: Int32Array,
  { days, close }: DailyCloses,
  actions: readonly PriceAction[],
): Float64Array {
  const adjusted = adjustedSeries({ days, close }, actions, 'total-return');
  const factors = new Float64Array(dayOf.length);
  let at = days.length - 1;
  let factor = 1;
  for (let i = dayOf.length - 1; i >= 0; i--) {
    for (; at >= 0 && (days[at] as number) >= (dayOf[i] as number); at--) {
      if ((close[at] as number) > 0) factor = (adjusted[at] as number) / (close[at] as number);
    }
    factors[i] = factor;
  }
  return factors;
}
