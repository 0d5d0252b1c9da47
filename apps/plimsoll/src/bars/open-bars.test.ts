import { once } from 'node:events';
import { readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { barColumns, plainInstrument } from '@plimsoll/domain';
import type { Store } from '@plimsoll/ports';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barAdapters, openStore } from '../compose.ts';
import { readConfig } from '../config.ts';
import { temporaryFolder } from '../testing/test-server.ts';
import { openBars } from './open-bars.ts';

const data = temporaryFolder();
const files = new Map<string, Uint8Array>();
/** A bucket in memory: who asks, and whether it is signed, is tested where requests are made. */
const server = createServer((request, response) => {
  const pieces: Uint8Array[] = [];
  request.on('data', (piece: Uint8Array) => pieces.push(piece));
  request.on('end', () => {
    const name = decodeURIComponent(new URL(request.url ?? '', 'http://s').pathname);
    const file = files.get(name);
    if (request.method === 'PUT') files.set(name, Buffer.concat(pieces));
    response.writeHead(request.method === 'PUT' || file ? 200 : 404).end(file);
  });
});
let store: Store;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  store = await openStore(readConfig({}, { PLIMSOLL_DATA: data.folder }));
  await store.createWorkspace({
    id: 'main',
    name: 'Main',
    demo: false,
    createdAt: '2026-06-30T12:00:00.000Z',
  });
  const acme = plainInstrument({ id: 'acme', kind: 'equity', name: 'Acme', currency: 'USD' });
  await store.write('main', ({ catalogue }) => catalogue.saveInstruments([acme]));
}, 60_000);
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await store.close();
  data.remove();
});

it('keeps bars in the bucket that is configured, and a copy of what was read', async () => {
  const { port } = server.address() as AddressInfo;
  const { objects } = readConfig({
    PLIMSOLL_OBJECTS: `s3://bars/desk?endpoint=http://127.0.0.1:${port}&region=eu-1`,
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
  });
  const { bars } = openBars(store, barAdapters, { dataFolder: data.folder, objects });
  const written = { ...barColumns(2), from: Float64Array.of(60_000, 120_000) };
  await bars.write('main', 'acme', { timeframe: '1m', bars: written, source: 'test' });
  const range = { timeframe: '1m', from: 0, until: 1e15 } as const;
  expect([...files.keys()]).toEqual([
    expect.stringMatching(/^\/bars\/desk\/bars\/main\/1m\/acme\//),
  ]);
  expect(readdirSync(data.folder)).not.toContain('objects');
  expect(await bars.read('main', 'acme', range)).toEqual(written);
  expect(readdirSync(join(data.folder, 'objects-cache'))).toContain('bars');

  const [name = ''] = files.keys();
  files.set(name, Uint8Array.of(1, 2, 3));
  expect(await bars.read('main', 'acme', range)).toEqual(written);
  rmSync(join(data.folder, 'objects-cache', 'bars'), { recursive: true });
  await expect(bars.read('main', 'acme', range)).rejects.toThrow(/hash differs/);
  await bars.close();
});

it('refuses a bucket without keys, and one that cannot be', async () => {
  expect(() => readConfig({ PLIMSOLL_OBJECTS: 's3://bars' })).toThrow(/AWS_ACCESS_KEY_ID/);
  expect(() => readConfig({ PLIMSOLL_OBJECTS: 'https://bars' })).toThrow(/PLIMSOLL_OBJECTS is not/);
  const objects = { url: 's3://B_', accessKeyId: 'key', secretAccessKey: 'secret' };
  const { bars } = openBars(store, barAdapters, { dataFolder: data.folder, objects });
  await expect(bars.coverage('main')).rejects.toThrow(/is not the name of a bucket/);
});
