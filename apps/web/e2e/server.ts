// biome-ignore-all lint/style/noProcessEnv: the suite is told by the environment which browser and server to take
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface RunningServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * The product itself on a data folder of its own, which `prepare` may fill first. `PLIMSOLL_URL`
 * takes one that runs already.
 */
export async function startServer(
  prepare: (dataFolder: string) => void = () => undefined,
): Promise<RunningServer> {
  const given = process.env['PLIMSOLL_URL'];
  if (given) return { url: given, stop: async () => undefined };
  const data = mkdtempSync(join(tmpdir(), 'plimsoll-page-'));
  prepare(data);
  const port = await freePort();
  const args = ['tools/launch.mjs', 'plimsoll', 'serve', '--port', String(port), '--data', data];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text) => said.push(String(text)));
  const url = `http://127.0.0.1:${port}`;
  await answering(url, child, said);
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      await new Promise((done) =>
        child.exitCode === null ? child.once('exit', done) : done(null),
      );
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  if (typeof address !== 'object' || address === null) throw new Error('No free port was found');
  return address.port;
}

const patienceMs = 120_000;

async function answering(url: string, child: ChildProcess, said: readonly string[]): Promise<void> {
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    if (child.exitCode !== null)
      throw new Error(`The server ended with ${child.exitCode}:\n${said.join('')}`);
    // Refused connections are what is waited for to end.
    const reply = await fetch(`${url}/v1/health`).catch(() => null);
    if (reply?.ok) return;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`The server does not answer after ${patienceMs / 1000} s:\n${said.join('')}`);
}
