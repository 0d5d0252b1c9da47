import { seededRandom } from '@plimsoll/kernel';
import type { IndicatorInput } from '../define-indicator.ts';

/**
 * Bars of a walk, with a second walk beside it and sessions of eight bars; with gaps, a bar in a dozen
 * has no numbers.
 */
export function someBars(
  seed: number,
  n: number,
  { gaps }: { readonly gaps: boolean },
): IndicatorInput {
  const random = seededRandom(seed);
  const step = (): number => random.next() + random.next() + random.next() - 1.5;
  const column = (): Float64Array => new Float64Array(n);
  const input = {
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    value: column(),
    other: column(),
    session: column(),
  };
  let close = 50 + 100 * random.next();
  let other = 80;
  for (let i = 0; i < n; i++) {
    const open = close * Math.exp(0.004 * step());
    close = open * Math.exp(0.02 * step());
    other *= Math.exp(0.015 * step());
    input.session[i] = Math.floor(i / 8);
    const isGap = gaps && random.next() < 1 / 12;
    const value = (x: number): number => (isGap ? Number.NaN : x);
    input.open[i] = value(open);
    input.close[i] = value(close);
    input.high[i] = value(Math.max(open, close) * (1 + 0.01 * random.next()));
    input.low[i] = value(Math.min(open, close) * (1 - 0.01 * random.next()));
    input.volume[i] = value(Math.floor(1e6 * random.next()));
    input.value[i] = value(close);
    input.other[i] = value(other);
  }
  return input;
}
