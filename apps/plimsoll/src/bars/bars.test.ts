import { once } from 'node:events';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { barColumns, plainInstrument } from '@plimsoll/domain';
import type { Engine } from '@plimsoll/engine';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpEngine } from '../cli/http-engine.ts';
import { barAdapters, computeHere, engineOn, openMarketData, openStore } from '../compose.ts';
import { readConfig } from '../config.ts';
import { ensureMainWorkspace } from '../ensure-main-workspace.ts';
import { buildServer } from '../http/build-server.ts';
import { plimsollOn } from '../testing/run-plimsoll.ts';
import { strictReplies } from '../testing/strict-replies.ts';
import { temporaryFolder } from '../testing/test-server.ts';
import { openBars } from './open-bars.ts';

const data = temporaryFolder();
/** A data folder beside, for files in a bucket. */
const own = temporaryFolder();
const files = new Map<string, Uint8Array>();
/** A bucket in memory: who asks, and whether it is signed, is tested where requests are made. */
const bucket = createServer((request, response) => {
  const pieces: Uint8Array[] = [];
  request.on('data', (piece: Uint8Array) => pieces.push(piece));
  request.on('end', () => {
    const name = decodeURIComponent(new URL(request.url ?? '', 'http://s').pathname);
    const file = files.get(name);
    if (request.method === 'PUT') files.set(name, Buffer.concat(pieces));
    response.writeHead(request.method === 'PUT' || file ? 200 : 404).end(file);
  });
});
const { serialise, breaches } = strictReplies();
let engine: Engine;
let app: FastifyInstance;
let store: Awaited<ReturnType<typeof openStore>>;
let origin: string;
/** Commands as they are called while a server has the record: by way of HTTP. */
let run: ReturnType<typeof plimsollOn>;

beforeAll(async () => {
  store = await openStore(readConfig({}, { PLIMSOLL_DATA: data.folder }));
  engine = await engineOn(store, computeHere, data.folder);
  await ensureMainWorkspace(engine);
  const webFolder = join(data.folder, 'no-page');
  const marketData = await openMarketData(data.folder);
  app = await buildServer({ engine, marketData, logLevel: 'silent', serialise, webFolder });
  await app.listen({ host: '127.0.0.1', port: 0 });
  origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  run = plimsollOn(httpEngine(origin));
  const made = await run(
    'instruments',
    'add',
    'Bitcoin',
    '--symbol',
    'BTC',
    '--currency',
    'USD',
    '--kind',
    'crypto',
  );
  expect([made.status, made.err]).toEqual([0, '']);
}, 60_000);
afterAll(async () => {
  await app.close();
  await engine.endJobs();
  await store.close();
  bucket.close();
  bucket.closeAllConnections();
  data.remove();
  own.remove();
});

const minutes = (name: string, first: string, closes: readonly number[]): string => {
  const rows = closes.map(
    (close, i) =>
      `${new Date(Date.parse(first) + i * 60_000).toISOString()},${close},${close},${close},${close},1`,
  );
  const path = join(data.folder, name);
  writeFileSync(path, ['ts_utc,open,high,low,close,volume', ...rows, ''].join('\n'));
  return path;
};

describe('plimsoll bars', () => {
  it('takes files, shows what they hold and what it is made of, and joins them', async () => {
    const [one, two] = [
      minutes('a.csv', '2024-03-04T23:58:00Z', [1, 2, 3]),
      minutes('b.csv', '2024-03-05T00:00:00Z', [30, 40]),
    ];
    const taken = await run('bars', 'import', one, two, '--instrument', 'BTC', '--timeframe', '1m');
    expect([taken.status, taken.err]).toEqual([0, '']);
    expect(taken.out).toMatch(/a\.csv +3 +3/);

    const shown = await run('bars', 'BTC', '--timeframe', '1m', '--csv');
    expect(shown.out.split('\n')).toEqual([
      'ts_utc,open,high,low,close,volume',
      '2024-03-04T23:58:00.000Z,1,1,1,1,1',
      '2024-03-04T23:59:00.000Z,2,2,2,2,1',
      '2024-03-05T00:00:00.000Z,30,30,30,30,1',
      '2024-03-05T00:01:00.000Z,40,40,40,40,1',
    ]);
    const daily = await run('bars', 'BTC', '--from', '2024-03-05', '--until', '2024-03-06');
    expect(daily.out).toMatch(/2024-03-05 +30 +40 +30 +40 +2/);
    expect(daily.out).not.toContain('2024-03-04');
    expect(daily.err).toContain('Made from bars of 1m.');

    expect((await run('bars', 'status')).out).toMatch(/BTC +1m .* 5 +2 /);
    expect((await run('bars', 'compact')).out).toBe('2 files before, 1 now.');
    expect((await run('bars', 'status', '--json')).json()).toMatchObject([
      { label: 'BTC', timeframe: '1m', count: 4, files: 1 },
    ]);
    const json = (await run('bars', 'BTC', '--timeframe', '1m', '--limit', '2', '--json')).json();
    expect(json).toMatchObject({ close: [30, 40], more: true, adjust: 'none' });
    expect((await run('verify')).out).toContain('bar-files');
  });

  it.each([
    ['bars', 'NONE', /There is no instrument "NONE"/],
    ['bars', 'BTC', '--timeframe', '2m', /"2m" is not one of/],
    ['bars', 'BTC', '--from', 'yesterday', /"yesterday" is not a day/],
    ['bars', 'BTC', '--from', '2024-13-01', /"2024-13-01" is not a day/],
    ['bars', 'BTC', '--limit', '0', /"0" is not a number from 1/],
    ['bars', 'BTC', '--adjust', 'all', /"all" is not one of/],
    ['bars', 'BTC', '--from', '2024-03-05', '--until', '2024-03-05', /ends before it begins/],
    ['bars', 'import', '--instrument', 'BTC', /FILE is missing/],
    ['bars', 'import', 'none.csv', '--instrument', 'BTC', /none\.csv/],
  ])('refuses %s %s …', async (...args) => {
    const words = args.pop() as RegExp;
    const { status, out, err } = await run(...(args as string[]));
    expect(status).not.toBe(0);
    expect(`${out}${err}`).toMatch(words);
  });
});

describe('files of bars', () => {
  it('keeps bars in the bucket that is configured, and a copy of what was read', async () => {
    bucket.listen(0, '127.0.0.1');
    await once(bucket, 'listening');
    const { port } = bucket.address() as AddressInfo;
    const acme = plainInstrument({ id: 'acme', kind: 'equity', name: 'Acme', currency: 'USD' });
    await store.write('main', ({ catalogue }) => catalogue.saveInstruments([acme]));
    const { objects } = readConfig({
      PLIMSOLL_OBJECTS: `s3://bars/desk?endpoint=http://127.0.0.1:${port}&region=eu-1`,
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'secret',
    });
    const { bars } = openBars(store, barAdapters, { dataFolder: own.folder, objects });
    const written = { ...barColumns(2), from: Float64Array.of(60_000, 120_000) };
    await bars.write('main', 'acme', { timeframe: '1m', bars: written, source: 'test' });
    const range = { timeframe: '1m', from: 0, until: 1e15 } as const;
    expect([...files.keys()]).toEqual([
      expect.stringMatching(/^\/bars\/desk\/bars\/main\/1m\/acme\//),
    ]);
    expect(readdirSync(own.folder)).not.toContain('objects');
    expect(await bars.read('main', 'acme', range)).toEqual(written);
    expect(readdirSync(join(own.folder, 'objects-cache'))).toContain('bars');

    const [name = ''] = files.keys();
    files.set(name, Uint8Array.of(1, 2, 3));
    expect(await bars.read('main', 'acme', range)).toEqual(written);
    rmSync(join(own.folder, 'objects-cache', 'bars'), { recursive: true });
    await expect(bars.read('main', 'acme', range)).rejects.toThrow(/hash differs/);
    await bars.close();
  });

  it('refuses a bucket without keys, and one that cannot be', async () => {
    expect(() => readConfig({ PLIMSOLL_OBJECTS: 's3://bars' })).toThrow(/AWS_ACCESS_KEY_ID/);
    expect(() => readConfig({ PLIMSOLL_OBJECTS: 'https://bars' })).toThrow(
      /PLIMSOLL_OBJECTS is not/,
    );
    const objects = { url: 's3://B_', accessKeyId: 'key', secretAccessKey: 'secret' };
    const { bars } = openBars(store, barAdapters, { dataFolder: own.folder, objects });
    await expect(bars.coverage('main')).rejects.toThrow(/is not the name of a bucket/);
  });
});

describe('GET /v1/bars', () => {
  const get = async (query: string) => {
    const response = await fetch(`${origin}/v1/bars${query}`);
    return { status: response.status, body: await response.json() };
  };

  it.each([
    '',
    '?instrument=x&timeframe=3m',
    '?instrument=x&from=2024-02-30T25:00:00Z',
    '?instrument=x&limit=1000000',
    '?instrument=x&adjust=yes',
    '?instrument=x&unknown=1',
  ])('refuses %s', async (query) => {
    expect(await get(query)).toMatchObject({ status: 422, body: { code: 'request.invalid' } });
  });

  it('knows no instrument that is not there, and keeps to its contract', async () => {
    expect(await get('?instrument=x')).toMatchObject({
      status: 404,
      body: { code: 'instrument.unknown' },
    });
    // Replies about instruments are held to theirs elsewhere.
    expect(breaches.filter((breach) => !breach.includes('priceFactor'))).toEqual([]);
  });
});
