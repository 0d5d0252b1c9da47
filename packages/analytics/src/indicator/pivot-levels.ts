/** Ways of reckoning pivot points. */
export const pivotMethod = {
  kind: 'choice',
  title: 'Method',
  of: ['standard', 'fibonacci', 'camarilla', 'woodie', 'demark'],
  default: 'standard',
} as const;

type PivotMethod = (typeof pivotMethod.of)[number];

/** Outputs in the order in which `pivotLevels` writes them. */
export const pivotOutputs = [
  'pivot',
  ...['support1', 'support2', 'support3', 'support4'],
  ...['resistance1', 'resistance2', 'resistance3', 'resistance4'],
] as const;

/** A window of bars as one; `open` is that of the bar the levels are for with Woodie's method. */
export interface PivotWindow {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** Steps from the middle: of the range with Camarilla (about the close) and Fibonacci (about the pivot). */
const camarilla = [1.1 / 12, 1.1 / 6, 1.1 / 4, 1.1 / 2];
const fibonacci = [0.382, 0.618, 1];

/**
 * Writes the levels of a window into `levels`, shape [9], as `pivotOutputs`; NaN where the method has
 * none.
 *
 * **Source:** Person, A Complete Guide to Technical Trading Tactics, 2004.
 */
export function pivotLevels(method: PivotMethod, window: PivotWindow, levels: Float64Array): void {
  const { open, high, low, close } = window;
  const range = high - low;
  levels.fill(Number.NaN);
  switch (method) {
    case 'standard':
      floorLevels((high + low + close) / 3, window, levels);
      break;
    case 'woodie':
      floorLevels((high + low + 2 * open) / 4, window, levels);
      break;
    case 'camarilla':
      stepLevels(close, range, camarilla, levels);
      break;
    case 'fibonacci':
      stepLevels((high + low + close) / 3, range, fibonacci, levels);
      break;
    case 'demark': {
      const tilt = close < open ? low : close > open ? high : close;
      const sum = high + low + close + tilt;
      levels[0] = sum / 4;
      levels[1] = sum / 2 - high;
      levels[5] = sum / 2 - low;
    }
  }
}

function floorLevels(pivot: number, { high, low }: PivotWindow, levels: Float64Array): void {
  levels[0] = pivot;
  levels[1] = 2 * pivot - high;
  levels[2] = pivot - (high - low);
  levels[3] = low - 2 * (high - pivot);
  levels[5] = 2 * pivot - low;
  levels[6] = pivot + (high - low);
  levels[7] = high + 2 * (pivot - low);
}

function stepLevels(
  pivot: number,
  range: number,
  steps: readonly number[],
  levels: Float64Array,
): void {
  levels[0] = pivot;
  steps.forEach((step, k) => {
    levels[1 + k] = pivot - step * range;
    levels[5 + k] = pivot + step * range;
  });
}
