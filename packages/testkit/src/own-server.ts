import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A server of our own on loopback, that can be killed and started again on the same port. */
export interface OwnServer {
  readonly port: number;
  start(): Promise<void>;
  /** Ends it at once, as the loss of its machine would. */
  kill(): Promise<void>;
  /** Throws away what it has on disk; only while it is down. */
  forget(): void;
  /** Ends it and leaves nothing behind. */
  remove(): Promise<void>;
}

/** Prepares a server; `args` tells its command line for a port and a folder. */
export async function ownServer(
  program: string,
  args: (port: number, folder: string) => readonly string[],
): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), `plimsoll-${program}-`));
  const data = join(folder, 'data');
  mkdirSync(data);
  const port = await freePort();
  let child: ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    if (child === undefined) return;
    const ended = new Promise((resolve) => child?.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    child = undefined;
  };
  const forget = (): void => {
    rmSync(data, { recursive: true, force: true });
    mkdirSync(data);
  };
  return {
    port,
    start: async () => {
      child = spawn(program, args(port, data), { stdio: 'ignore', cwd: data });
      const failed = new Promise<never>((_, reject) => {
        child?.once('error', reject);
        child?.once('exit', (code) => reject(new Error(`${program} ended with ${code}`)));
      });
      failed.catch(() => undefined); // after the start its end is whoever kills it
      await Promise.race([answers(port), failed]);
    },
    kill,
    forget,
    remove: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(port: number): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => socket.end(() => resolve(true)));
      socket.once('error', () => resolve(false));
    });
    if (open) return;
    await wait(25);
  }
  throw new Error(`Nothing listens on port ${port} after 10 s`);
}

/** A port of loopback that nobody has. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
