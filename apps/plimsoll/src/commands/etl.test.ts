import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession, type Session } from '../cli/session.ts';
import { plimsollOn } from '../testing/run-plimsoll.ts';
import { temporaryFolder } from '../testing/test-server.ts';

const data = temporaryFolder();
let session: Session;
beforeAll(async () => {
  session = await openSession(undefined, join(data.folder, 'record'));
}, 60_000);
afterAll(async () => {
  await session.close();
  data.remove();
}, 20_000);
const run = (...args: string[]) => plimsollOn(session.engine)(...args);
const given = (name: string, content: string): string => {
  const path = join(data.folder, name);
  writeFileSync(path, content);
  return path;
};

test('files are previewed, loaded and told about', { timeout: 60_000 }, async () => {
  const path = given(
    'kurse.csv',
    'Papier;Tag;Endstand\nAAPL;02.01.2024;185,64\nAAPL;13.01.2024;x\n',
  );
  const map = ['--map', 'Papier=symbol', '--map', 'Endstand=close'];
  const preview = await run('etl', 'preview', path, ...map);
  expect(preview).toMatchObject({
    status: 0,
    out: expect.stringContaining('Would load: 1 read, 1 added'),
  });
  expect((await run('etl', 'runs')).out).toContain('Nothing was loaded yet.');
  expect((await run('etl', 'save-mapping', 'bank', ...map)).status).toBe(0);
  const refused = join(data.folder, 'refused.csv');
  const loaded = await run(
    'etl',
    'run',
    path,
    '--mapping',
    'bank',
    '--refused',
    refused,
    '--currency',
    'USD',
  );
  expect(loaded).toMatchObject({
    status: 0,
    out: expect.stringContaining('Loaded: 1 read, 1 added'),
  });
  expect(readFileSync(refused, 'utf8')).toContain('"kurse.csv",3,');
  expect((await run('etl', 'runs')).out).toContain('kurse.csv');
  expect((await run('etl', 'mappings')).out).toContain('Papier=symbol');
  expect(await run('etl', 'run', given('page.csv', '<html>'))).toMatchObject({ status: 1 });
  expect(await run('etl', 'nonsense')).toMatchObject({ status: 2 });
});

test('instruments are found, named, classified and looked through', {
  timeout: 60_000,
}, async () => {
  const list = given('list.csv', 'Symbol,Security,Sector\nAAPL,Apple Inc.,Technology\n');
  expect((await run('instruments', 'import', list)).out).toContain('1 changed');
  expect((await run('instruments', 'find', 'apple')).out).toContain('AAPL');
  expect((await run('instruments', 'find', 'US0378331006')).err).toContain('US0378331005');
  const added = await run('instruments', 'names', 'AAPL', 'OLDA', '--until', '1990-01-01');
  expect(added.out).toContain('OLDA');
  expect((await run('instruments', 'find', 'OLDA', '--on', '1989-05-05')).out).toContain(
    'Apple Inc.',
  );
  await run(
    'instruments',
    'add',
    'World',
    '--symbol',
    'WRLD',
    '--kind',
    'etf',
    '--currency',
    'USD',
  );
  const holdings = given(
    'h.csv',
    'Fund Holdings as of,"Sep 30, 2024"\n\nTicker,Name,Weight (%),Currency\nAAPL,APPLE INC,60.00,USD\nX,OTHER,30.00,USD\n',
  );
  const imported = await run('instruments', 'constituents', 'WRLD', '--import', holdings);
  expect(imported.out).toContain('2 added');
  expect((await run('instruments', 'constituents', 'WRLD')).out).toContain('60.00 %');
  const trades = given(
    't.csv',
    'date,type,symbol,quantity,price,currency\n2024-10-01,buy,WRLD,10,10,USD\n',
  );
  await run('import', trades, '--account', 'Broker');
  const exposure = await run('exposure', '--by', 'sector', '--look-through');
  expect(exposure.out).toMatch(/Information Technology +60\.00 +60\.00 %/);
  expect(exposure.out).toMatch(/not looked through +10\.00 +10\.00 %/);
  const members = given('sp500.csv', 'ticker,start_date,end_date\nA,2000-06-05,\n');
  expect((await run('instruments', 'import', members)).status).toBe(0);
  expect((await run('instruments', 'members', '^GSPC', '--on', '2001-01-01')).out).toContain(
    '2000-06-05',
  );
});
