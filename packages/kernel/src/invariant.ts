/** A broken promise of our own code: never caught to go on, only reported. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** Crashes when `holds` is false; `what` names the law and the values that broke it. */
export function invariant(holds: boolean, what: string): asserts holds {
  if (!holds) throw new InvariantError(what);
}

/** The value, or a crash that says what was missing. For look-ups that cannot fail unless we erred. */
export function present<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new InvariantError(`${what} is missing`);
  return value;
}
