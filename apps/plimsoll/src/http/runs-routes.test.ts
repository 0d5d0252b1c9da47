import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { addDays, seededRandom } from '@plimsoll/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpEngine } from '../cli/http-engine.ts';
import { plimsoll, plimsollOn } from '../testing/run-plimsoll.ts';
import {
  formWith,
  startTestServer,
  type TestServer,
  temporaryFolder,
} from '../testing/test-server.ts';

const data = temporaryFolder();
const files = join(data.folder, 'files');
let server: TestServer;

/** A year of days with chance in them, as CSV. */
function pricesCsv(): string {
  const random = seededRandom(7);
  let close = 100;
  const rows = ['date,open,high,low,close,volume'];
  for (let day = '2023-01-02'; day < '2024-01-01'; day = addDays(day, 1)) {
    const open = close;
    close *= 1 + 0.04 * (random.next() - 0.48);
    const [high, low] = [Math.max(open, close) * 1.01, Math.min(open, close) * 0.99];
    rows.push([day, ...[open, high, low, close].map((x) => x.toFixed(4)), 1e6].join(','));
  }
  return `${rows.join('\n')}\n`;
}

const yaml = `strategy: sma-cross
universe: [ACME]
params:
  fast: 3
  slow: 12
commission: { kind: bps, bps: 5 }
`;

beforeAll(async () => {
  server = await startTestServer(data.folder);
  mkdirSync(files);
  writeFileSync(join(files, 'run.yaml'), yaml);
  const form = formWith({ 'ACME.csv': pricesCsv() }, { currency: 'USD' });
  const loaded = await server.send({ method: 'POST', path: '/v1/prices/files', form });
  expect(loaded.status).toBe(200);
}, 60_000);
afterAll(async () => {
  await server.close();
  data.remove();
}, 20_000);

const get = (path: string, headers = {}) =>
  server.send({ method: 'GET', path: `/v1${path}`, headers });
const post = (path: string, body?: unknown, key?: string) =>
  server.send({ method: 'POST', path: `/v1${path}`, body, ...(key ? { key } : {}) });

const config = { strategy: 'sma-cross', universe: ['ACME'], params: { fast: 5, slow: 20 } };

async function ended(id: string) {
  for (;;) {
    const { json } = await get(`/runs/${id}`);
    if (json.endedAt !== null) return json;
    await pause(20);
  }
}

describe('runs over HTTP', { timeout: 60_000 }, () => {
  it('are asked for once a key, and answered at once with where to look', async () => {
    const first = await post('/runs', { config }, 'same');
    expect(first).toMatchObject({ status: 202, json: { kind: 'backtest' } });
    expect(first.headers.get('location')).toBe(`/v1/runs/${first.json.id}`);
    const again = await post('/runs', { config }, 'same');
    expect(again.json).toEqual(first.json);
    const run = await ended(first.json.id);
    expect(run).toMatchObject({ state: 'finished', error: '', tries: 1 });
    expect((await get('/runs?state=finished&limit=5')).json.items).toHaveLength(1);
    const download = await get(`/runs/${run.id}/artifacts/trades.csv`);
    expect(download.status).toBe(200);
    expect(download.headers.get('content-disposition')).toBe('attachment; filename="trades.csv"');
    expect(download.text.trim().split('\n')).toHaveLength(1 + run.figures.trades);
    for (const name of ['no.csv', '..%2fresult.json', '%2e%2e', 'RESULT.JSON']) {
      expect((await get(`/runs/${run.id}/artifacts/${name}`)).status).toBeGreaterThanOrEqual(404);
    }
  });

  it('are refused with the path of every mistake', async () => {
    const bad = { ...config, cash: -5, params: { fast: 'x' }, colour: 'red' };
    const refused = await post('/runs', { config: bad });
    expect(refused).toMatchObject({ status: 422, json: { code: 'run.refused' } });
    const paths = refused.json.errors.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(['colour', 'cash']);
    const params = await post('/runs', { config: { ...config, params: { fast: 'x', no: 1 } } });
    expect(params.json.errors).toMatchObject([{ path: 'params.no' }, { path: 'params.fast' }]);
    const odd = await post('/runs', { config, colour: 1 });
    expect(odd).toMatchObject({ status: 422, json: { code: 'request.invalid' } });
  });

  it('of another workspace are not there', async () => {
    await post('/workspaces', { id: 'other', name: 'Other' });
    const { json } = await post('/runs', { config });
    await ended(json.id);
    const other = { 'plimsoll-workspace': 'other' };
    expect(await get(`/runs/${json.id}`, other)).toMatchObject({ status: 404 });
    const name = `/runs/${json.id}/artifacts/result.json`;
    expect(await get(name, other)).toMatchObject({ json: { code: 'run.unknown' } });
    const path = `/v1/runs/${json.id}`;
    const removed = await server.send({ method: 'DELETE', path, headers: other });
    expect(removed.status).toBe(404);
    expect((await get('/runs', other)).json.items).toEqual([]);
  });

  it('are repeated, compared and removed', async () => {
    const first = await ended((await post('/runs', { config })).json.id);
    const again = await post(`/runs/${first.id}/rerun`);
    expect(again.status).toBe(202);
    const repeated = await ended(again.json.id);
    expect(repeated.summary.rerun).toEqual({ of: first.id, identical: true, differs: [] });
    const compared = await get(`/runs/compare?ids=${first.id},${repeated.id}`);
    expect(compared).toMatchObject({ status: 200, json: { differences: [] } });
    const path = `/v1/runs/${first.id}`;
    expect((await server.send({ method: 'DELETE', path })).status).toBe(204);
    expect((await get(`/runs/${first.id}`)).status).toBe(404);
    expect(await post(`/runs/${repeated.id}/retry`)).toMatchObject({ status: 409 });
    expect(await post(`/runs/${repeated.id}/cancel`)).toMatchObject({ status: 200 });
  });

  it('name the strategies that there are', async () => {
    const { json } = await get('/strategies');
    const ids = json.strategies.map(({ id }: { id: string }) => id);
    expect(ids).toContain('sma-cross');
    const one = await get('/strategies/sma-cross');
    expect(one.json.params.fast).toMatchObject({ kind: 'integer', default: 50 });
    expect(await get('/strategies/no-such')).toMatchObject({ json: { code: 'strategy.unknown' } });
  });
});

describe('the commands, through a server', { timeout: 60_000 }, () => {
  const run = (...args: string[]) => plimsollOn(httpEngine(server.origin))(...args);
  const file = join(files, 'run.yaml');

  it('run a file and say how far to trust it', async () => {
    const done = await run('backtest', file);
    expect(done).toMatchObject({ status: 0 });
    expect(done.out).toMatch(/after costs/);
    expect(done.out).toContain('Sharpe ratio');
    expect(done.out).toContain('How far to trust it');
    const shown = (await run('backtest', file, '--param', 'fast=4', '--json')).json();
    expect(shown).toMatchObject({ state: 'finished', config: { params: { fast: 4, slow: 12 } } });
    const listed = await run('runs', '--json', '--limit', '1');
    expect(listed.json().items[0].id).toBe(shown.id);
    const target = join(files, 'out');
    expect((await run('runs', 'export', shown.id, target)).status).toBe(0);
    const result = JSON.parse(readFileSync(join(target, 'result.json'), 'utf8'));
    expect(result.id).toBe(shown.id);
    expect(existsSync(join(target, 'equity.parquet'))).toBe(true);
    const again = await run('runs', 'rerun', shown.id);
    expect(again.out).toContain(`Identical to the run ${shown.id}, to the bit.`);
    const other = (await run('backtest', file, '--json')).json();
    const compared = await run('runs', 'compare', shown.id, other.id);
    expect(compared.out).toContain('params.fast');
    expect((await run('runs', 'remove', shown.id)).status).toBe(0);
    expect((await run('runs', 'show', shown.id)).err).toContain('run.unknown');
  });

  it('name the line of a mistake that only the strategy knows', async () => {
    const bad = join(files, 'bad.yaml');
    writeFileSync(bad, yaml.replace('slow: 12', 'slwo: 12'));
    const refused = await run('backtest', bad);
    expect(refused.status).toBe(1);
    expect(refused.err).toContain('bad.yaml:5:3: params.slwo is not asked for');
    expect(refused.err).toContain('Did you mean slow?');
    expect(await run('sweep', file)).toMatchObject({ status: 1 });
    expect(await run('backtest', file, '--param', 'fast')).toMatchObject({ status: 2 });
    expect(await run('backtest')).toMatchObject({ status: 2 });
    expect(await run('runs', 'eat')).toMatchObject({ status: 2 });
  });

  it('say what a strategy takes', async () => {
    const shown = await run('strategies', 'sma-cross');
    expect(shown.out).toMatch(/fast +Fast average +integer, bars +50 +≥ 1, ≤ 1000/);
    expect((await run('strategies')).out).toContain('sma-cross');
    expect(await run('strategies', 'no-such')).toMatchObject({ status: 1 });
  });

  it('begin a strategy of the user’s own, which runs through the server', async () => {
    const made = await run('strategies', 'new', 'my-trend', '--data', data.folder);
    expect(made).toMatchObject({ status: 0 });
    expect((await run('strategies')).out).toContain('my-trend');
    const own = join(files, 'own.yaml');
    writeFileSync(own, 'strategy: ./my-trend.ts\nuniverse: [ACME]\n');
    const done = (await run('backtest', own, '--json')).json();
    expect(done).toMatchObject({ state: 'finished', strategyHash: expect.any(String) });
    expect(done.artifacts.map(({ name }: { name: string }) => name)).toContain('report.html');
  });
});

describe('the commands, without any record', { timeout: 60_000 }, () => {
  const run = (...args: string[]) =>
    plimsoll(join(data.folder, 'never'), ...args, '--prices', join(files, 'prices'));

  it('run a file on files of prices, and keep what is asked for', async () => {
    mkdirSync(join(files, 'prices'));
    writeFileSync(join(files, 'prices', 'ACME.csv'), pricesCsv());
    const [report, out] = [join(files, 'report.html'), join(files, 'kept')];
    const file = join(files, 'run.yaml');
    const done = await run('backtest', file, '--report', report, '--out', out, '--json');
    expect([done.status, done.json().state]).toEqual([0, 'finished']);
    expect(readFileSync(report, 'utf8')).toMatch(/^<!doctype html>/);
    expect(existsSync(join(out, 'trades.csv'))).toBe(true);
    expect(existsSync(join(data.folder, 'never'))).toBe(false);
    const again = await run('backtest', file, '--json');
    expect(again.json().resultHash).toBe(done.json().resultHash);
    const search = join(files, 'search.yaml');
    const tried = 'sweep: { parameters: { fast: { from: 2, to: 4 } } }';
    const windows = 'walkForward: { inSample: 120, outOfSample: 60 }';
    writeFileSync(search, `${yaml.replace('  fast: 3\n', '')}${tried}\n${windows}\n`);
    expect((await run('sweep', search)).out).toContain('3 sets tried');
    expect((await run('walk-forward', search)).out).toContain('Out of sample from 2023-');
    const other = join(files, 'other.yaml');
    writeFileSync(other, yaml.replace('ACME', 'NOSUCH'));
    expect((await run('backtest', other)).err).toContain('There is no file with prices of NOSUCH');
  });
});
