import type { InstrumentView, StrategyContext } from '../strategy/strategy-context.ts';

/** Weights of equity by instrument. */
export type Weights = ReadonlyMap<InstrumentView, number>;

/** The same share for each, `total` in all. */
export const equalWeights = (instruments: readonly InstrumentView[], total: number): Weights =>
  new Map(instruments.map((each) => [each, total / instruments.length]));

/** The largest distance of what is held from a target, as a share of equity; NaN where that is not known. */
export function largestDrift(
  { instruments, portfolio }: Pick<StrategyContext<unknown>, 'instruments' | 'portfolio'>,
  targets: Weights,
): number {
  const { equity } = portfolio;
  let largest = 0;
  for (const view of instruments) {
    if (view.position === 0 && !targets.has(view)) continue;
    largest = Math.max(largest, Math.abs(view.value / equity - (targets.get(view) ?? 0)));
  }
  return largest;
}

/** How much of equity is put into the whole. */
export const investedParameter = {
  kind: 'number',
  title: 'Share of equity invested',
  help: 'The rest stays in cash, so that costs and gaps can be paid. Above 1 needs an account with margin.',
  above: 0,
  max: 5,
  default: 1,
} as const;

/** How far weights may drift. */
export const bandParameter = <const D extends number>(standard: D) =>
  ({
    kind: 'number',
    title: 'Drift of a weight that is traded away at once',
    help: 'As a share of equity, looked at on each close. 1 for never.',
    above: 0,
    max: 1,
    default: standard,
  }) as const;

/** Weights in the order of the instruments. */
export const weightsOf = (instruments: readonly InstrumentView[], weights: Float64Array): Weights =>
  new Map(instruments.map((view, i) => [view, weights[i] as number]));
