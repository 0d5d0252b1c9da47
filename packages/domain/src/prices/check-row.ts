/** One bar by itself; NaN where a field is unknown. */
export interface BarRow {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

export type RowFaultCode =
  | 'no-close'
  | 'not-a-price'
  | 'negative-volume'
  | 'high-below-low'
  | 'close-outside-range';

/**
 * What a bar is worth by itself. `range-doubtful`: the close counts, the day's range does not.
 */
export type RowVerdict =
  | { readonly verdict: 'good' }
  | { readonly verdict: 'range-doubtful' }
  | { readonly verdict: 'bad'; readonly code: RowFaultCode; readonly reason: string };

/** Two prices that differ by less than this share are one price written twice. */
const rounding = 1e-6;

/**
 * How far a close may lie outside the day's range before it is a mistake. Thinly traded shares
 * close at the middle of bid and ask while high and low are trades: on the London Stock Exchange
 * up to a third of the days of such a share, by up to a fifth of the price.
 */
const widestGap = 0.25;

const priceFields = ['close', 'open', 'high', 'low'] as const;
const good: RowVerdict = { verdict: 'good' };
const doubtful: RowVerdict = { verdict: 'range-doubtful' };

/** Looks at a bar without its neighbours: are its figures prices, and do they agree? */
export function checkRow(row: BarRow): RowVerdict {
  const { high, low, close, volume } = row;
  if (Number.isNaN(close)) return bad('no-close', 'The row has no close.');
  for (const field of priceFields) {
    const value = row[field];
    if (value <= 0 || value === Number.POSITIVE_INFINITY) {
      return bad('not-a-price', `The ${field} is ${value}; a price is a number above 0.`);
    }
  }
  if (volume < 0) return bad('negative-volume', `The volume is ${volume}.`);
  if (high < low * (1 - rounding)) {
    return bad('high-below-low', `The high ${high} is below the low ${low}.`);
  }
  const outside = shareOutside(close, high, low);
  if (outside > widestGap) {
    const reason = `The close ${close} is far outside the day's range ${low} to ${high}.`;
    return bad('close-outside-range', reason);
  }
  return outside > rounding ? doubtful : good;
}

/**
 * Whether a bad row may be one that its neighbours or its own figures tell how to mend: swapped high
 * and low, one figure in another unit, 0 written for what is unknown, a close that the adjusted close
 * tells. A reader passes such rows on; the quality gate mends them or keeps them back.
 */
export function mayBeMended(
  row: BarRow & { readonly adjustedClose: number },
  code: RowFaultCode,
): boolean {
  if (code === 'high-below-low' || code === 'close-outside-range') return true;
  const { open, high, low, close, adjustedClose } = row;
  const isUnknown = (value: number) => value === 0 || Number.isNaN(value);
  const isPrice = (value: number) => value > 0 && value < Number.POSITIVE_INFINITY;
  const others = [open, high, low].every((value) => isUnknown(value) || isPrice(value));
  return others && (isPrice(close) || (isUnknown(close) && isPrice(adjustedClose)));
}

/** How far the close lies above the high or below the low, as a share; an unknown end is no end. */
function shareOutside(close: number, high: number, low: number): number {
  const above = Number.isNaN(high) ? 0 : close / high - 1;
  const below = Number.isNaN(low) ? 0 : low / close - 1;
  return Math.max(above, below, 0);
}

const bad = (code: RowFaultCode, reason: string): RowVerdict => ({ verdict: 'bad', code, reason });
