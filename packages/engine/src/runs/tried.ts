import { tryKey as digestKey, type RunOutcome, type TryTerms } from '@plimsoll/analytics/runs';
import type { RunTries } from '@plimsoll/ports';
import { sha256 } from '../write.ts';

/** What a parameter set is counted under. */
export const tryKey = (params: Readonly<Record<string, unknown>>, terms: TryTerms): bigint =>
  digestKey(params, terms, sha256);

/** What a run tried: every set of its search, or the one that it was asked for. */
export function triesOf(
  runId: string,
  params: Readonly<Record<string, unknown>>,
  { tried }: Pick<RunOutcome, 'tried'>,
  { terms, sharpe }: { readonly terms: TryTerms; readonly sharpe: number | null },
): RunTries {
  const sets = tried?.params ?? [params];
  return {
    runId,
    keys: BigUint64Array.from(sets, (set) => tryKey(set, terms)),
    sharpe: tried?.sharpe ?? Float64Array.of(sharpe ?? Number.NaN),
  };
}

/** Every set that was tried, once, with what came of it last; `but` are left out. */
export function distinctTries(
  all: readonly RunTries[],
  but: { readonly runId?: string; readonly key?: bigint } = {},
): ReadonlyMap<bigint, number> {
  const found = new Map<bigint, number>();
  for (const { runId, keys, sharpe } of all) {
    if (runId === but.runId) continue;
    for (const [i, key] of keys.entries()) {
      if (key !== but.key) found.set(key, sharpe[i] ?? Number.NaN);
    }
  }
  return found;
}
