import { createContext, runInContext } from 'node:vm';
import { seededRandom } from '@plimsoll/kernel';

/** What time and chance are in a realm; both are the run's own. */
export interface RealmClock {
  /** Milliseconds since 1970 UTC. */
  now: number;
}

/** Run in the realm: takes away what differs from run to run, and ties time and chance to the run. */
const harden = `(now, random, log) => {
  'use strict';
  const leftOut = ['WeakRef', 'FinalizationRegistry', 'SharedArrayBuffer', 'Atomics', 'WebAssembly'];
  for (const name of leftOut) delete globalThis[name];
  const hide = (target, name, value) =>
    Object.defineProperty(target, name, { value, writable: true, configurable: true });
  const System = Date;
  const nowOfRun = () => now();
  const DateOfRun = new Proxy(System, {
    apply: () => new System(now()).toString(),
    construct: (of, given, made) => Reflect.construct(of, given.length === 0 ? [now()] : given, made),
    get: (of, name) => (name === 'now' ? nowOfRun : of[name]),
  });
  hide(System.prototype, 'constructor', DateOfRun);
  hide(globalThis, 'Date', DateOfRun);
  hide(Math, 'random', () => random());
  const say = (...words) => {
    log(words.map((word) => (typeof word === 'object' ? JSON.stringify(word) : String(word))).join(' '));
  };
  hide(globalThis, 'console', { log: say, info: say, warn: say, error: say, debug: say });
}`;

/**
 * A realm of its own for a strategy: the language and nothing else. No process, no files, no network,
 * no timers; time is that of the run and chance is seeded by it. What a strategy changes in it, an
 * `Array.prototype` say, nobody else sees.
 */
export function strategyRealm(
  seed: number,
  clock: RealmClock,
  log: (message: string) => void,
): object {
  const realm = createContext({}, { codeGeneration: { strings: false, wasm: false } });
  const random = seededRandom(seed);
  const prepare = runInContext(harden, realm, { filename: 'plimsoll:realm' });
  prepare(
    () => clock.now,
    () => random.next(),
    log,
  );
  return realm;
}
