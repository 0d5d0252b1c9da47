import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { installDebian } from './debian.ts';

/** A PostgreSQL server of our own, gone with everything in it once stopped. */
export interface PostgresServer {
  /** Connects as the cluster's superuser to an empty database. */
  readonly url: string;
  readonly version: string;
  stop(): Promise<void>;
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

const installed = '/usr/lib/postgresql';
const oldestSupported = 15;

/** Starts a fresh cluster on a free loopback port. PostgreSQL refuses root, so root hands it over. */
export async function startPostgres(): Promise<PostgresServer> {
  const bin = postgresBinaries();
  const owner = process.getuid?.() === 0 ? postgresUser() : undefined;
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-postgres-'));
  const password = randomBytes(18).toString('base64url');
  const port = await freePort();
  createCluster(bin, folder, password, owner);
  const server = serve(bin, folder, port, owner);
  try {
    await untilReady(bin, port, server);
    createDatabase(bin, port, password);
  } catch (error) {
    await stop(server, folder);
    throw error;
  }
  return {
    url: `postgres://plimsoll_owner:${password}@127.0.0.1:${port}/plimsoll_test`,
    version: run(join(bin, 'postgres'), ['--version']).trim(),
    stop: () => stop(server, folder),
  };
}

/**
 * The oldest supported PostgreSQL on the machine: what works there works on the newer ones. Another
 * one, such as a build with TimescaleDB, is named by the folder of its programs.
 */
function postgresBinaries(): string {
  const named = process.env['PLIMSOLL_TEST_POSTGRES_BIN'];
  if (named !== undefined) return named;
  const found = (): string | undefined => {
    const versions = existsSync(installed) ? readdirSync(installed).map(Number) : [];
    const usable = versions
      .filter((version) => version >= oldestSupported)
      .sort((a, b) => a - b)
      .map((version) => join(installed, String(version), 'bin'));
    return usable.find((bin) => existsSync(join(bin, 'postgres')));
  };
  const already = found();
  if (already !== undefined) return already;
  install();
  const now = found();
  if (now === undefined)
    throw new Error(`No PostgreSQL ${oldestSupported} or newer in ${installed}`);
  return now;
}

function install(): void {
  // Debian would create and start a cluster of its own on installation.
  if (process.getuid?.() === 0) {
    mkdirSync('/etc/postgresql-common/createcluster.d', { recursive: true });
    writeFileSync(
      '/etc/postgresql-common/createcluster.d/plimsoll.conf',
      'create_main_cluster = false\n',
    );
  }
  installDebian(['postgresql'], 'the PostgreSQL suite');
}

function postgresUser(): User {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.startsWith('postgres:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid === undefined || gid === undefined) throw new Error('There is no user named postgres');
  return { uid: Number(uid), gid: Number(gid) };
}

function createCluster(bin: string, folder: string, password: string, owner?: User): void {
  const secret = join(folder, 'password');
  writeFileSync(secret, password, { mode: 0o600 });
  for (const path of owner ? [folder, secret] : [])
    chownSync(path, owner?.uid ?? 0, owner?.gid ?? 0);
  const options = ['--username=plimsoll_owner', '--auth=scram-sha-256', `--pwfile=${secret}`];
  const locale = ['--encoding=UTF8', '--locale=C.UTF-8'];
  run(join(bin, 'initdb'), [...options, ...locale, '-D', join(folder, 'data')], {
    ...owner,
    cwd: folder,
  });
}

function serve(bin: string, folder: string, port: number, owner?: User): ChildProcess {
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories='];
  // TimescaleDB works only where it is loaded at start.
  if (existsSync(join(bin, '..', 'lib', 'timescaledb.so'))) {
    settings.push('shared_preload_libraries=timescaledb', 'timescaledb.telemetry_level=off');
  }
  const args = ['-D', join(folder, 'data'), ...settings.flatMap((each) => ['-c', each])];
  const log = spawn(join(bin, 'postgres'), args, {
    ...owner,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let lines = '';
  log.stderr.on('data', (chunk: Buffer) => {
    lines = (lines + chunk.toString()).slice(-20_000);
  });
  log.on('exit', (code) => {
    if (code !== 0) console.error(`PostgreSQL ended with ${code}:\n${lines}`);
  });
  return log;
}

async function untilReady(bin: string, port: number, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300 && server.exitCode === null; tries++) {
    const asked = spawnSync(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)]);
    if (asked.status === 0) return;
    await wait(100);
  }
  throw new Error('PostgreSQL did not come up within 30 s');
}

function createDatabase(bin: string, port: number, password: string): void {
  const where = ['-h', '127.0.0.1', '-p', String(port), '-U', 'plimsoll_owner'];
  run(join(bin, 'createdb'), [...where, 'plimsoll_test'], {
    env: { ...process.env, PGPASSWORD: password },
  });
}

async function stop(server: ChildProcess, folder: string): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGINT');
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
}

function run(
  command: string,
  args: readonly string[],
  options: Parameters<typeof spawnSync>[2] = {},
): string {
  const ended = spawnSync(command, args, { ...options, encoding: 'utf8' });
  if (ended.error) throw ended.error;
  if (ended.status !== 0) throw new Error(`${command} failed:\n${ended.stdout}${ended.stderr}`);
  return ended.stdout;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
