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
type Plain = (...given: never[]) => unknown;

/** The most of a line that is printed. */
const longestLine = 500;

/**
 * The strategy with time of the run set before each call, what it throws kept as it was thrown, and
 * answers that would have to be waited for refused.
 */
export function guardedStrategy(strategy: Strategy, clock: RealmClock, guard: Guard): Strategy {
  const kept = (name: string, call: Plain): Plain => {
    return (...given) => {
      try {
        const answer = call.apply(strategy, given);
        if (!isPromise(answer)) return answer;
        throw new TypeError(`${name} returned a promise; nothing in a run can be waited for.`);
      } catch (error) {
        guard.thrown = error;
        guard.hasThrown = true;
        throw error;
      }
    };
  };
  const timed = (call: Plain): Callback => {
    return (context, ...more) => {
      clock.now = context.now;
      guard.log = (message) => context.log(ownCopy(message));
      return call(context as never, ...more);
    };
  };
  const wrapped = (names: readonly (keyof Strategy)[], wrap: (call: Plain) => Plain) =>
    names.flatMap((name) => {
      const call = strategy[name] as Plain | undefined;
      return call === undefined ? [] : [[name, wrap(kept(name, call))] as const];
    });
  return {
    ...strategy,
    ...Object.fromEntries(wrapped(['onStart', 'onBar', 'onFill', 'onDayClose'], timed as never)),
    ...Object.fromEntries(wrapped(['warmUp', 'check', 'signals'], (call) => call)),
  };
}

/** A part of a text in memory of its own: a slice would keep all of it. */
const ownCopy = (text: string): string => Buffer.from(text.slice(0, longestLine)).toString();

const isPromise = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as { readonly then?: unknown }).then === 'function';
