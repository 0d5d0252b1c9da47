import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Engine } from '@plimsoll/engine';
import type { Output } from '../cli/output.ts';
import { runCommandLine } from '../cli/run-command-line.ts';
import { type OpenSession, openSession } from '../cli/session.ts';

const main = join(import.meta.dirname, '..', 'main.ts');

/** Runs a command in this process, on a data folder that it opens and closes. */
export const plimsoll = (dataFolder: string, ...args: readonly string[]) =>
  called([...args, '--data', dataFolder], openSession);

/** Runs commands on a record that is open already. */
export const plimsollOn =
  (engine: Engine) =>
  (...args: readonly string[]) =>
    called(args, async () => ({ engine, close: async () => undefined }));

async function called(args: readonly string[], open: OpenSession) {
  const out: string[] = [];
  const err: string[] = [];
  const output: Output = {
    print: (text) => void out.push(text),
    json: (value) => void out.push(JSON.stringify(value)),
    note: (text) => void err.push(text),
  };
  const status = await runCommandLine(args, output, open);
  return {
    status,
    out: out.join('\n'),
    err: err.join('\n'),
    json: () => JSON.parse(out.join('\n')),
  };
}

/** Starts a command as a user does, in a process of its own. */
export function startPlimsoll(args: readonly string[]) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { child, ...collect(child) };
}

function collect(child: ChildProcess) {
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = new Promise<{ status: number | null; out: string; err: string }>((done) =>
    child.on('close', (status) => done({ status, out, err })),
  );
  const said = (words: RegExp) =>
    new Promise<string>((done, failed) => {
      const look = () => words.test(out) && done(out);
      child.stdout?.on('data', look);
      child.on('close', () => failed(new Error(`It ended without saying ${words}: ${out}${err}`)));
      look();
    });
  return { ended, said };
}
