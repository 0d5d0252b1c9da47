import { gzipSync } from 'node:zlib';
import type { Result } from '@plimsoll/kernel';
import type { MarketDataFault } from '@plimsoll/ports';
import {
  type FakeProvider,
  fakeProvider,
  type VirtualWorld,
  virtualWorld,
} from '@plimsoll/ports/conformance';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { addressOf } from './address.ts';
import { type ProviderHttpOptions, providerHttp } from './provider-http.ts';
import { providerReply, retryAfterMs } from './reply.ts';

let server: FakeProvider;
let world: VirtualWorld;
beforeAll(async () => {
  server = await fakeProvider(
    () => ({ text: '' }),
    () => world.nowMs(),
  );
});
afterAll(() => server.close());
beforeEach(() => {
  world = virtualWorld(Date.parse('2026-06-01T00:00:00Z'));
});

const signal = new AbortController().signal;
const rates = [{ requests: 10_000, perMs: 1000 }];
const open = (more: Partial<ProviderHttpOptions> = {}) =>
  providerHttp({ id: 'test', title: 'Test', baseUrl: server.baseUrl, world, rates, ...more });
const count = (): number => server.requests.length;
const value = <T>(answer: Result<T, MarketDataFault>): T =>
  answer.ok ? answer.value : expect.fail(answer.fault.detail);

describe('replies that are kept', () => {
  it('are asked for with their validators, and a 304 gives the kept body', async () => {
    const http = open();
    server.answer = ({ headers }) =>
      headers['if-none-match'] === '"v1"'
        ? { status: 304 }
        : {
            text: 'one',
            headers: { etag: '"v1"', 'last-modified': 'Mon, 01 Jun 2026 00:00:00 GMT' },
          };
    expect(value(await http.text('/a', {}, { signal }))).toBe('one');
    expect(value(await http.text('/a', {}, { signal }))).toBe('one');
    const [first, second] = server.requests.slice(-2);
    expect(first?.headers['if-none-match']).toBeUndefined();
    expect(second?.headers).toMatchObject({
      'if-none-match': '"v1"',
      'if-modified-since': 'Mon, 01 Jun 2026 00:00:00 GMT',
    });
  });

  it('are replaced by what is newer', async () => {
    const http = open();
    let version = 1;
    server.answer = () => ({ text: `v${version}`, headers: { etag: `"${version}"` } });
    expect(value(await http.text('/b', {}, { signal }))).toBe('v1');
    version = 2;
    expect(value(await http.text('/b', {}, { signal }))).toBe('v2');
  });

  it('are used unasked as long as they say, and as long as we say', async () => {
    const http = open();
    let n = 0;
    server.answer = ({ path }) => ({
      text: String(++n),
      ...(path === '/c' ? { headers: { 'cache-control': 'public, max-age=60' } } : {}),
    });
    const ask = (path: string, cacheForMs = 0) =>
      http.text(path, {}, { signal, cacheForMs }).then(value);
    expect([await ask('/c'), await ask('/c')]).toEqual(['1', '1']);
    world.advance(60_000);
    expect(await ask('/c')).toBe('2');
    expect([await ask('/d'), await ask('/d')]).toEqual(['3', '4']);
    expect([await ask('/e', 1000), await ask('/e', 1000)]).toEqual(['5', '5']);
  });

  it('are none where the server forbids it, nor of a POST', async () => {
    const http = open();
    const headers = { 'cache-control': 'no-store, max-age=60', etag: '"x"' };
    server.answer = () => ({ text: 'x', headers });
    const before = count();
    await http.text('/f', {}, { signal });
    await http.text('/f', {}, { signal });
    server.answer = () => ({ text: 'x', headers: { 'cache-control': 'max-age=60' } });
    await http.text('/g', {}, { signal, post: '{}' });
    await http.text('/g', {}, { signal, post: '{}' });
    expect(count() - before).toBe(4);
  });

  it('of one key are not given for another', async () => {
    server.answer = ({ query }) => ({
      text: query.get('k') ?? '',
      headers: { 'cache-control': 'max-age=60' },
    });
    const [one, two] = [open({ query: { k: '1' } }), open({ query: { k: '2' } })];
    expect(value(await one.text('/h', {}, { signal }))).toBe('1');
    expect(value(await two.text('/h', {}, { signal }))).toBe('2');
  });
});

describe('redirects', () => {
  it('are followed on the same host', async () => {
    server.answer = ({ path }) =>
      path === '/old' ? { status: 301, headers: { location: '/new?x=1' } } : { text: `at ${path}` };
    expect(value(await open().text('/old', {}, { signal }))).toBe('at /new');
  });

  it('to another host are not, even one of this machine', async () => {
    const other = await fakeProvider(() => ({ text: 'secret' }), world.nowMs);
    server.answer = () => ({ status: 302, headers: { location: `${other.baseUrl}/` } });
    const answer = await open().text('/', {}, { signal });
    expect(answer).toMatchObject({ ok: false, fault: { code: 'market-data.unreadable' } });
    expect(other.requests).toHaveLength(0);
    await other.close();
  });

  it.each([
    ['https://api.example.com', '/v2/x', true],
    ['https://api.example.com/base', '/x', true],
    ['https://api.example.com', 'https://api.example.com/next?c=1', true],
    ['http://api.example.com', 'https://api.example.com/next', true],
    ['https://api.example.com', 'http://api.example.com/next', false],
    ['https://api.example.com', 'https://api.example.com.evil.com/', false],
    ['https://api.example.com', 'https://user:x@api.example.com/', false],
    ['https://api.example.com', 'https://169.254.169.254/', false],
    ['https://api.example.com', 'https://api.example.com:444/', false],
    ['https://api.example.com', '//evil.com/x', true],
  ])('%s may ask %s: %s', (base, path, allowed) => {
    const address = addressOf(base, path, { a: 'b c', none: undefined });
    expect(address.ok).toBe(allowed);
    if (address.ok) {
      expect(address.value.hostname).toBe(new URL(base).hostname);
      expect(address.value.searchParams.get('a')).toBe('b c');
      expect(address.value.searchParams.has('none')).toBe(false);
    }
  });
});

describe('a reply', () => {
  it('is unpacked, and one cut short is not taken for a whole', async () => {
    const packed = gzipSync('Date,Close\n2026-03-02,5\n'.repeat(1000));
    const headers = { 'content-encoding': 'gzip' };
    server.answer = () => ({ bytes: packed, headers });
    expect(value(await open().text('/', {}, { signal }))).toHaveLength(24_000);
    server.answer = () => ({ bytes: packed.subarray(0, packed.length - 9), headers });
    expect(await open().text('/', {}, { signal })).toMatchObject({
      ok: false,
      fault: { code: 'market-data.unreadable', detail: expect.stringContaining('cut short') },
    });
  });

  it('that should be secret and is not is no connection', async () => {
    server.answer = () => ({ text: 'plain' });
    const http = open({ baseUrl: server.baseUrl.replace('http:', 'https:'), retries: 0 });
    expect(await http.text('/', {}, { signal })).toMatchObject({
      ok: false,
      fault: { code: 'market-data.unavailable' },
    });
  });

  it('without an end is given up at the limit', async () => {
    server.answer = () => (response) => {
      response.writeHead(200);
      const chunk = new Uint8Array(4 * 1024 * 1024);
      const more = (error?: Error | null): void => {
        if (!error && !response.destroyed) response.write(chunk, more);
      };
      more();
    };
    expect(await open().bytes('/', {}, { signal })).toMatchObject({
      ok: false,
      fault: { detail: expect.stringContaining('64 MB') },
    });
  });

  it('of another shape is told with the field, and stands in the health', async () => {
    server.answer = () => ({ json: { rows: [{ close: 'x' }] } });
    const http = open();
    const shape = z.object({ rows: z.array(z.object({ close: z.number() })) });
    const answer = await http.json('/', {}, { signal, shape });
    expect(answer).toMatchObject({
      ok: false,
      fault: { detail: expect.stringContaining('rows.0.close') },
    });
    expect(http.health()).toMatchObject({
      failures: 1,
      lastFault: { code: 'market-data.unreadable' },
    });
  });

  it('says when to ask again, in whichever way', () => {
    const now = Date.parse('2026-06-01T00:00:00Z');
    const after = (headers: Record<string, string>) =>
      retryAfterMs(providerReply({ status: 429, headers, body: new Uint8Array() }), now);
    expect(after({ 'retry-after': '30' })).toBe(30_000);
    expect(after({ 'retry-after': 'Mon, 01 Jun 2026 00:01:00 GMT' })).toBe(60_000);
    const theirs = { date: 'Mon, 04 May 2026 00:00:00 GMT' };
    expect(after({ 'retry-after': 'Mon, 04 May 2026 00:01:00 GMT', ...theirs })).toBe(60_000);
    expect(after({ 'x-ratelimit-reset': String(now / 1000 + 5) })).toBe(5000);
    expect(after({ 'x-ratelimit-reset': String(now + 5) })).toBe(5);
    expect(after({ 'ratelimit-reset': '7' })).toBe(7000);
    expect(after({ 'retry-after': 'soon' })).toBeUndefined();
    expect(after({})).toBeUndefined();
  });
});

describe('secrets', () => {
  it('stand in no fault and no health, whatever the provider repeats', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 6, maxLength: 20 }).filter((key) => /\S{6}/.test(key.trim())),
        fc.constantFrom(400, 401, 404, 429, 200),
        async (key, status) => {
          const text = `Your key ${key} or ${encodeURIComponent(key)} is bad`;
          server.answer = () => ({ status, text });
          const http = open({ query: { key }, secrets: [key], retries: 0 });
          const answer = await http.json('/', {}, { signal, shape: z.object({}) });
          const said = JSON.stringify([answer, http.health()]);
          expect(answer.ok).toBe(false);
          expect(said).not.toContain(JSON.stringify(key).slice(1, -1));
          expect(said).not.toContain(encodeURIComponent(key));
        },
      ),
      { numRuns: 40 },
    );
  });
});
