import type { ChildProcess } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { deserialize, serialize } from 'node:v8';
import type { RunProgress } from '@plimsoll/analytics/runs';
import { type Fault, refuse } from '@plimsoll/kernel';
import type { OwnLimits } from './own-limits.ts';
import { baseMb, startOwnProcess } from './own-process.ts';
import { frameHead, frameKinds, type OwnAnswer, type OwnRequest } from './own-protocol.ts';
import { ownFault } from './own-refusal.ts';
import { residentBytes } from './resident-bytes.ts';

export interface HostOptions {
  readonly limits: OwnLimits;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RunProgress) => void;
}

const megabyte = 1024 * 1024;
/** How often its size is looked at. */
const lookMs = 50;
/** The end of what it says when it breaks is kept. */
const mostNoise = 16 * 1024;

/**
 * Has a process of its own do one piece of work on a strategy of the user's, and ends it where it
 * takes more than it may. Whatever becomes of the process, the answer is a value.
 */
export function hostOwnStrategy(
  request: Omit<OwnRequest, 'memoryMb'>,
  { limits, signal, onProgress }: HostOptions,
): Promise<OwnAnswer> {
  if (signal.aborted) return Promise.resolve(stopped());
  const folder = realpathSync(request.folder);
  const child = startOwnProcess(folder, limits);
  return new Promise((done) => {
    const watched = new WatchedProcess(child, { ...request, folder }, limits, onProgress);
    const stop = (): void => watched.end(stopped());
    signal.addEventListener('abort', stop, { once: true });
    void watched.answer.then((answer) => {
      signal.removeEventListener('abort', stop);
      done(answer);
    });
  });
}

const stopped = (): OwnAnswer => refuse({ code: 'run.stopped', detail: 'The run was stopped.' });

class WatchedProcess {
  readonly answer: Promise<OwnAnswer>;
  readonly #child: ChildProcess;
  readonly #request: Omit<OwnRequest, 'memoryMb'>;
  readonly #limits: OwnLimits;
  readonly #onProgress: (progress: RunProgress) => void;
  readonly #parts: Buffer[] = [];
  #bytes = 0;
  readonly #began = performance.now();
  #noise = '';
  #last: RunProgress | undefined;
  #verdict: OwnAnswer | undefined;

  constructor(
    child: ChildProcess,
    request: Omit<OwnRequest, 'memoryMb'>,
    limits: OwnLimits,
    onProgress: (progress: RunProgress) => void,
  ) {
    this.#child = child;
    this.#request = request;
    this.#limits = limits;
    this.#onProgress = onProgress;
    const { memoryMb, wallMs } = limits;
    child.stdout?.on('data', (bytes: Buffer) => this.#take(bytes));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#noise = (this.#noise + text).slice(-mostNoise);
    });
    // One that has ended takes no more of the request.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(serialize({ ...request, memoryMb } satisfies OwnRequest));
    const clock = setTimeout(() => this.end(this.#tooLong()), wallMs);
    const looks = setInterval(() => void this.#look(), lookMs);
    this.answer = new Promise((done) => {
      const settle = (answer: OwnAnswer): void => {
        clearTimeout(clock);
        clearInterval(looks);
        done(answer);
      };
      child.once('error', (error) =>
        settle(this.#verdict ?? this.#fault('strategy.failed', error.message)),
      );
      child.once('close', (code, signal) =>
        settle(this.#verdict ?? this.#endedByItself(code, signal)),
      );
    });
  }

  /** Ends the process; the answer comes when it is gone. */
  end(verdict: OwnAnswer): void {
    this.#verdict ??= verdict;
    this.#child.kill('SIGKILL');
  }

  async #look(): Promise<void> {
    const { pid } = this.#child;
    const size = pid === undefined ? null : await residentBytes(pid);
    const most = (this.#limits.memoryMb + baseMb / 4) * megabyte;
    if (size !== null && size > most)
      this.end(this.#tooBig(`it had grown to ${Math.round(size / megabyte)} MB`));
  }

  #take(bytes: Buffer): void {
    this.#bytes += bytes.length;
    if (this.#bytes > this.#limits.outputBytes) {
      const detail = `its result has more than ${this.#limits.outputBytes} bytes. Give it fewer bars or orders.`;
      this.end(this.#fault('strategy.output', detail));
      return;
    }
    this.#parts.push(bytes);
    this.#readFrames();
  }

  #readFrames(): void {
    for (;;) {
      const head = this.#parts[0];
      if (head === undefined) return;
      if (head.length < frameHead && this.#parts.length > 1) {
        this.#join();
        continue;
      }
      if (head.length < frameHead) return;
      const until = frameHead + head.readDoubleLE(1);
      const there = this.#parts.reduce((sum, { length }) => sum + length, 0);
      if (there < until) return;
      const all = this.#join();
      this.#parts.splice(0, 1, all.subarray(until));
      if (all.length === until) this.#parts.length = 0;
      this.#frame(all.readUInt8(0), all.subarray(frameHead, until));
    }
  }

  #join(): Buffer {
    const [first] = this.#parts;
    const all =
      first !== undefined && this.#parts.length === 1 ? first : Buffer.concat(this.#parts);
    this.#parts.splice(0, this.#parts.length, all);
    return all;
  }

  #frame(kind: number, body: Buffer): void {
    if (kind === frameKinds.answer) {
      this.#verdict ??= deserialize(body) as OwnAnswer;
      return;
    }
    this.#last = JSON.parse(body.toString('utf8')) as RunProgress;
    this.#onProgress(this.#last);
  }

  #endedByItself(code: number | null, signal: NodeJS.Signals | null): OwnAnswer {
    if (/out of memory|OutOfMemory|Allocation failed/i.test(this.#noise))
      return this.#tooBig('it ran out of memory');
    // The kernel ends it so when its time is used up; earlier it was somebody else.
    const mostSeconds = ((performance.now() - this.#began) / 1000) * availableParallelism();
    if (signal === 'SIGKILL' && mostSeconds < this.#limits.cpuSeconds) {
      return this.#fault(
        'strategy.failed',
        `its process was ended from outside${this.#where()}, perhaps because the machine had no memory left. Try it again.`,
      );
    }
    if (signal === 'SIGXCPU' || signal === 'SIGKILL') {
      return this.#fault(
        'strategy.time',
        `it was ended after ${this.#limits.cpuSeconds} seconds of a processor${this.#where()}.`,
      );
    }
    const how = signal === null ? `with code ${code}` : `by ${signal}`;
    const lines = this.#noise.trim().split('\n');
    const said = lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1) ?? '';
    return this.#fault(
      'strategy.failed',
      `its process ended ${how} without an answer${said === '' ? '' : `: ${said}`}.`,
    );
  }

  #tooLong(): OwnAnswer {
    const seconds = this.#limits.wallMs / 1000;
    const detail = `it was ended after ${seconds} seconds, the most that a run may take${this.#where()}. Look for a loop that does not end, or allow it more.`;
    return this.#fault('strategy.time', detail);
  }

  #tooBig(what: string): OwnAnswer {
    const detail = `${what}${this.#where()}, and a strategy may use ${this.#limits.memoryMb} MB. Keep less, or allow it more.`;
    return this.#fault('strategy.memory', detail);
  }

  #where(): string {
    return this.#last === undefined
      ? ''
      : ` (${this.#last.doing}, ${this.#last.done} of ${this.#last.of})`;
  }

  #fault(code: string, message: string): OwnAnswer {
    return refuse<Fault>(ownFault(code, this.#request.file, null, message));
  }
}
