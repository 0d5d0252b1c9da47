import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A process of ours, what it says on the way, and how it ended. */
export interface Child {
  readonly process: ChildProcess;
  /** The rest of the first line that starts with the word; refused when the process ends before. */
  says(word: string): Promise<string>;
  readonly ended: Promise<{ readonly status: number | null; readonly signal: string | null }>;
  /** What it wrote to the error output so far. */
  errors(): string;
}

/** Starts a script of this folder on the Node that runs the tests. */
export function startChild(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Child {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let output = '';
  let errors = '';
  let listeners: (() => void)[] = [];
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    for (const listener of listeners) listener();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const ended = new Promise<{ status: number | null; signal: string | null }>((resolve) => {
    child.on('close', (status, signal) => resolve({ status, signal }));
  });
  const says = async (word: string): Promise<string> => {
    const line = () =>
      output
        .split('\n')
        .slice(0, -1)
        .find((each) => each.startsWith(word));
    const found = line();
    if (found !== undefined) return found.slice(word.length).trim();
    const heard = new Promise<true>((resolve) => listeners.push(() => line() && resolve(true)));
    const outcome = await Promise.race([heard, ended]);
    listeners = [];
    if (outcome === true) return says(word);
    throw new Error(`${script} ended (${outcome.status ?? outcome.signal}) unheard:\n${errors}`);
  };
  return { process: child, says, ended, errors: () => errors };
}
