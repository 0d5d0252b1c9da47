import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawRequest } from '../testing/raw-request.ts';
import {
  formWith,
  startTestServer,
  type TestServer,
  temporaryFolder,
} from '../testing/test-server.ts';
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

describe('a method that an address does not have', () => {
  it.each([
    ['POST', '/v1/health', 'GET, HEAD'],
    ['DELETE', '/v1/transactions', 'GET, HEAD, POST'],
    ['GET', '/v1/imports/preview', 'POST'],
    ['OPTIONS', '/v1/accounts', 'GET, HEAD, POST'],
    ['GET', '/v1/accounts/01890000-0000-7000-8000-000000000000', 'PATCH'],
    ['PROPFIND', '/v1/holdings?at=2024-01-01', 'GET, HEAD'],
    ['POST', '/openapi.json', 'GET, HEAD'],
    ['PUT', '/docs/problems/internal', 'GET, HEAD'],
  ])('%s %s is told those that it has', async (method, path, allow) => {
    const answer = await server.send({ method, path });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
    expect(answer.json).toMatchObject({ code: 'request.method-not-allowed' });
    expect(answer.json.detail).toContain(allow);
  });

  it('HEAD is told so without a body', async () => {
    const answer = await rawRequest(server.port, {
      method: 'HEAD',
      path: '/v1/imports/preview',
      headers: { host: `localhost:${server.port}` },
    });
    expect([answer.status, answer.headers['allow'], answer.text]).toEqual([405, 'POST', '']);
  });

  it('is told before the body is looked at', async () => {
    const answer = await rawRequest(server.port, {
      method: 'PUT',
      path: '/v1/health',
      headers: { host: `localhost:${server.port}`, 'content-type': 'application/json' },
      body: '{',
    });
    expect(answer.status).toBe(405);
  });

  it('is told only to whom the server is there for', async () => {
    const headers = { host: `localhost:${server.port}` };
    const sent = (more: Record<string, string>) =>
      rawRequest(server.port, {
        method: 'DELETE',
        path: '/v1/health',
        headers: { ...headers, ...more },
      });
    for (const foreign of [{ host: 'evil.example' }, { origin: 'http://evil.example' }]) {
      const answer = await sent(foreign);
      expect([answer.status, answer.headers['allow']]).toEqual([403, undefined]);
    }
  });

  it.each([
    ['GET', '/v1/nothing'],
    ['POST', '/v1/nothing'],
    ['POST', '/v1/accounts/'],
    ['POST', '/v1/transactions//postings'],
    ['DELETE', '/holdings'],
  ])('%s %s, where there is nothing, is still not found', async (method, path) => {
    const answer = await server.send({ method, path });
    expect([answer.status, answer.headers.get('allow')]).toEqual([404, null]);
    expect(answer.json.code).toBe('request.not-found');
  });

  it('is told where the web page is served as well', async () => {
    const web = join(data.folder, 'page');
    mkdirSync(web);
    writeFileSync(join(web, 'index.html'), '<!doctype html><title>Plimsoll</title>');
    const app = await buildServer({
      engine: server.engine,
      marketData: server.marketData,
      logLevel: 'silent',
      webFolder: web,
    });
    const ask = (method: 'GET' | 'DELETE', url: string) =>
      app.inject({ method, url, headers: { host: 'localhost:80', accept: 'text/html' } });
    const wrong = await ask('GET', '/v1/imports/preview');
    expect([wrong.statusCode, wrong.headers['allow']]).toEqual([405, 'POST']);
    expect((await ask('GET', '/holdings')).statusCode).toBe(200);
    expect((await ask('DELETE', '/holdings')).statusCode).toBe(404);
    await app.close();
  });
});

describe('a body of a type that is not taken', () => {
  const write = (path: string, type: string | undefined, body: string) =>
    rawRequest(server.port, {
      method: 'POST',
      path,
      headers: {
        host: `localhost:${server.port}`,
        'idempotency-key': crypto.randomUUID(),
        ...(type === undefined ? {} : { 'content-type': type }),
      },
      body,
    });
  const account = '{"name":"Typed","currency":"EUR"}';

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json-ish',
    'application/xml',
    'nonsense',
    undefined,
  ])('%s is refused where JSON is', async (type) => {
    const answer = await write('/v1/accounts', type, account);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([
      415,
      'request.unsupported-type',
    ]);
    expect(JSON.parse(answer.text).detail).toContain('application/json');
  });

  it('a form is refused where JSON is, and JSON where a form is', async () => {
    const form = formWith({ 'a.csv': 'date' }, {});
    const asForm = await server.send({ method: 'POST', path: '/v1/accounts', form });
    expect(asForm.json).toMatchObject({ status: 415, code: 'request.unsupported-type' });
    const asJson = await server.send({ method: 'POST', path: '/v1/imports', body: {} });
    expect(asJson.json).toMatchObject({ status: 415, code: 'request.unsupported-type' });
    expect(asJson.json.detail).toContain('multipart/form-data');
  });

  it('a parameter of the type is no other type', async () => {
    const answer = await write('/v1/accounts', 'Application/JSON; charset=utf-8', account);
    expect(answer.status).toBe(201);
  });
});
