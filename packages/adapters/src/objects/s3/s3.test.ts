import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { objectStoreConformance } from '@plimsoll/ports/conformance';
import { afterAll, describe, expect, it } from 'vitest';
import { hashBytes } from '../../objects-kit/hash-file.ts';
import { sign, startS3Server } from '../../objects-kit/testing/s3-server.ts';
import { parseS3Address } from './parse-address.ts';
import { openS3Store } from './s3-store.ts';

const clock = { now: () => new Date().toISOString() };
const folders: string[] = [];
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-s3-'));
  folders.push(folder);
  return folder;
};
const stops: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const stop of stops) await stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a+secret/key' };
const quick = { clock, attempts: 3, backoffMs: 1, timeoutMs: 5_000 };

async function bucketServer(): Promise<string> {
  const server = await startS3Server({ bucket: 'bars', page: 7, ...keys });
  stops.push(server.stop);
  return server.endpoint;
}

async function openOn(endpoint: string, over: object = {}) {
  const cacheFolder = newFolder();
  const options = {
    endpoint,
    region: 'us-east-1',
    bucket: 'bars',
    prefix: 'desk/one',
    cacheFolder,
  };
  const store = await openS3Store({ ...options, ...keys, ...quick, ...over });
  return { store, cacheFolder };
}

objectStoreConformance('S3', {
  open: async () => (await openOn(await bucketServer())).store,
  close: async () => undefined,
});

describe('a bucket', () => {
  const bytes = Uint8Array.from([1, 2, 3, 4]);

  it('keeps what two prefixes put apart', async () => {
    const endpoint = await bucketServer();
    const one = await openOn(endpoint);
    const other = await openOn(endpoint, { prefix: '' });
    await one.store.put('a.bin', bytes);
    expect(await one.store.list('')).toEqual(['a.bin']);
    expect(await other.store.list('')).toEqual(['desk/one/a.bin']);
    expect(await other.store.get('a.bin')).toBeNull();
  });

  it('lists more names than one page has', async () => {
    const { store } = await openOn(await bucketServer());
    const names = Array.from({ length: 30 }, (_, i) => `many/${String(i).padStart(4, '0')}.bin`);
    await Promise.all(names.map((name) => store.put(name, bytes)));
    expect(await store.list('many/')).toEqual(names);
  });

  it('fetches a file once, and anew where the local one is not right any more', async () => {
    const { store, cacheFolder } = await openOn(await bucketServer());
    await store.put('a/b.bin', bytes);
    const path = await store.localPath('a/b.bin', hashBytes(bytes));
    expect(path).toBe(join(cacheFolder, 'a', 'b.bin'));
    writeFileSync(String(path), 'something else');
    expect(await store.localPath('a/b.bin', hashBytes(bytes))).toBe(path);
    const again = await store.get('a/b.bin');
    expect(again === null ? null : [...again]).toEqual([...bytes]);
    await store.remove('a/b.bin');
    expect(readdirSync(join(cacheFolder, 'a'))).toEqual([]);
  });

  it('says that a bucket is not there and that keys are refused', async () => {
    const endpoint = await bucketServer();
    const { store: nowhere } = await openOn(endpoint, { bucket: 'none' });
    for (const work of [
      () => nowhere.list(''),
      () => nowhere.put('a', bytes),
      () => nowhere.get('a'),
    ]) {
      await expect(work()).rejects.toMatchObject({ fault: { code: 'objects.unavailable' } });
    }
    const { store: stranger } = await openOn(endpoint, { secretAccessKey: 'wrong' });
    await expect(stranger.put('a.bin', bytes)).rejects.toMatchObject({
      fault: { code: 'objects.unauthorised' },
    });
  });
});

/** A server that does to each request what its turn says; the last goes on. */
async function unruly(
  ...turns: ((request: IncomingMessage, response: ServerResponse) => void)[]
): Promise<{ endpoint: string; requests: () => number }> {
  let requests = 0;
  const server = createServer((request, response) => {
    const turn = turns[Math.min(requests, turns.length - 1)];
    requests++;
    request.resume();
    request.on('end', () => turn?.(request, response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, requests: () => requests };
}

const answer = (status: number, body: string | Uint8Array, headers = {}) =>
  ((_, response) => response.writeHead(status, headers).end(body)) satisfies (
    request: IncomingMessage,
    response: ServerResponse,
  ) => void;
const slowDown = answer(
  503,
  '<?xml version="1.0"?><Error><Code>SlowDown</Code><Message>Reduce your rate</Message></Error>',
);
const cutShort = (_: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(200, { 'content-length': 1_000 });
  response.write('abc', () => response.destroy());
};
const hangUp = (_: IncomingMessage, response: ServerResponse): void => {
  response.destroy();
};

describe('a server that', () => {
  it.each([
    ['is busy', slowDown],
    ['cuts a file short', cutShort],
    ['hangs up', hangUp],
    ['is out of order', answer(500, '')],
  ])('%s for a while is asked again', async (_, turn) => {
    const { endpoint, requests } = await unruly(turn, turn, answer(200, 'whole'));
    const { store } = await openOn(endpoint);
    expect(new TextDecoder().decode((await store.get('a.bin')) ?? undefined)).toBe('whole');
    expect(requests()).toBe(3);
  });

  it.each([
    ['stays busy', slowDown, /failed 3 times: it answered 503 SlowDown/],
    ['always cuts files short', cutShort, /failed 3 times: no whole answer/],
  ])('%s is told, and nothing is kept', async (_, turn, words) => {
    const { endpoint, requests } = await unruly(turn);
    const { store, cacheFolder } = await openOn(endpoint);
    await expect(store.localPath('a.bin')).rejects.toThrow(words);
    expect(requests()).toBe(3);
    expect(readdirSync(cacheFolder)).toEqual(['.unfinished']);
  });

  it('takes too long is given up', async () => {
    const { endpoint } = await unruly(() => undefined);
    const { store } = await openOn(endpoint, { timeoutMs: 20, attempts: 2 });
    await expect(store.get('a.bin')).rejects.toMatchObject({
      fault: { code: 'objects.unavailable' },
    });
  });

  it.each([
    ['a page of HTML', '<html>Sign in</html>'],
    [
      'a listing without an end',
      '<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>',
    ],
  ])('lists %s is told', async (_, body) => {
    const { endpoint } = await unruly(answer(200, body));
    const { store } = await openOn(endpoint);
    await expect(store.list('')).rejects.toMatchObject({ fault: { code: 'objects.unavailable' } });
  });

  it('sends elsewhere is not followed', async () => {
    const { endpoint, requests } = await unruly(
      answer(307, '', { location: 'http://127.0.0.1:1/' }),
    );
    const { store } = await openOn(endpoint);
    await expect(store.get('a.bin')).rejects.toThrow(/it answered 307/);
    expect(requests()).toBe(1);
  });
});

it('the server of these tests signs as the published example does', () => {
  // Amazon S3 API reference, "Signature calculations for the authorization header", example: GET object.
  const canonical = `GET
/test.txt

host:examplebucket.s3.amazonaws.com
range:bytes=0-9
x-amz-content-sha256:${hashBytes(new Uint8Array(0))}
x-amz-date:20130524T000000Z

host;range;x-amz-content-sha256;x-amz-date
${hashBytes(new Uint8Array(0))}`;
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  expect(sign(secret, '20130524/us-east-1/s3/aws4_request', '20130524T000000Z', canonical)).toBe(
    'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  );
});

describe('an address of a bucket', () => {
  it('is read', () => {
    expect(
      parseS3Address('s3://bars/desk/one/?endpoint=http://127.0.0.1:9000/&region=eu-1'),
    ).toEqual({
      ok: true,
      value: {
        endpoint: 'http://127.0.0.1:9000',
        region: 'eu-1',
        bucket: 'bars',
        prefix: 'desk/one',
      },
    });
    expect(parseS3Address('s3://bars')).toMatchObject({
      value: { endpoint: 'https://s3.us-east-1.amazonaws.com', prefix: '' },
    });
  });

  it.each([
    'bars',
    'https://bars',
    's3://',
    's3://B_/x',
    's3://key:secret@bars/x',
    's3://bars/../x y',
    's3://bars?endpoint=ftp://x',
    's3://bars?region=a/b',
    's3://bars?acl=public',
  ])('%s is refused and not repeated where it may hold a key', (text) => {
    const answered = parseS3Address(text);
    expect(answered).toMatchObject({ ok: false, fault: { code: 'objects.address' } });
    expect(JSON.stringify(answered)).not.toContain('secret@');
  });
});
