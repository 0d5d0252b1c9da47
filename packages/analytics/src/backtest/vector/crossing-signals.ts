import type { Crossing, Strategy, VectorInput } from '../../strategy/define-strategy.ts';

/**
 * Signals of a strategy as a column: those of its crossing, or its own; null where it has neither.
 * What comes before `start` is not remembered.
 */
export function signalColumn(
  strategy: Strategy,
  input: VectorInput,
  params: Parameters<NonNullable<Strategy['signals']>>[1],
  start: number,
): Float64Array | null {
  if (strategy.crossing) return crossingSignals(strategy.crossing(params), input, start);
  return strategy.signals?.(input, params) ?? null;
}

/** What a crossing means, bar by bar; cost O(bars). */
export function crossingSignals(
  { fast, slow, below, starts }: Crossing,
  { indicator }: VectorInput,
  start: number,
): Float64Array {
  const x = indicator(fast.indicator, fast.params, fast.output);
  const y = indicator(slow.indicator, slow.params, slow.output);
  const signals = new Float64Array(x.length).fill(Number.NaN);
  let side = 0;
  for (let bar = start; bar < x.length; bar++) {
    const [above, under] = [
      (x[bar] as number) > (y[bar] as number),
      (x[bar] as number) < (y[bar] as number),
    ];
    if (!above && !under) continue;
    const now = above ? 1 : -1;
    const counts = starts === 'known' || side !== 0;
    if (counts && side !== now) signals[bar] = above ? 1 : below;
    side = now;
  }
  return signals;
}
