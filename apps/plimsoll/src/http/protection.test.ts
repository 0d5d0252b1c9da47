import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawBytes, rawRequest } from '../testing/raw-request.ts';
import { startTestServer, type TestServer, temporaryFolder } from '../testing/test-server.ts';
import { buildServer } from './build-server.ts';

const data = temporaryFolder();
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(data.folder);
}, 60_000);
afterAll(async () => {
  await server.close();
  data.remove();
});

const host = () => `localhost:${server.port}`;
const newAccount = JSON.stringify({ name: 'Stolen', currency: 'EUR' });
const write = (headers: Record<string, string>, body = newAccount) =>
  rawRequest(server.port, {
    method: 'POST',
    path: '/v1/accounts',
    headers: {
      host: host(),
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
      ...headers,
    },
    body,
  });
const accountNames = async (): Promise<string[]> => {
  const { json } = await server.send({ method: 'GET', path: '/v1/accounts' });
  return json.items.map(({ name }: { name: string }) => name);
};

describe('which hosts and pages are answered', () => {
  it.each([
    ['localhost', 200],
    ['LOCALHOST', 200],
    ['127.0.0.1', 200],
    ['[::1]', 200],
    ['evil.example', 403],
    ['localhost.evil.example', 403],
    ['127.0.0.1.nip.io', 403],
    ['0.0.0.0', 403],
    ['[::ffff:127.0.0.1]', 403],
    ['user@localhost', 403],
    ['', 403],
  ])('Host %s gets %i', async (name, status) => {
    const answer = await rawRequest(server.port, {
      path: '/v1/accounts',
      headers: { host: `${name}:${server.port}` },
    });
    expect(answer.status).toBe(status);
  });

  it('a Host with another port, with none, or no Host at all is refused', async () => {
    for (const headers of [{ host: 'localhost:1' }, { host: 'localhost' }]) {
      const answer = await rawRequest(server.port, { path: '/v1/health', headers });
      expect([answer.status, JSON.parse(answer.text).code]).toEqual([
        403,
        'request.foreign-origin',
      ]);
    }
    const bare = await rawBytes(
      server.port,
      'GET /v1/health HTTP/1.1\r\nconnection: close\r\n\r\n',
    );
    expect(bare).toMatch(/^HTTP\/1\.1 4/);
  });

  it.each([
    [{ origin: 'http://evil.example' }],
    [{ origin: 'null' }],
    [{ origin: 'https://localhost' }],
    [{ origin: 'http://localhost:1' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
  ])('a write with %o writes nothing', async (headers) => {
    const answer = await write(headers as Record<string, string>);
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([403, 'request.foreign-origin']);
    expect(await accountNames()).not.toContain('Stolen');
  });

  it('what a form of another page can send is not read', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/json-ish',
    ]) {
      const answer = await write({ 'content-type': type });
      expect([answer.status, JSON.parse(answer.text).code]).toEqual([
        415,
        'request.unsupported-type',
      ]);
    }
    expect(await accountNames()).not.toContain('Stolen');
  });

  it('our own page and programs that are no browser may write', async () => {
    const own = await write(
      { origin: `http://${host()}`, 'sec-fetch-site': 'same-origin' },
      '{"name":"Page","currency":"EUR"}',
    );
    const program = await write({}, '{"name":"Program","currency":"EUR"}');
    expect([own.status, program.status]).toEqual([201, 201]);
  });
});

describe('what every reply carries', () => {
  it.each(['/v1/health', '/v1/nothing', '/docs', '/docs/problems/internal', '/', '/openapi.json'])(
    '%s forbids scripts of others, frames and guessing of types',
    async (path) => {
      const { headers } = await server.send({ method: 'GET', path });
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  it('a problem repeats the request id and never an internal word', async () => {
    const { headers, json } = await server.send({ method: 'GET', path: '/v1/nothing' });
    expect(json).toMatchObject({
      status: 404,
      code: 'request.not-found',
      type: '/docs/problems/request.not-found',
    });
    expect(json.requestId).toBe(headers.get('x-request-id'));
  });
});

describe('what is not a proper request', () => {
  const json = (body: string) => write({}, body);

  it.each([
    ['{', 400, 'request.unreadable'],
    ['{"__proto__":{"polluted":1},"name":"x","currency":"EUR"}', 400, 'request.unreadable'],
    ['{"constructor":{"prototype":{"polluted":1}}}', 400, 'request.unreadable'],
    ['"text"', 422, 'request.invalid'],
    ['null', 422, 'request.invalid'],
    ['[]', 422, 'request.invalid'],
    ['{"name":"a\\u0000b","currency":"EUR"}', 422, 'request.invalid'],
    ['{"name":"a\\ud800b","currency":"EUR"}', 422, 'request.invalid'],
    ['{"name":"x","currency":"EUR","workspaceId":"theirs"}', 422, 'request.invalid'],
    [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 422, 'request.invalid'],
    [`{"name":"${'x'.repeat(1_100_000)}","currency":"EUR"}`, 413, 'request.too-large'],
  ])('%.60s is refused', async (body, status, code) => {
    const answer = await json(body);
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([status, code]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('says which members are wrong', async () => {
    const answer = await json('{"name":"","currency":"euro"}');
    const { errors } = JSON.parse(answer.text);
    expect(errors.map(({ path }: { path: string }) => path)).toEqual([
      'body.name',
      'body.currency',
    ]);
  });

  it.each([
    ['/v1/transactions?text=a%00b', 400],
    ['/v1/instruments?text=%00', 400],
    ['/v1/transactions/%00/postings', 400],
    ['/v1/holdings?at=2024-02-30', 422],
    ['/v1/transactions?limit=0', 422],
    ['/v1/transactions?cursor=nonsense', 422],
    ['/v1/%', 400],
    ['/v1/transactions?text=%C3%28', 200],
    ['/..%2f..%2fetc/passwd', 404],
    ['/docs/problems/..%2f..%2fREADME', 404],
    ['/docs/problems/constructor', 404],
  ])('GET %s answers %i', async (path, status) => {
    expect((await server.send({ method: 'GET', path })).status).toBe(status);
  });

  it('a workspace header that is no id is refused', async () => {
    const headers = { 'plimsoll-workspace': '../main' };
    const { json: problem } = await server.send({ method: 'GET', path: '/v1/accounts', headers });
    expect(problem).toMatchObject({ status: 422, code: 'request.invalid' });
  });

  it('what is no HTTP gets a problem document and the door', async () => {
    const garbage = await rawBytes(server.port, 'HELO plimsoll\r\n\r\n');
    expect(garbage).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(garbage).toContain('"code":"request.unreadable"');
    const huge = `GET / HTTP/1.1\r\nhost: ${host()}\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`;
    expect(await rawBytes(server.port, huge)).toMatch(/^HTTP\/1\.1 413 /);
    expect((await server.send({ method: 'GET', path: '/v1/health' })).status).toBe(200);
  });
});

describe('a bug', () => {
  it('tells nothing of itself but the request id', async () => {
    const secret = 'SELECT password FROM users';
    const app = await buildServer({
      engine: { ...server.engine, accounts: () => Promise.reject(new TypeError(secret)) },
      marketData: server.marketData,
      logLevel: 'silent',
    });
    const answer = await app.inject({ path: '/v1/accounts', headers: { host: 'localhost:80' } });
    expect(answer.statusCode).toBe(500);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.json()).toMatchObject({ code: 'internal', requestId: expect.any(String) });
    expect(answer.body).not.toMatch(/SELECT|TypeError|\.ts/);
    await app.close();
  });
});

describe('the web page', () => {
  const web = join(data.folder, 'page');
  const page = async () => {
    mkdirSync(join(web, 'assets'), { recursive: true });
    writeFileSync(join(web, 'index.html'), '<!doctype html><title>Plimsoll</title>');
    writeFileSync(join(web, 'assets', 'main-4f2a.js'), 'console.log(1)');
    writeFileSync(join(web, 'assets', 'main-4f2a.js.br'), brotliCompressSync('console.log(1)'));
    return buildServer({
      engine: server.engine,
      marketData: server.marketData,
      logLevel: 'silent',
      webFolder: web,
    });
  };
  const accept = { accept: 'text/html' };
  /** Serves the page for as long as `work` takes. */
  const served = async (work: (origin: string) => Promise<void>) => {
    const app = await page();
    const origin = await app.listen({ host: '127.0.0.1', port: 0 });
    await work(origin);
    app.server.closeAllConnections();
    await app.close();
  };

  it('answers any navigation, and no other address that is not there', () =>
    served(async (origin) => {
      for (const path of ['/', '/holdings', '/transactions?w=demo']) {
        const answer = await fetch(`${origin}${path}`, { headers: accept });
        expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-cache']);
        expect(await answer.text()).toContain('<title>Plimsoll</title>');
      }
      for (const path of ['/v1/nothing', '/docs/nothing', '/openapi.json/x']) {
        expect((await fetch(`${origin}${path}`, { headers: accept })).status).toBe(404);
      }
      expect((await fetch(`${origin}/assets/gone.js`)).status).toBe(404);
    }));

  it('lets hashed files be kept for good, and sends them packed', () =>
    served(async (origin) => {
      const answer = await fetch(`${origin}/assets/main-4f2a.js`, {
        headers: { 'accept-encoding': 'br' },
      });
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(answer.headers.get('content-encoding')).toBe('br');
      expect(await answer.text()).toBe('console.log(1)');
    }));

  it('says so where it has not been built', async () => {
    const { status, text } = await server.send({
      method: 'GET',
      path: '/',
      headers: { accept: 'text/html' },
    });
    expect(status).toBe(200);
    expect(text).toContain('npm start');
  });
});
