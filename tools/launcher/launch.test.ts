import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const tools = dirname(import.meta.dirname);

/** Stands where the real command line stands, and says how it was started. */
const program = `
if (process.argv[2] === 'fail') process.exit(7);
if (process.argv[2] === 'wait') {
  process.on('SIGTERM', () => { console.log('asked to stop'); process.exit(3); });
  setInterval(() => {}, 1000);
}
const cwd: string = process.cwd();
console.log(JSON.stringify({ cwd, args: process.argv.slice(2), node: process.versions.node }));
`;

describe('the launcher', () => {
  let root: string;
  let elsewhere: string;

  beforeAll(() => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'plimsoll launcher ')));
    root = join(folder, 'repository');
    elsewhere = join(folder, 'where the person is');
    mkdirSync(elsewhere);
    mkdirSync(join(root, 'apps/plimsoll/src'), { recursive: true });
    mkdirSync(join(root, 'node_modules'));
    cpSync(join(tools, 'launch.mjs'), join(root, 'tools/launch.mjs'));
    cpSync(join(tools, 'launcher'), join(root, 'tools/launcher'), { recursive: true });
    writeFileSync(join(root, 'apps/plimsoll/src/main.ts'), program);
    writeFileSync(join(root, 'package.json'), '{"name":"plimsoll","type":"module"}');
    for (const lock of ['package-lock.json', 'node_modules/.package-lock.json']) {
      writeFileSync(join(root, lock), '{"packages":{}}');
    }
  });
  afterAll(() => rmSync(dirname(root), { recursive: true, force: true }));

  const launch = (args: readonly string[], cwd = root, env: Record<string, string> = {}) => {
    const { INIT_CWD: _, ...inherited } = process.env;
    return spawnSync(process.execPath, [join(root, 'tools/launch.mjs'), ...args], {
      cwd,
      encoding: 'utf8',
      env: { ...inherited, ...env },
    });
  };

  it('runs the command line where the person is, though npm moved to the repository', () => {
    const run = launch(['plimsoll', 'import', 'a b.csv'], root, { INIT_CWD: elsewhere });
    expect(run.stderr).toBe('');
    expect(JSON.parse(run.stdout)).toMatchObject({ cwd: elsewhere, args: ['import', 'a b.csv'] });
  });

  it('stays where it was called from without npm', () => {
    const run = launch(['plimsoll', 'holdings'], elsewhere, { INIT_CWD: root });
    expect(JSON.parse(run.stdout)).toMatchObject({ cwd: elsewhere });
  });

  it('starts the server with `start`, on Node 24 or newer', () => {
    const said = JSON.parse(launch(['start', '--port', '0']).stdout);
    expect(said.args).toEqual(['serve', '--port', '0']);
    expect(Number.parseInt(said.node, 10)).toBeGreaterThanOrEqual(24);
  });

  it('ends with the exit code of what it ran', () => {
    expect(launch(['plimsoll', 'fail']).status).toBe(7);
  });

  it.skipIf(process.platform === 'win32')('passes a signal on and waits for the end', async () => {
    const args = [join(root, 'tools/launch.mjs'), 'plimsoll', 'wait'];
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const { output, code } = await stopOnceItSpeaks(child);
    expect(output).toContain('asked to stop');
    expect(code).toBe(3);
  });

  it.skipIf(process.platform === 'win32')('stops with the shell that npm ran it in', async () => {
    const line = `"${process.execPath}" "${join(root, 'tools/launch.mjs')}" plimsoll wait; true`;
    const child = spawn('sh', ['-c', line], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, npm_lifecycle_event: 'start' },
    });
    // `close` comes only when the last process that holds the output has ended.
    expect((await stopOnceItSpeaks(child)).output).toContain('asked to stop');
  });

  it('refuses what it does not know, and says what there is', () => {
    const run = launch(['dance']);
    expect(run.status).toBe(1);
    expect(run.stderr).toBe(
      'Unknown command "dance"; there are: start, plimsoll, test, tool, run\n',
    );
  });

  it('says what to do when installing fails', () => {
    writeFileSync(
      join(root, 'package-lock.json'),
      '{"packages":{"node_modules/absent":{"version":"1.0.0"}}}',
    );
    const broken = join(root, 'npm-cli.js');
    writeFileSync(broken, 'process.exit(1)');
    const run = launch(['plimsoll'], root, { npm_execpath: broken });
    writeFileSync(join(root, 'package-lock.json'), '{"packages":{}}');
    expect(run.status).toBe(1);
    expect(run.stdout).toBe('');
    expect(run.stderr).toMatch(/Check the connection to the npm registry/);
  });
});

function stopOnceItSpeaks(child: ChildProcess): Promise<{ output: string; code: number | null }> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      if (output === '') child.kill('SIGTERM');
      output += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ output, code }));
  });
}
