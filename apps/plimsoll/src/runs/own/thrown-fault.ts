import type { OwnFault, OwnRequest } from './own-protocol.ts';
import { OwnRefusal, ownFault } from './own-refusal.ts';
import { placeOf } from './place-in-file.ts';

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

/** What a strategy has thrown, as a fault that names the place in its file. */
export function thrownFault(
  error: unknown,
  { folder, file, memoryMb }: Pick<OwnRequest, 'folder' | 'file' | 'memoryMb'>,
): OwnFault {
  if (error instanceof OwnRefusal) return error.fault;
  const { name, message, stack } = told(error);
  const missing = /^(\w+) is not defined$/.exec(message)?.[1] ?? '';
  const hint = hints[missing] ?? memoryHint(message, memoryMb);
  const words = `${name === '' ? '' : `${name}: `}${message}${hint === '' ? '' : `. ${hint}`}`;
  const code = name === 'SyntaxError' ? 'strategy.broken' : 'strategy.failed';
  return ownFault(code, file, placeOf(stack, folder, file), words.slice(0, 1000));
}

const memoryHint = (message: string, memoryMb: number): string =>
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
