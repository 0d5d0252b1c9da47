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

const get = (path: string) => server.send({ method: 'GET', path: `/v1${path}` });
const prices =
  'symbol,date,close\nAAPL,2024-01-02,185.64\nAAPL,2024-01-03,184.25\nAAPL,someday,1\n';

test('files are previewed, loaded, and their refused rows taken away', async () => {
  const form = () => formWith({ 'p.csv': prices }, { currency: 'USD' });
  const preview = await server.send({
    method: 'POST',
    path: '/v1/etl/preview',
    form: form(),
    key: null,
  });
  expect(preview).toMatchObject({ status: 200, json: { written: false, added: 2, refused: 1 } });
  expect((await get('/prices/coverage')).json.items).toEqual([]);
  const loaded = await server.send({ method: 'POST', path: '/v1/etl', form: form(), key: 'once' });
  expect(loaded.json).toMatchObject({ written: true, added: 2, refused: 1 });
  const again = await server.send({ method: 'POST', path: '/v1/etl', form: form(), key: 'once' });
  expect(again.json).toEqual(loaded.json);
  const { runId } = loaded.json;
  const refused = await get(`/etl/runs/${runId}/refused`);
  expect(refused.text).toContain('"p.csv",4,');
  expect((await get('/etl/runs')).json.items).toMatchObject([{ id: runId, kind: 'prices' }]);
  expect((await get('/etl/runs/none')).json).toMatchObject({ status: 404, code: 'etl.unknown' });
  const page = formWith({ 'a.csv': '<html></html>' }, {});
  const nothing = await server.send({ method: 'POST', path: '/v1/etl', form: page });
  expect(nothing.json).toMatchObject({ status: 422, code: 'etl.refused' });
});

test('what a text names, what a fund holds and what a portfolio is exposed to are shown', async () => {
  const body = { kind: 'etf', name: 'World', symbol: 'WRLD', mic: 'XETR', currency: 'EUR' };
  const made = await server.send({ method: 'POST', path: '/v1/instruments', body });
  const { id } = made.json;
  const found = await get('/instruments/search?text=WRLD%40XETR');
  expect(found.json.matches).toMatchObject([{ id, matchedBy: 'symbol and venue' }]);
  expect((await get('/instruments/search?text=WRLD&online=true')).json.notes).toHaveLength(1);
  const named = await server.send({
    method: 'POST',
    path: `/v1/instruments/${id}/names`,
    body: { symbol: 'OLDW', mic: 'XETR', until: '2020-01-01' },
  });
  expect(named).toMatchObject({ status: 201, json: { items: [{ symbol: 'OLDW' }] } });
  const former = await get('/instruments/search?text=OLDW&on=2019-06-01');
  expect(former.json.matches).toMatchObject([{ id }]);
  const constituents = [{ label: 'Apple', weight: '0.5', sector: 'Technology' }];
  await server.send({
    method: 'PUT',
    path: `/v1/instruments/${id}/constituents`,
    body: { asOf: '2024-01-31', constituents },
  });
  expect((await get(`/instruments/${id}/constituents?on=2024-02-01`)).json).toMatchObject({
    covered: '0.5',
    constituents: [{ sector: 'Information Technology' }],
  });
  expect((await get(`/instruments/${id}/constituents?on=2024-01-30`)).json.asOf).toBeNull();
  const account = { name: 'Broker', currency: 'EUR' };
  await server.send({ method: 'POST', path: '/v1/accounts', body: account });
  expect((await get('/exposure?by=sector&lookThrough=true')).json).toMatchObject({
    rows: [],
    total: '0',
  });
  expect((await get('/exposure?by=colour')).status).toBe(422);
  expect((await get(`/fundamentals?instrument=${id}&knownAt=2024-01-01`)).json.items).toEqual([]);
  expect((await get('/fundamentals?instrument=none')).status).toBe(404);
  const members = formWith({ 'sp500.csv': 'ticker,start_date,end_date\nA,2000-06-05,\n' }, {});
  await server.send({ method: 'POST', path: '/v1/etl', form: members });
  expect((await get('/indices')).json.items).toEqual(['^GSPC']);
  const on = await get('/indices/members?index=%5EGSPC&on=2001-01-01');
  expect(on.json.items).toMatchObject([{ symbol: 'A' }]);
  expect(server.breaches).toEqual([]);
});
