import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession, type Session } from '../cli/session.ts';
import { plimsollOn } from '../testing/run-plimsoll.ts';
import { temporaryFolder } from '../testing/test-server.ts';

const data = temporaryFolder();
const record = join(data.folder, 'record');
const prices = join(data.folder, 'prices');
let session: Session;
beforeAll(async () => {
  session = await openSession(undefined, record);
}, 60_000);
afterAll(async () => {
  await session.close();
  data.remove();
}, 20_000);
const run = (...args: string[]) => plimsollOn(session.engine)(...args);

test('prices are fetched from a provider that is turned on', { timeout: 60_000 }, async () => {
  const csv = join(data.folder, 'a.csv');
  const rows = ['2024-01-02,buy,ACME,10,100,USD', '2024-01-02,buy,XYZ,1,100,EUR'];
  writeFileSync(csv, ['date,type,symbol,quantity,price,currency', ...rows, ''].join('\n'));
  expect((await run('import', csv, '--account', 'Broker')).status).toBe(0);
  mkdirSync(prices);
  writeFileSync(join(prices, 'ACME.csv'), 'date,close\n2024-01-02,100\n2024-01-03,103\n');
  const settings = `providers:\n  csv-folder: { folder: ${JSON.stringify(prices)} }\n`;
  writeFileSync(join(record, 'market-data.yaml'), settings);
  const refreshed = await run('prices', 'refresh');
  expect(refreshed).toMatchObject({ status: 0, out: expect.stringContaining('1 done, 1 failed') });
  expect(refreshed.err).toContain('EURUSD');

  const status = (await run('prices', 'status', '--json')).json();
  const acme = status.prices.find((one: { label: string }) => one.label === 'ACME');
  expect(acme).toMatchObject({ state: 'stale', last: '2024-01-03', source: 'csv-folder' });
  expect((await run('prices', 'link')).out).toMatch(/XYZ .*Needs a symbol/);
  const linked = await run('prices', 'link', 'XYZ', 'csv-folder:ACME');
  expect(linked).toMatchObject({ status: 0, out: expect.stringContaining('csv-folder:ACME') });
  expect((await run('prices', 'backfill', 'XYZ', '--from', '2024-01-03')).status).toBe(0);
  expect((await run('prices', 'quality')).out).toBe('Nothing waits for a decision.');

  const jobs = (await run('jobs', '--json')).json();
  expect(jobs.map(({ kind, state }: { kind: string; state: string }) => [kind, state])).toEqual([
    ['backfill', 'done'],
    ['refresh', 'done'],
  ]);
  expect((await run('jobs', jobs[1].id)).out).toContain('EURUSD: failed');
  expect(await run('jobs', 'cancel', 'none')).toMatchObject({ status: 1 });
});

test.each([
  [['prices', 'quality', 'eat'], 'There is no "prices quality eat"'],
  [['prices', 'quality', 'release', 'x'], 'Say why'],
  [['prices', 'backfill', '--from', 'noon'], 'is not a day'],
  [['prices', 'refresh', '--from', '2024-01-01'], 'goes with "prices backfill"'],
])('%j is refused', async (args, why) => {
  expect(await run(...args)).toMatchObject({ status: 2, err: expect.stringContaining(why) });
});
