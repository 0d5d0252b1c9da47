import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataFolder, holdsDatabase, knownFormat, refuseFullDisk } from './embedded/data-folder.ts';
import { DurableFileSystem } from './embedded/durable-file-system.ts';
import { requireDurability, startEngine } from './embedded/engine.ts';
import { spareLog } from './embedded/spare-log.ts';
import { turns } from './embedded/turns.ts';
import { openEmbedded, transferOf } from './index.ts';
import { startChild } from './testing/child-process.ts';
import { purchase, sampleWorkspace, stillClock } from './testing/sample-workspace.ts';
import { systemClock } from './testing/system-clock.ts';

const root = mkdtempSync(join(tmpdir(), 'plimsoll-folder-'));
const template = join(root, 'template');
const open = (folder: string) => openEmbedded(folder, { clock: systemClock });
const refusal = (code: string) => ({ fault: expect.objectContaining({ code }) });
let copies = 0;

/** A folder of its own with an empty, up-to-date database. */
function freshFolder(): string {
  const folder = join(root, `folder-${++copies}`);
  cpSync(template, folder, { recursive: true });
  return folder;
}

const seconds = 1000;

beforeAll(async () => {
  // A first start that was cut short left this behind.
  mkdirSync(join(template, 'database.unfinished'), { recursive: true });
  writeFileSync(join(template, 'database.unfinished', 'PG_VERSION'), '18\n');
  const store = await open(template);
  await store.close();
}, 60 * seconds);
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('a full disk', () => {
  const megabytes = 1024 * 1024;

  it('is refused before anything is written, with more asked for a new database', () => {
    const held = dataFolder(freshFolder());
    const none = dataFolder(join(root, 'not-yet-made'));
    const full = (folder: typeof held, free: number) => () =>
      refuseFullDisk(folder, free * megabytes);
    expect(full(held, 19)).toThrow(/19 MB are free, and 20 MB are needed/);
    expect(full(held, 20)).not.toThrow();
    expect(full(none, 79)).toThrow(/79 MB are free, and 80 MB are needed/);
    expect(full(none, 80)).not.toThrow();
  });
});

describe('a folder that cannot be made', () => {
  it.runIf(existsSync('/proc/self'))('is refused at once', async () => {
    for (const directory of ['/proc/plimsoll', '/proc/plimsoll/deep/down']) {
      const refused = open(directory);
      await expect(refused).rejects.toMatchObject(refusal('store.unfit-file-system'));
      await expect(refused).rejects.toThrow(directory);
    }
  });

  it('is refused where a file is in the way, and made with all that leads to it', () => {
    const file = join(root, 'a-file');
    writeFileSync(file, '');
    for (const directory of [file, join(file, 'below')]) {
      expect(() => dataFolder(directory)).toThrow(/cannot be made or written to/);
    }
    const deep = join(root, 'one', 'two', 'three');
    expect(existsSync(dataFolder(deep).directory)).toBe(true);
    expect(dataFolder(deep).directory).toBe(deep);
  });
});

describe('data folder', { timeout: 60 * seconds }, () => {
  it('is made whole, whatever an earlier start left', () => {
    const parts = dataFolder(template);
    expect(holdsDatabase(parts)).toBe(true);
    expect(existsSync(parts.unfinished)).toBe(false);
  });

  it('has the format that this version knows: change it together with PGlite', () => {
    const control = readFileSync(join(template, 'database/global/pg_control'));
    const version = readFileSync(join(template, 'database/PG_VERSION'), 'utf8').trim();
    const found = {
      version,
      control: control.readUInt32LE(8),
      catalogue: control.readUInt32LE(12),
    };
    expect(found).toEqual(knownFormat);
  });

  it.each<[string, (database: string) => void]>([
    ['another PostgreSQL', (database) => writeFileSync(join(database, 'PG_VERSION'), '17\n')],
    [
      'another catalogue',
      (database) => {
        const file = join(database, 'global/pg_control');
        const control = readFileSync(file);
        control.writeUInt32LE(1, 12);
        writeFileSync(file, control);
      },
    ],
    ['something else', (database) => rmSync(join(database, 'global'), { recursive: true })],
  ])('is refused untouched where it holds %s', async (_, spoil) => {
    const folder = freshFolder();
    spoil(join(folder, 'database'));
    await expect(open(folder)).rejects.toMatchObject(refusal('store.unknown-folder'));
    await expect(open(folder)).rejects.toThrow('--data');
  });
});

describe('a folder that cannot be one', { timeout: 60 * seconds }, () => {
  it('is refused by name', async () => {
    const file = join(root, 'a-file');
    writeFileSync(file, '');
    await expect(open(join(file, 'data'))).rejects.toMatchObject(
      refusal('store.unfit-file-system'),
    );
    await expect(open(file)).rejects.toThrow(file);
  });
});

describe('lock', () => {
  it(
    'keeps a second process out, names the first, and goes with it when it is killed',
    async () => {
      const folder = freshFolder();
      const owner = startChild('writer-process.ts', [
        folder,
        'w',
        join(root, 'owner.acknowledged'),
      ]);
      await owner.says('ready');
      for (let attempt = 0; attempt < 3; attempt++) {
        const began = performance.now();
        const second = await open(folder).catch((error: unknown) => error);
        expect(performance.now() - began).toBeLessThan(5 * seconds);
        expect(second).toMatchObject(refusal('store.locked'));
        expect(String(second)).toContain(`process ${owner.process.pid} on`);
      }
      owner.process.kill('SIGKILL');
      await owner.ended;
      const store = await open(folder);
      expect((await store.verify()).findings).toEqual([]);
      await store.close();
    },
    60 * seconds,
  );

  it(
    'keeps a second opener of the same process out, until the first has closed',
    async () => {
      const folder = freshFolder();
      const first = await open(folder);
      await expect(open(folder)).rejects.toMatchObject(refusal('store.locked'));
      await first.close();
      const second = await open(folder);
      await second.close();
    },
    60 * seconds,
  );

  it(
    'is what keeps others out: the engine by itself lets two into one folder',
    async () => {
      const folder = freshFolder();
      const first = await open(folder);
      const second = await startEngine(dataFolder(folder), () => undefined);
      const { rows } = await second.client.query('SELECT 1 AS one');
      expect(rows).toEqual([{ one: 1 }]);
      await second.close();
      await first.close();
    },
    60 * seconds,
  );
});

describe('durability', () => {
  it(
    'is refused to an engine that answers a commit without an fsync',
    async () => {
      const folder = dataFolder(freshFolder());
      const files = new DurableFileSystem(folder.database, () => undefined);
      // As PGlite starts by itself: with -F, which turns fsync off.
      const database = await PGlite.create({ fs: files });
      const client = new pg.Client(createPgConfig(database));
      await client.connect();
      await expect(requireDurability(client, files, folder)).rejects.toMatchObject(
        refusal('store.not-durable'),
      );
      await client.end();
      await database.close();
    },
    60 * seconds,
  );

  it(
    'ends the process when the disk fails, answers nothing more, and checks at the next start',
    async () => {
      const folder = freshFolder();
      const [acknowledged, sign] = [join(root, 'eio.acknowledged'), join(root, 'disk-fails')];
      const preload = pathToFileURL(join(import.meta.dirname, 'testing/failing-disk.mjs')).href;
      const writer = startChild('writer-process.ts', [folder, 'w', acknowledged], {
        NODE_OPTIONS: `--import=${preload}`,
        PLIMSOLL_TEST_DISK_FAILS: sign,
      });
      await writer.says('ready');
      await wait(200);
      writeFileSync(sign, '');
      expect(await writer.ended).toEqual({ status: 70, signal: null });
      expect(writer.errors()).toContain('The database cannot go on (EIO');
      expect(existsSync(dataFolder(folder).doubt)).toBe(true);
      const store = await open(folder);
      expect(existsSync(dataFolder(folder).doubt)).toBe(false);
      const { seq } = await store.read('w', ({ ledger }) => ledger.head());
      const acked = readFileSync(acknowledged, 'utf8').trim().split('\n').length;
      expect(acked).toBeGreaterThan(0);
      expect(seq).toBeGreaterThanOrEqual(acked);
      await store.close();
    },
    60 * seconds,
  );

  it(
    'closes in order on SIGTERM of an application that asks for it',
    async () => {
      const folder = freshFolder();
      const acknowledged = join(root, 'term.acknowledged');
      const writer = startChild('writer-process.ts', [folder, 'w', acknowledged]);
      await writer.says('ready');
      await wait(200);
      writer.process.kill('SIGTERM');
      expect(await writer.ended).toEqual({ status: 0, signal: null });
      // Cluster state 1 is "shut down": nothing is left to recover.
      expect(readFileSync(join(folder, 'database/global/pg_control')).readUInt32LE(16)).toBe(1);
      expect(existsSync(join(folder, 'lock-owner.json'))).toBe(false);
    },
    60 * seconds,
  );
});

describe('log', () => {
  it(
    'is cut by checkpoints, which the engine does not make by itself',
    async () => {
      const engine = await startEngine(dataFolder(freshFolder()), () => undefined);
      const session = turns();
      const checkpointAt = async () => {
        const { rows } = await engine.client.query<{ at: string }>(
          'SELECT redo_lsn::text AS at FROM pg_control_checkpoint()',
        );
        return rows[0]?.at;
      };
      const write = () => engine.client.query("SELECT pg_logical_emit_message(true, 'x', 'y')");
      const passSessions = async (count: number) => {
        for (let i = 0; i < count; i++) log.sessionEnded();
        (await session.take())();
      };
      const log = spareLog(engine.client, session, 1);
      await passSessions(50);
      const before = await checkpointAt();
      await write();
      await passSessions(49);
      expect(await checkpointAt()).toBe(before);
      await passSessions(1);
      expect(await checkpointAt()).not.toBe(before);
      await engine.close();
    },
    60 * seconds,
  );
});

describe('threads', () => {
  const reader = (
    connection: Parameters<typeof transferOf>[0],
    workspace: string,
    hang = false,
  ) => {
    const thread = new Worker(new URL('./testing/reader-thread.ts', import.meta.url), {
      workerData: { connection, workspace, hang },
      transferList: transferOf(connection),
    });
    const heard = new Promise<unknown>((resolve, reject) => {
      thread.once('message', resolve);
      thread.once('error', reject);
    });
    return { thread, heard };
  };

  it(
    'read the record through a connection, and leave it free when they die within a unit',
    async () => {
      const folder = freshFolder();
      const store = await open(folder);
      const workspace = await sampleWorkspace(store, 4);
      const working = reader(store.connect(), workspace);
      expect(await working.heard).toEqual([1, 2, 3, 4]);
      const hanging = reader(store.connect(), workspace, true);
      expect(await hanging.heard).toEqual([1, 2, 3, 4]);
      await hanging.thread.terminate();
      const [entry] = await store.write(workspace, ({ ledger }) =>
        ledger.append([purchase('after')]),
      );
      expect(entry?.seq).toBe(5);
      await store.close();
    },
    60 * seconds,
  );

  it(
    'are told when the database is closed',
    async () => {
      const folder = freshFolder();
      const store = await openEmbedded(folder, { clock: stillClock });
      await store.close();
      await store.close();
      await expect(store.workspaces()).rejects.toMatchObject(refusal('store.unavailable'));
    },
    60 * seconds,
  );
});
