import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { addDays, seededRandom } from '@plimsoll/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpEngine } from '../cli/http-engine.ts';
import { plimsollOn } from '../testing/run-plimsoll.ts';
import {
  formWith,
  startTestServer,
  type TestServer,
  temporaryFolder,
} from '../testing/test-server.ts';

const data = temporaryFolder();
const files = join(data.folder, 'files');
let server: TestServer;

/** Two years of days with chance in them, as CSV. */
function pricesCsv(): string {
  const random = seededRandom(11);
  let close = 100;
  const rows = ['date,open,high,low,close,volume'];
  for (let day = '2022-01-03'; day < '2024-01-01'; day = addDays(day, 1)) {
    const open = close;
    close *= 1 + 0.04 * (random.next() - 0.48);
    const [high, low] = [Math.max(open, close) * 1.01, Math.min(open, close) * 0.99];
    rows.push([day, ...[open, high, low, close].map((x) => x.toFixed(4)), 1e6].join(','));
  }
  return `${rows.join('\n')}\n`;
}

const training = `title: Whether three days rise
universe: [ACME]
to: 2022-12-31
training:
  name: rises
  label: { kind: fixed-horizon, bars: 3 }
  features:
    - { name: week, of: { kind: return, bars: 5 } }
    - { name: rsi, of: { kind: indicator, id: rsi, params: { period: 14 } } }
  validation: { folds: 3, embargo: 3 }
`;

const following = `strategy: model-signal
model: rises
params: { long: 0.5 }
universe: [ACME]
from: 2023-01-01
commission: { kind: bps, bps: 5 }
`;

beforeAll(async () => {
  server = await startTestServer(data.folder);
  mkdirSync(files);
  writeFileSync(join(files, 'train.yaml'), training);
  writeFileSync(join(files, 'follow.yaml'), following);
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
const post = (path: string, body?: unknown) =>
  server.send({ method: 'POST', path: `/v1${path}`, body });

/** Commands of somebody who works with the server. */
const command = (...args: readonly string[]) => plimsollOn(httpEngine(server.origin))(...args);

describe('models, from a file to a verdict', { timeout: 60_000 }, () => {
  it('are trained by a command, kept, and followed on later days', async () => {
    const trained = await command('train', join(files, 'train.yaml'));
    expect([trained.status, trained.err]).toEqual([0, expect.stringMatching(/^Run /)]);
    expect(trained.out).toMatch(/^Whether three days rise\n.*has learnt from \d+ rows/);
    expect(trained.out).toMatch(/shuffled labels/);
    const listed = await command('models', '--json');
    expect(listed.json()).toMatchObject([{ id: 'rises@1', stage: 'candidate', tries: 1 }]);
    expect((await command('models', 'show', 'rises')).out).toMatch(/Features: week, rsi/);
    const followed = await command('backtest', join(files, 'follow.yaml'));
    expect(followed.status).toBe(0);
    expect(followed.out).toMatch(/rises@1 knows nothing after 2022-12-3\d/);
    expect(followed.out).not.toMatch(/IN SAMPLE/);
  });

  it('have a page, drift, and an owner who accepts and retires them', async () => {
    const page = join(files, 'card.html');
    expect((await command('models', 'card', 'rises@1', page)).status).toBe(0);
    expect(existsSync(page)).toBe(true);
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('Whether three days rise, version 1');
    expect(html).toContain('How to make it again');
    expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
    const drift = await command('models', 'drift', 'rises');
    expect([drift.status, drift.out]).toEqual([0, expect.stringMatching(/^rises@1: /)]);
    expect(drift.out).toMatch(/Performance, log-loss/);
    expect((await command('models', 'accept', 'rises')).status).not.toBe(0);
    expect((await command('models', 'accept', 'rises', '--why', 'It held.')).out).toBe(
      'rises@1 is accepted.',
    );
    expect((await get('/models?stage=accepted')).json.items).toHaveLength(1);
    expect((await get('/models/rises%401')).json.stages).toMatchObject([{ why: 'It held.' }]);
    expect((await command('models', 'retire', 'rises', '--why', 'To end.')).status).toBe(0);
    const refused = await command('backtest', join(files, 'follow.yaml'));
    expect(refused.status).not.toBe(0);
    expect(refused.err).toMatch(/follow\.yaml:2:8: .*rises/);
  });

  it('are trained over HTTP, and the page is a file', async () => {
    const config = {
      universe: ['ACME'],
      to: '2022-12-31',
      training: { name: 'posted', features: [{ name: 'day', of: { kind: 'return', bars: 1 } }] },
    };
    const asked = await post('/runs', { kind: 'training', config });
    expect(asked).toMatchObject({ status: 202, json: { kind: 'training' } });
    for (;;) {
      const { json } = await get(`/runs/${asked.json.id}`);
      if (json.endedAt === null) {
        await pause(20);
        continue;
      }
      expect([json.state, json.error]).toEqual(['finished', '']);
      const names = json.artifacts.map(({ name }: { name: string }) => name);
      expect(names).toEqual([
        'card.html',
        'card.json',
        'features.json',
        'model.json',
        'result.json',
      ]);
      break;
    }
    const card = await get('/models/posted/card');
    expect(card.status).toBe(200);
    expect(card.headers.get('content-type')).toMatch(/^text\/html/);
    expect(card.headers.get('content-disposition')).toBe('attachment; filename="posted-1.html"');
    const wrong = await post('/models/posted/stage', { stage: 'loved', why: 'x' });
    expect(wrong).toMatchObject({ status: 422, json: { code: 'request.invalid' } });
    const form = formWith({ 'model.onnx': 'none' }, { name: 'file' });
    const brought = await server.send({ method: 'POST', path: '/v1/models', form });
    expect(brought).toMatchObject({ status: 422, json: { code: 'model.refused' } });
  });

  it('of another workspace are not there', async () => {
    await post('/workspaces', { id: 'other', name: 'Other' });
    const other = { 'plimsoll-workspace': 'other' };
    for (const path of ['/models/posted', '/models/posted/card', '/models/posted/drift']) {
      const answer = await get(path, other);
      expect([path, answer.status, answer.json.code]).toEqual([path, 404, 'model.unknown']);
    }
    expect((await get('/models', other)).json.items).toEqual([]);
    const body = { stage: 'retired', why: 'x' };
    const path = '/v1/models/posted/stage';
    const changed = await server.send({ method: 'POST', path, body, headers: other });
    expect(changed.status).toBe(404);
  });

  it('answer as their contracts say', () => {
    expect(server.breaches).toEqual([]);
  });
});
