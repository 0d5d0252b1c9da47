import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  formWith,
  startTestServer,
  type TestServer,
  temporaryFolder,
} from '../testing/test-server.ts';

const data = temporaryFolder();
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(data.folder);
}, 60_000);
afterAll(async () => {
  await server.close();
  data.remove();
});

const addAccount = (name: string, key: string | null) =>
  server.send({ method: 'POST', path: '/v1/accounts', body: { name, currency: 'EUR' }, key });
const named = async (name: string) => {
  const { json } = await server.send({ method: 'GET', path: '/v1/accounts' });
  return json.items.filter((one: { name: string }) => one.name === name);
};

test.each([
  ['POST', '/v1/workspaces', { id: 'x', name: 'x' }],
  ['POST', '/v1/accounts', { name: 'x', currency: 'EUR' }],
  ['PATCH', '/v1/accounts/x', {}],
  ['POST', '/v1/portfolios', {}],
  ['PUT', '/v1/portfolios/x', {}],
  ['DELETE', '/v1/portfolios/x', undefined],
  ['POST', '/v1/instruments', {}],
  ['PATCH', '/v1/instruments/x', {}],
  ['POST', '/v1/transactions', {}],
  ['POST', '/v1/transactions/x/reversal', {}],
  ['POST', '/v1/imports', undefined],
  ['POST', '/v1/imports/x/undo', undefined],
  ['PUT', '/v1/mappings', {}],
  ['POST', '/v1/prices', {}],
  ['POST', '/v1/prices/files', undefined],
])('%s %s needs a key', async (method, path, body) => {
  const { json } = await server.send({ method, path, body, key: null });
  expect(json).toMatchObject({ status: 400, code: 'idempotency.key-missing' });
});

test.each(['', 'with space', 'x'.repeat(201)])('"%.20s" is no key', async (key) => {
  const { json } = await server.send({
    method: 'POST',
    path: '/v1/accounts',
    body: { name: 'x', currency: 'EUR' },
    key: null,
    headers: { 'idempotency-key': key },
  });
  expect(json.code).toBe('idempotency.key-missing');
});

test('the same request again gets the same answer, marked, and is carried out once', async () => {
  const key = randomUUID();
  const first = await addAccount('Once', key);
  const second = await addAccount('Once', key);
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.text).toBe(first.text);
  expect(first.headers.get('idempotency-replayed')).toBeNull();
  expect(second.headers.get('idempotency-replayed')).toBe('true');
  expect(await named('Once')).toHaveLength(1);
});

test('another request under the same key is refused and not carried out', async () => {
  const key = randomUUID();
  await addAccount('Mine', key);
  const other = await addAccount('Not mine', key);
  expect(other.json).toMatchObject({ status: 422, code: 'idempotency.key-reused' });
  expect(await named('Not mine')).toEqual([]);
});

test('a refused request may be mended under the same key', async () => {
  const key = randomUUID();
  const body = { instrumentId: 'nothing', prices: [{ day: '2024-01-02', close: '1' }] };
  const refused = await server.send({ method: 'POST', path: '/v1/prices', body, key });
  expect(refused.json.code).toBe('instrument.unknown');
  const again = await server.send({ method: 'POST', path: '/v1/prices', body, key });
  expect(again.json.code).toBe('instrument.unknown');
});

test('twenty at the same time make one', async () => {
  const key = randomUUID();
  const answers = await Promise.all(Array.from({ length: 20 }, () => addAccount('Crowd', key)));
  const made = answers.filter(({ status }) => status === 201);
  const waiting = answers.filter(({ status }) => status === 409);
  expect(made.length).toBeGreaterThanOrEqual(1);
  expect(made.length + waiting.length).toBe(20);
  expect(new Set(made.map(({ text }) => text)).size).toBe(1);
  for (const { json, headers } of waiting) {
    expect(json).toMatchObject({ code: 'idempotency.in-progress', retryable: true });
    expect(headers.get('retry-after')).toBe('1');
  }
  expect(await named('Crowd')).toHaveLength(1);
});

test('a write whose answer was lost is there once after it was sent again', async () => {
  const key = randomUUID();
  const body = JSON.stringify({ name: 'Lost', currency: 'EUR' });
  await new Promise<void>((done, failed) => {
    const socket = connect(server.port, '127.0.0.1', () => {
      const head = [
        'POST /v1/accounts HTTP/1.1',
        `host: localhost:${server.port}`,
        'content-type: application/json',
        `content-length: ${body.length}`,
        `idempotency-key: ${key}`,
      ];
      // The whole request goes out, and nobody is there any more for the answer.
      socket.write(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
    });
    socket.on('close', () => done());
    socket.on('error', failed);
  });
  await expect.poll(() => named('Lost')).toHaveLength(1);
  const again = await addAccount('Lost', key);
  expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
  expect(await named('Lost')).toHaveLength(1);
});

test('uploads are told apart by their content', async () => {
  const key = randomUUID();
  const head = 'date,type,symbol,quantity,price,amount,fee,tax,currency,account,note\n';
  const upload = (day: string) =>
    server.send({
      method: 'POST',
      path: '/v1/imports',
      form: formWith(
        { 'a.csv': `${head}${day},buy,ACME,1,1,1,,,EUR,,\n` },
        { account: 'Uploads', currency: 'EUR' },
      ),
      key,
    });
  const first = await upload('2024-01-02');
  const again = await upload('2024-01-02');
  expect([first.status, again.status]).toEqual([201, 201]);
  expect([again.text, again.headers.get('idempotency-replayed')]).toEqual([first.text, 'true']);
  expect((await upload('2024-01-03')).json.code).toBe('idempotency.key-reused');
});

test('a workspace is made once, and a key of another request is told', async () => {
  const key = randomUUID();
  const make = (id: string) =>
    server.send({ method: 'POST', path: '/v1/workspaces', body: { id, name: id }, key });
  const first = await make('second');
  const again = await make('second');
  expect([again.status, again.text]).toEqual([201, first.text]);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect((await make('third')).json.code).toBe('idempotency.key-reused');
});

test('the answer outlives a restart', async () => {
  const key = randomUUID();
  const first = await addAccount('Restarted', key);
  await server.close();
  server = await startTestServer(data.folder);
  const again = await addAccount('Restarted', key);
  expect([again.status, again.text]).toEqual([201, first.text]);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect(await named('Restarted')).toHaveLength(1);
}, 30_000);
