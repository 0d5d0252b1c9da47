import type { Strategy, StrategyContext } from '@plimsoll/analytics/strategy';
import type { RealmClock } from './strategy-realm.ts';

/** What a strategy has thrown, or said by `console.log`, since it was asked last. */
export interface Guard {
  thrown: unknown;
  hasThrown: boolean;
  /** Where what it prints goes. */
  log: (message: string) => void;
}

type Callback = (context: StrategyContext<never>, ...more: never[]) => unknown;

/**
 * The strategy with time of the run set before each call, what it throws kept as it was thrown, and
 * answers that would have to be waited for refused.
 */
export function guardedStrategy(strategy: Strategy, clock: RealmClock, guard: Guard): Strategy {
  const guarded = (name: string, call: Callback): Callback => {
    return (context, ...more) => {
      clock.now = context.now;
      guard.log = (message) => context.log(message);
      try {
        const answer = call.call(strategy, context, ...more);
        if (isPromise(answer))
          throw new TypeError(`${name} returned a promise; nothing in a run can be waited for.`);
        return answer;
      } catch (error) {
        guard.thrown = error;
        guard.hasThrown = true;
        throw error;
      }
    };
  };
  const callbacks = ['onStart', 'onBar', 'onFill', 'onDayClose'] as const;
  const wrapped = callbacks.flatMap((name) => {
    const call = strategy[name] as Callback | undefined;
    return call === undefined ? [] : [[name, guarded(name, call)] as const];
  });
  return { ...strategy, ...Object.fromEntries(wrapped) };
}

const isPromise = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as { readonly then?: unknown }).then === 'function';
