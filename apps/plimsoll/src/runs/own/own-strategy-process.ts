import { readFileSync, writeSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { type CarryOutOptions, carryOut } from '@plimsoll/analytics/runs';
import type { Strategy } from '@plimsoll/analytics/strategy';
import { ok, type Result, readParameters, refuse } from '@plimsoll/kernel';
import { type Guard, guardedStrategy } from './guarded-strategy.ts';
import { type LoadedFile, loadOwnFile } from './load-own-strategy.ts';
import {
  frameHead,
  frameKinds,
  type OwnAnswer,
  type OwnDescription,
  type OwnReply,
  type OwnRequest,
} from './own-protocol.ts';
import { OwnRefusal, ownFault } from './own-refusal.ts';
import { placeOf } from './place-in-file.ts';
import { readStrategy } from './read-strategy.ts';
import { type RealmClock, strategyRealm } from './strategy-realm.ts';

/*
 * A process of its own for one piece of work on a strategy of the user's. It is started with rights to
 * read our code and the folder of strategies, and with nothing else: no environment, no writing, no
 * other processes. The request comes by the standard input, the answer goes by the standard output,
 * which the strategy cannot reach.
 */

Error.stackTraceLimit = 100;

function write(kind: number, body: Uint8Array): void {
  const head = Buffer.alloc(frameHead);
  head.writeUInt8(kind, 0);
  head.writeDoubleLE(body.length, 1);
  for (const part of [head, body]) {
    for (let done = 0; done < part.length; ) done += writeSync(1, part, done);
  }
}

const request = deserialize(readFileSync(0)) as OwnRequest;
const guard: Guard = { thrown: undefined, hasThrown: false, log: () => undefined };
const { folder, file, memoryMb, work } = request;

interface Loaded {
  readonly file: LoadedFile;
  readonly strategy: Strategy;
}

/** The strategy in a realm where nothing of an earlier run is left. */
async function load(seed: number): Promise<Loaded> {
  const clock: RealmClock = { now: 0 };
  const realm = strategyRealm(seed, clock, (message) => guard.log(message));
  guard.log = () => undefined;
  const loaded = await loadOwnFile(folder, file, realm);
  const strategy = readStrategy(file, loaded);
  return { file: loaded, strategy: guardedStrategy(strategy, clock, guard) };
}

async function answer(): Promise<Result<OwnReply>> {
  switch (work.kind) {
    case 'describe':
      return ok({ kind: 'described', description: description(await load(1)) });
    case 'check':
      return ok({ kind: 'checked', wrong: checked((await load(1)).strategy, work.params) });
    case 'carry-out': {
      const { task } = work;
      const first = await load(task.settings.seed);
      const changed = changedSince(task.strategy, first.file);
      if (changed !== null) return refuse(ownFault('strategy.changed', file, null, changed));
      const options: CarryOutOptions = {
        fresh: async () => (await load(task.settings.seed)).strategy,
        onProgress: (progress) => write(frameKinds.progress, Buffer.from(JSON.stringify(progress))),
        shouldStop: () => false,
      };
      const outcome = await carryOut(task, options);
      if (!outcome.ok && guard.hasThrown) return refuse(faultOf(guard.thrown));
      return outcome.ok ? ok({ kind: 'carried-out', outcome: outcome.value }) : outcome;
    }
  }
}

function description({ file: { sha256 }, strategy }: Loaded): OwnDescription {
  const { id, group, title, summary, source, params, instruments, signals } = strategy;
  return {
    id,
    group,
    title,
    summary,
    source: source ?? null,
    params: JSON.parse(JSON.stringify(params)) as OwnDescription['params'],
    instruments: { min: instruments?.min ?? 1, max: instruments?.max ?? null },
    vector: signals !== undefined,
    sha256,
  };
}

function checked(strategy: Strategy, params: unknown): string | null {
  const read = readParameters(strategy.params, params);
  if (!read.ok) return read.fault.detail;
  const wrong = strategy.check?.(read.value) ?? null;
  return wrong === null ? null : String(wrong);
}

const changedSince = (
  ref: (OwnRequest['work'] & { kind: 'carry-out' })['task']['strategy'],
  { sha256 }: LoadedFile,
): string | null =>
  ref.kind === 'own' && ref.sha256 !== sha256
    ? `it is not what it was when the run was asked for (sha256 ${ref.sha256} then, ${sha256} now). Start a new run.`
    : null;

/** What helps with what strategies do not have. */
const hints: Readonly<Record<string, string>> = {
  process: 'A strategy cannot reach the process that it runs in.',
  require: 'Write import at the top of the file.',
  performance: 'Time is context.now.',
  fetch: 'A strategy has no network: all that it sees is in its context.',
  WebSocket: 'A strategy has no network: all that it sees is in its context.',
  setTimeout: 'A strategy has no timers: it is called when bars become known.',
  setInterval: 'A strategy has no timers: it is called when bars become known.',
  setImmediate: 'A strategy has no timers: it is called when bars become known.',
  queueMicrotask: 'Nothing in a run can be waited for.',
};

function faultOf(error: unknown) {
  if (error instanceof OwnRefusal) return error.fault;
  const { name, message, stack } = told(error);
  const missing = /^(\w+) is not defined$/.exec(message)?.[1] ?? '';
  const hint = hints[missing] ?? memoryHint(message);
  const words = `${name === '' ? '' : `${name}: `}${message}${hint === '' ? '' : `. ${hint}`}`;
  const code = name === 'SyntaxError' ? 'strategy.broken' : 'strategy.failed';
  return ownFault(code, file, placeOf(stack, folder, file), words.slice(0, 1000));
}

const memoryHint = (message: string): string =>
  /allocation failed|Invalid (?:typed )?array (?:buffer )?length/i.test(message)
    ? `A strategy may use ${memoryMb} MB.`
    : '';

/** What was thrown in words. It may be anything, and even looking at it may throw. */
function told(error: unknown): { name: string; message: string; stack: string } {
  try {
    if (typeof error !== 'object' || error === null) {
      return { name: '', message: `it threw ${String(error)}`, stack: '' };
    }
    const { name, message, stack } = error as {
      name?: unknown;
      message?: unknown;
      stack?: unknown;
    };
    return {
      name: String(name ?? 'Error'),
      message: String(message ?? ''),
      stack: String(stack ?? ''),
    };
  } catch {
    // Nothing can be said of it but that it was thrown.
    return { name: '', message: 'it threw something that cannot be looked at', stack: '' };
  }
}

let result: OwnAnswer;
try {
  result = await answer();
} catch (error) {
  result = refuse(faultOf(error));
}
write(frameKinds.answer, serialize(result));
process.exit(0);
