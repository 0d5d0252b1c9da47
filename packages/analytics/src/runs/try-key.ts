import { canonicalJson, type Json } from '@plimsoll/kernel';
import type { Digest } from '../learning/feature-definition.ts';

/** What, beside its parameters, makes a try another one: the file of the strategy, and how it trades. */
export interface TryTerms {
  readonly strategyHash: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * The first eight bytes, the lowest first, of a digest over a parameter set and its terms. The seed makes
 * no other try.
 *
 * @param digest Gives hexadecimal digits.
 */
export function tryKey(
  params: Readonly<Record<string, unknown>>,
  terms: TryTerms,
  digest: Digest,
): bigint {
  const { seed: _, ...settings } = terms.settings;
  const whole = canonicalJson(
    JSON.parse(JSON.stringify({ params, settings, strategy: terms.strategyHash })) as Json,
  );
  const bytes = digest(whole).slice(0, 16).match(/../g) ?? [];
  return BigInt(`0x${bytes.reverse().join('')}`);
}
