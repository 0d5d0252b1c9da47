import type { Crossing, Strategy, VectorInput } from '../../strategy/define-strategy.ts';

/** Signals of a strategy as a column: its own, or those of its crossing; null where it has neither. */
export function signalColumn(
  strategy: Strategy,
  input: VectorInput,
  params: Parameters<NonNullable<Strategy['signals']>>[1],
): Float64Array | null {
  if (strategy.signals) return strategy.signals(input, params);
  return strategy.crossing ? crossingSignals(strategy.crossing(params), input) : null;
}

/** What a crossing means, bar by bar; cost O(bars). */
export function crossingSignals(crossing: Crossing, { indicator }: VectorInput): Float64Array {
  const { fast, slow, below, starts } = crossing;
  const x = indicator(fast.indicator, fast.params, fast.output);
  const y = indicator(slow.indicator, slow.params, slow.output);
  const signals = new Float64Array(x.length).fill(Number.NaN);
  let side = 0;
  for (let bar = 0; bar < x.length; bar++) {
    const [above, under] = [
      (x[bar] as number) > (y[bar] as number),
      (x[bar] as number) < (y[bar] as number),
    ];
    if (!above && !under) continue;
    const now = above ? 1 : -1;
    if (starts === 'known' || (side !== 0 && side !== now)) signals[bar] = above ? 1 : below;
    side = now;
  }
  return signals;
}
