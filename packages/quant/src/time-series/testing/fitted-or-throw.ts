import type { Fitted } from '../fitted.ts';

/** The fit; a test that expected one fails with the reason why there is none. */
export function fittedOrThrow<T extends object>(fitted: Fitted<T>): T {
  if (fitted.why !== undefined) throw new Error(fitted.why);
  return fitted;
}
