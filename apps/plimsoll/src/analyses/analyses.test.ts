import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, temporaryFolder } from '../testing/test-server.ts';

const generated = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'http', 'analyses.gen.json'), 'utf8'),
) as { readonly analyses: readonly { readonly id: string }[] };
const ids = generated.analyses.map(({ id }) => id);

const data = temporaryFolder();
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(data.folder);
  await server.engine.createDemo();
}, 120_000);
afterAll(async () => {
  await server.close();
  data.remove();
});

const post = (path: string, body: unknown) =>
  server.send({
    method: 'POST',
    path: `/v1${path}`,
    body,
    headers: { 'plimsoll-workspace': 'demo' },
  });

describe('every analysis over HTTP', () => {
  it('is listed with what it takes', async () => {
    const { json } = await server.send({ method: 'GET', path: '/v1/analyses' });
    expect(json.items.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(json.items.every(({ input }: { input: object }) => 'properties' in input)).toBe(true);
  });

  it('is in the document of the API', async () => {
    const { json } = await server.send({ method: 'GET', path: '/openapi.json' });
    for (const id of ids) expect(json.paths[`/v1/analyses/${id}`].post.summary).toBeTruthy();
    expect(json.paths['/v1/rebalance'].post.requestBody).toBeTruthy();
  });

  it.each(ids)(
    '%s answers the record with a report, or says what it needs',
    async (id) => {
      const { status, json } = await post(`/analyses/${id}`, {
        portfolio: 'all',
        from: '2025-11-01',
      });
      if (status === 200) expect(json.analysis).toBe(id);
      else {
        expect(status).toBe(422);
        expect(json.code).toBe('analysis.refused');
        expect(json.detail).not.toMatch(/NaN|undefined|\[object/);
      }
    },
    60_000,
  );

  it.each([
    ...['value-at-risk', 'var-backtest', 'risk-report', 'risk-components', 'stress-test'],
    ...['tear-sheet', 'metrics', 'drawdowns', 'sharpe-significance', 'garch'],
    ...['covariance', 'optimise', 'efficient-frontier', 'contribution'],
  ])(
    '%s needs nothing but a portfolio',
    async (id) => {
      const { status, json } = await post(`/analyses/${id}`, { portfolio: 'all' });
      expect([status, json.detail]).toEqual([200, undefined]);
    },
    60_000,
  );

  it('says in one reply everything that is wrong with the values', async () => {
    const { status, json } = await post('/analyses/covariance', { method: 'x', decay: 2 });
    expect(status).toBe(422);
    expect(json).toMatchObject({ code: 'analysis.refused', reason: 'parameters.invalid' });
    expect(json.errors.length).toBeGreaterThan(1);
  });

  it('keeps every reply to the contract', () => {
    expect(server.breaches).toEqual([]);
  });
});

describe('a long computation', () => {
  it('does not hold up other figures', async () => {
    let isDone = false;
    const long = post('/analyses/monte-carlo-risk', { portfolio: 'all', paths: 3_000_000 }).finally(
      () => {
        isDone = true;
      },
    );
    // Until the thread of the pool has its work, nothing could hold anything up.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const quick = await server.send({
      method: 'GET',
      path: '/v1/holdings?portfolio=all',
      headers: { 'plimsoll-workspace': 'demo' },
    });
    expect([quick.status, isDone]).toEqual([200, false]);
    expect((await long).status).toBe(200);
  }, 120_000);
});
