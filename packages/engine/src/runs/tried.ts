import { createHash } from 'node:crypto';
import type { RunOutcome } from '@plimsoll/analytics/runs';
import { canonicalJson, type Json } from '@plimsoll/kernel';
import type { RunTries } from '@plimsoll/ports';

/** What, beside its parameters, makes a try another one: the file of the strategy, and how it trades. */
export interface TryTerms {
  readonly strategyHash: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Eight bytes of a hash over a parameter set and its terms. The seed makes no other try. */
export function tryKey(params: Readonly<Record<string, unknown>>, terms: TryTerms): bigint {
  const { seed: _, ...settings } = terms.settings;
  const whole = canonicalJson(
    JSON.parse(JSON.stringify({ params, settings, strategy: terms.strategyHash })) as Json,
  );
  return createHash('sha256').update(whole).digest().readBigUInt64LE();
}

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
