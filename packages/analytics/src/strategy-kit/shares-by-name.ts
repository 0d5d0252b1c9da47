import type { InstrumentView } from '../strategy/strategy-context.ts';
import { instrumentNamed } from './tradable.ts';

/** What is wrong with shares by name; null where nothing is. */
export function wrongShares(weights: Readonly<Record<string, number>>): string | null {
  const shares = Object.values(weights);
  const sum = shares.reduce((total, share) => total + share, 0);
  if (shares.length === 0) return 'weights must name at least one instrument';
  return sum <= 1 + 1e-9 ? null : `the weights sum to ${sum}; 1 is the most`;
}

/** Shares by instrument, each of which the run must have. */
export const sharesByName = (
  weights: Readonly<Record<string, number>>,
  instruments: readonly InstrumentView[],
): ReadonlyMap<InstrumentView, number> =>
  new Map(
    Object.entries(weights).map(([name, share]) => [
      instrumentNamed(instruments, name, 'weights'),
      share,
    ]),
  );
