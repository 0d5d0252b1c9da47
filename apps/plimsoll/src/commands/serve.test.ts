import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plimsoll, startPlimsoll } from '../testing/run-plimsoll.ts';
import { temporaryFolder } from '../testing/test-server.ts';

const data = temporaryFolder();
const record = join(data.folder, 'record');
const start = () => startPlimsoll(['serve', '--port', '0', '--data', record, '--json']);
let server: ReturnType<typeof start>;
let address = '';

beforeAll(async () => {
  server = start();
  const said = await server.said(/\}\s*$/);
  address = JSON.parse(said).address;
}, 60_000);
afterAll(async () => {
  server.child.kill('SIGTERM');
  await server.ended;
  data.remove();
}, 20_000);

test('it answers at the address that it prints', async () => {
  expect(address).toMatch(/^http:\/\/localhost:\d+$/);
  const health = await (await fetch(`${address}/v1/health`)).json();
  expect(health).toMatchObject({ status: 'ok', store: { durable: true } });
});

test('commands on its folder go through it, whatever they do', async () => {
  const csv = join(data.folder, 'a.csv');
  writeFileSync(
    csv,
    'date,type,symbol,quantity,price,amount,fee,tax,currency,account,note\n2024-01-02,buy,ACME,10,100,1000,,,EUR,,\n',
  );
  const prices = join(data.folder, 'ACME.csv');
  writeFileSync(prices, 'date,close\n2024-01-02,101\n2024-01-03,102\n');
  const run = (...args: string[]) => plimsoll(record, ...args, '--json');
  const taken = await run('import', csv, '--account', 'Broker', '--currency', 'EUR');
  expect([taken.err, taken.json()]).toEqual([
    '',
    expect.objectContaining({ added: 1, skipped: 0, refused: [] }),
  ]);
  expect((await run('prices', 'import', prices, '--currency', 'EUR')).json()).toMatchObject({
    added: 2,
  });
  expect((await run('prices', 'set', 'ACME', '2024-01-04', '103')).json()).toMatchObject({
    added: 1,
  });
  expect(
    (
      await run(
        'add',
        'buy',
        '--account',
        'Broker',
        '--date',
        '2024-01-03',
        '--instrument',
        'NEW',
        '--quantity',
        '1',
        '--price',
        '5',
        '--currency',
        'EUR',
      )
    ).status,
  ).toBe(0);
  expect((await run('holdings', '--at', '2024-01-04', '--lots')).json()).toMatchObject([
    { instrument: 'ACME', price: '103', gain: '30', lots: [{ quantity: '10' }] },
    { instrument: 'NEW' },
  ]);
  expect((await run('performance', '--to', '2024-01-04')).json()).toMatchObject({ gain: '30' });
  expect((await run('explain', 'gain', '--to', '2024-01-04')).json()).toMatchObject({
    value: '30',
  });
  expect((await run('transactions', '--reversed')).json().total).toBe(2);
  expect((await run('imports')).json()).toHaveLength(1);
  expect((await run('verify')).json().findings).toEqual([]);
  expect((await run('export')).json().csv).toMatch(/^date,type/);
  const refused = await run(
    'add',
    'sell',
    '--account',
    'Broker',
    '--date',
    '2024-01-04',
    '--instrument',
    'NEW',
    '--quantity',
    '2',
    '--price',
    '5',
  );
  expect(refused).toMatchObject({ status: 1, err: expect.stringMatching(/^ledger\.not-held: /) });
  const bad = join(data.folder, 'bad.csv');
  writeFileSync(
    bad,
    'date,type,symbol,quantity,price,amount,fee,tax,currency,account,note\n2024-01-02,buy,ACME,ten,100,1000,,,EUR,,\n',
  );
  const half = await run('import', bad, '--account', 'Broker');
  expect([half.status, half.json()]).toEqual([
    1,
    expect.objectContaining({ added: 0, refused: [expect.objectContaining({ line: 2 })] }),
  ]);
}, 30_000);

test('a second server on its folder is refused and says who has it', async () => {
  const second = startPlimsoll(['serve', '--port', '0', '--data', record]);
  const { status, err } = await second.ended;
  expect([status, err]).toEqual([
    1,
    expect.stringMatching(new RegExp(`^store\\.locked: .*process ${server.child.pid} `)),
  ]);
}, 20_000);

test('a server that is not there is told apart from one that refuses', async () => {
  const gone = await plimsoll(record, 'accounts', '--server', 'http://localhost:1');
  expect(gone).toMatchObject({ status: 1, err: expect.stringMatching(/^server\.unreachable: /) });
});

test('a reader that stops reading ends a command without a word', async () => {
  const command = startPlimsoll(['export', '--server', address]);
  command.child.stdout?.destroy();
  const { err } = await command.ended;
  expect(err).toBe('');
}, 20_000);

test('asked to end, it answers what it was asked, closes the record and exits 0', async () => {
  const slow = fetch(`${address}/v1/demo`, { method: 'POST' });
  await new Promise((done) => setTimeout(done, 50));
  const asked = performance.now();
  server.child.kill('SIGTERM');
  const { status } = await server.ended;
  expect(status).toBe(0);
  expect(performance.now() - asked).toBeLessThan(10_000);
  expect([200, 503]).toContain((await slow).status);
  const after = await plimsoll(record, 'holdings', '--at', '2024-01-04', '--json');
  expect(after.json()).toHaveLength(2);
}, 30_000);
