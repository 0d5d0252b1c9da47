import { StrategyError } from './strategy-error.ts';

/** What a function of a strategy answers; what it throws is told as the strategy’s. */
export function called<T>(where: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw new StrategyError(where, error);
  }
}

/** A strategy that answers later would decide on what it was shown at another time. */
export function refusePromise(where: string, answer: unknown): void {
  if (answer instanceof Promise) {
    throw new StrategyError(where, new TypeError('it is async; strategies answer at once'));
  }
}

/** What a strategy threw, with the moment at which it did. */
export function thrownAt(where: string, now: number, error: unknown): StrategyError {
  if (error instanceof StrategyError) return error;
  return new StrategyError(`${where} at ${new Date(now).toISOString()}`, error);
}
