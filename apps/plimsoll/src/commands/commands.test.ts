import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as contracts from '@plimsoll/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commandNames } from '../cli/run-command-line.ts';
import { openSession, type Session } from '../cli/session.ts';
import { plimsoll, plimsollOn } from '../testing/run-plimsoll.ts';
import { temporaryFolder } from '../testing/test-server.ts';

const data = temporaryFolder();
const record = join(data.folder, 'record');
let session: Session;
let run: ReturnType<typeof plimsollOn>;
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(data.folder, name);
  writeFileSync(path, content);
  return path;
};
const named = (holdings: contracts.Holding[], instrument: string) =>
  holdings.find((one) => one.instrument === instrument) ?? expect.fail(`no ${instrument}`);
const head = 'date,type,symbol,quantity,price,amount,fee,tax,currency,account,note';

beforeAll(async () => {
  session = await openSession(undefined, record);
  run = plimsollOn(session.engine);
  const csv = file(
    'trades.csv',
    [
      head,
      '2024-01-02,buy,ACME,10,100,1000,,,EUR,,',
      '2024-01-03,sell,ACME,5,110,550,,,EUR,,',
      '2024-01-04,buy,ACME,5,200,1000,,,EUR,,',
      '2024-01-05,buy,0700,3,10.005,30.015,,,EUR,,',
      '',
    ].join('\n'),
  );
  const taken = await run('import', csv, '--account', 'Broker', '--currency', 'EUR', '--json');
  expect([taken.status, taken.err]).toEqual([0, '']);
  expect(taken.json()).toMatchObject({ added: 4, skipped: 0, refused: [] });
}, 60_000);
afterAll(async () => {
  await session.close();
  data.remove();
}, 20_000);

describe('import', () => {
  it('makes the account and adds nothing the second time', async () => {
    expect((await run('accounts', '--json')).json()).toMatchObject([
      { name: 'Broker', currency: 'EUR' },
    ]);
    const again = await run(
      'import',
      join(data.folder, 'trades.csv'),
      '--account',
      'broker',
      '--json',
    );
    expect(again.json()).toMatchObject({ added: 0, skipped: 4 });
  });

  it('names file, line, column, value and remedy of a refused row, and takes nothing', async () => {
    const bad = file(
      'bad.csv',
      `${head}\n2024-02-01,buy,ACME,1,1,1,,,EUR,,\n2024-02-02,buy,ACME,ten,1,1,,,EUR,,\n`,
    );
    const refused = await run('import', bad, '--account', 'Broker', '--json');
    expect(refused.status).toBe(1);
    expect(contracts.importSummary.parse(refused.json())).toMatchObject({
      added: 0,
      refused: [{ line: 3 }],
    });
    expect(refused.err).toMatch(/^import\.refused: 1 row was refused/);
    expect(refused.err).toMatch(/\nbad\.csv:3 quantity "ten": .+ — .+/);
    const dry = await run('import', bad, '--account', 'Broker', '--dry-run');
    expect([dry.status, dry.out]).toEqual([1, expect.stringContaining('nothing was added')]);
    const valid = await run('import', bad, '--account', 'Broker', '--accept-valid', '--json');
    expect([valid.status, valid.json().added]).toEqual([0, 1]);
    const undone = await run('imports', 'undo', valid.json().importId);
    expect([undone.status, undone.out]).toEqual([0, 'Undone: 1 transactions of Broker.']);
  });

  it('says which file it cannot read, and what formats there are', async () => {
    const gone = await run('import', join(data.folder, 'gone.csv'), '--account', 'Broker');
    expect(gone).toMatchObject({
      status: 1,
      err: expect.stringMatching(/gone\.csv: there is no such file/),
    });
    const folder = await run('import', data.folder, '--account', 'Broker');
    expect(folder.err).toContain('it is a folder');
    const odd = await run('import', file('odd.csv', 'a;b\n1;2\n'), '--account', 'Broker', '--json');
    expect([odd.status, odd.json()]).toEqual([
      1,
      expect.objectContaining({ added: 0, refused: expect.any(Array) }),
    ]);
    expect((await run('import', '--formats')).out).toContain('degiro');
  });
});

describe('holdings', () => {
  it('are a list of objects with the promised members, symbols as text', async () => {
    const { status, json } = await run('holdings', '--at', '2024-01-05', '--json');
    expect(status).toBe(0);
    const holdings = z.array(contracts.holding).parse(json());
    holdings.sort((a, b) => (a.instrument < b.instrument ? -1 : 1));
    expect(
      holdings.map(({ account, instrument, quantity, cost, currency }) => ({
        account,
        instrument,
        quantity,
        cost,
        currency,
      })),
    ).toEqual([
      { account: 'Broker', instrument: '0700', quantity: '3', cost: '30.015', currency: 'EUR' },
      { account: 'Broker', instrument: 'ACME', quantity: '10', cost: '1500', currency: 'EUR' },
    ]);
    const lots = (await run('holdings', '--at', '2024-01-05', '--lots', '--json')).json();
    expect(named(lots, '0700').lots).toMatchObject([{ openedOn: '2024-01-05', quantity: '3' }]);
  });

  it('are a table to the cent for people, with what stands in for a price', async () => {
    const { out } = await run('holdings', '--at', '2024-01-05');
    expect(out).toMatch(/ACME +Broker +10 +1500\.00 +200 † +2000\.00 +500\.00 +EUR/);
    expect(out).toMatch(/Total +2030\.02/);
    expect(out).toContain('† no market price, valued at the latest trade');
  });
});

describe('prices', () => {
  it('come from folders, packed or not, and by hand', async () => {
    const folder = join(data.folder, 'prices', 'deeper');
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'ACME.csv.gz'),
      gzipSync('date,close\n2024-01-04,201\n2024-01-05,202\n'),
    );
    writeFileSync(join(folder, 'README.md'), 'no prices');
    const taken = await run('prices', 'import', join(data.folder, 'prices'), '--json');
    expect([taken.status, taken.json()]).toEqual([
      0,
      expect.objectContaining({ added: 2, refused: [] }),
    ]);
    const set = await run('prices', 'set', 'ACME', '2024-01-08', '210.5');
    expect([set.status, set.err]).toEqual([0, '']);
    expect((await run('prices', '--json')).json()).toMatchObject([
      { label: 'ACME', count: 3, last: '2024-01-08' },
    ]);
    const held = (await run('holdings', '--at', '2024-01-08', '--json')).json();
    expect(named(held, 'ACME').value).toBe('2105');
  });

  it('that are none are refused by file', async () => {
    const refused = await run('prices', 'import', file('letter.txt', 'Dear Sir'));
    expect(refused).toMatchObject({ status: 1, err: expect.stringContaining('letter.txt') });
  });
});

describe('add', () => {
  it('makes what a buy names for the first time, and says so', async () => {
    const added = await run(
      'add',
      'buy',
      '--account',
      'Hand',
      '--date',
      '2024-03-01',
      '--instrument',
      'AAPL',
      '--quantity',
      '10',
      '--price',
      '100',
      '--currency',
      'usd',
      '--fee',
      '1',
    );
    expect([added.status, added.out]).toEqual([
      0,
      expect.stringMatching(/^Recorded [0-9a-f-]{36}\.$/),
    ]);
    expect(added.err).toBe('Made the instrument AAPL (USD).\nMade the account Hand (USD).');
    const listed = await run('transactions', '--account', 'Hand', '--json');
    expect(contracts.transactionPage.parse(listed.json()).items).toMatchObject([
      { type: 'buy', quantity: '10', price: '100', amount: '1000', fee: '1', currency: 'USD' },
    ]);
  });

  it('takes opening balances, negative numbers and JSON', async () => {
    const opening = await run(
      'add',
      'opening-balance',
      '--account',
      'Hand',
      '--date',
      '2023-12-31',
      '--instrument',
      'MSFT',
      '--quantity',
      '5',
      '--cost',
      '900',
      '--currency',
      'USD',
    );
    const adjusted = await run(
      'add',
      'adjustment',
      '--account',
      'Hand',
      '--date',
      '2024-01-01',
      '--instrument',
      'MSFT',
      '--quantity',
      '-1',
      '--reason',
      'lost in a transfer',
    );
    const json = JSON.stringify([
      {
        type: 'sell',
        account: 'Hand',
        instrument: 'MSFT',
        effectiveAt: '2024-02-01',
        quantity: '4',
        price: '250',
      },
    ]);
    const sold = await run('add', json, '--json');
    expect([opening.err, adjusted.err, sold.err]).toEqual([expect.any(String), '', '']);
    expect([opening.status, adjusted.status, sold.status]).toEqual([0, 0, 0]);
    const reversed = await run(
      'transactions',
      'reverse',
      sold.json().ids[0],
      '--reason',
      'typed twice',
    );
    expect(reversed.status).toBe(0);
  });

  it('refuses what cannot be, naming it', async () => {
    const oversold = await run(
      'add',
      'sell',
      '--account',
      'Hand',
      '--date',
      '2024-03-02',
      '--instrument',
      'AAPL',
      '--quantity',
      '11',
      '--price',
      '1',
    );
    expect(oversold).toMatchObject({
      status: 1,
      err: expect.stringMatching(/^ledger\.not-held: .*AAPL/),
    });
    const unknown = await run(
      'add',
      'sell',
      '--account',
      'Hand',
      '--date',
      '2024-03-02',
      '--instrument',
      'NOPE',
      '--quantity',
      '1',
      '--price',
      '1',
    );
    expect(unknown).toMatchObject({ status: 1, err: expect.stringContaining('instruments add') });
    const wrong = await run(
      'add',
      'buy',
      '--account',
      'Hand',
      '--date',
      'tomorrow',
      '--instrument',
      'AAPL',
      '--quantity',
      '1,5',
      '--price',
      '1',
    );
    expect(wrong).toMatchObject({
      status: 1,
      err: expect.stringMatching(
        /effectiveAt: must be a day[\s\S]*quantity: must be a plain decimal/,
      ),
    });
  });
});

describe('performance and explain', () => {
  it('answer with the promised members, exact ones as text', async () => {
    const { json } = await run(
      'performance',
      '--portfolio',
      'Broker',
      '--to',
      '2024-01-08',
      '--json',
    );
    const view = contracts.performance.parse(json());
    expect([view.value, view.paidIn, view.realised]).toEqual([
      '2135.015',
      expect.any(String),
      '50',
    ]);
    const table = await run('performance', '--portfolio', 'Broker', '--to', '2024-01-08');
    expect(table.out).toMatch(/ {2}realised +50\.00 {2}EUR/);
  });

  it('tell each reason once, below the figures that it holds for', async () => {
    await run('workspaces', 'add', 'abroad', 'Abroad');
    const csv = file(
      'abroad.csv',
      `${head}\n2024-01-02,buy,HOME,1,10,10,,,EUR,,\n2024-01-02,buy,AWAY,1,10,10,,,USD,,\n`,
    );
    const at = ['--workspace', 'abroad'];
    await run('import', csv, '--account', 'Broker', '--currency', 'EUR', ...at);
    const { out } = await run('performance', '--base', 'EUR', '--benchmark', 'HOME', ...at);
    const [figures = '', benchmark = ''] = out.split('The same money in');
    expect(figures.match(/no rate from USD to EUR/g)).toHaveLength(1);
    expect(figures).toMatch(/^Gain +– +EUR +\[1\]$/m);
    expect(figures).toMatch(/^Largest drawdown +– +\[1\]$/m);
    expect(figures).toMatch(/^Value +10\.00 +EUR$/m);
    expect(figures).toMatch(/^\[1\] .+no rate from USD to EUR/m);
    expect(benchmark.match(/No price of HOME/g)).toHaveLength(1);
    expect(benchmark).toMatch(/^Gain +– +EUR +\[1\]$/m);
    expect(benchmark).toMatch(/^\[1\] No price of HOME/m);
  });

  it('explain a figure and a field of a holding', async () => {
    const gain = await run('explain', 'realised', '--portfolio', 'Broker', '--json');
    expect(contracts.derivation.parse(gain.json()).value).toBe('50');
    const held = await run(
      'explain',
      'cost',
      '--account',
      'Broker',
      '--instrument',
      'ACME',
      '--at',
      '2024-01-08',
    );
    expect([held.status, held.out]).toEqual([0, expect.stringContaining('1500')]);
    const unknown = await run('explain', 'luck');
    expect(unknown).toMatchObject({
      status: 1,
      err: expect.stringMatching(/^figure\.unknown: .*twr/),
    });
  });
});

describe('the catalogue', () => {
  it('is made and changed', async () => {
    const account = await run(
      'accounts',
      'set',
      'Hand',
      '--lot-method',
      'average',
      '--allow-short',
      '--json',
    );
    expect(account.json()).toMatchObject({ lotMethod: 'average', allowShort: true });
    const wrong = await run('accounts', 'set', 'Hand', '--lot-method', 'random');
    expect(wrong).toMatchObject({ status: 1, err: expect.stringContaining('lotMethod') });
    const made = await run(
      'portfolios',
      'add',
      'Both',
      '--currency',
      'EUR',
      '--account',
      'Hand',
      '--account',
      'Broker',
      '--benchmark',
      'ACME',
      '--json',
    );
    expect(made.json().accountIds).toHaveLength(2);
    const changed = await run('portfolios', 'set', 'Both', '--benchmark', 'none', '--json');
    expect(changed.json()).toMatchObject({ name: 'Both', benchmarkId: null });
    expect((await run('portfolios', 'remove', 'Both')).status).toBe(0);
    const renamed = await run(
      'instruments',
      'set',
      'AAPL',
      '--name',
      'Apple',
      '--isin',
      'US0378331005',
      '--json',
    );
    expect(renamed.json()).toMatchObject({ name: 'Apple', symbol: 'AAPL', isin: 'US0378331005' });
    expect((await run('instruments', 'apple')).out).toContain('US0378331005');
  });

  it('has workspaces that see nothing of each other', async () => {
    expect((await run('workspaces', 'add', 'other', 'Other')).status).toBe(0);
    expect((await run('accounts', '--workspace', 'other', '--json')).json()).toEqual([]);
    const nowhere = await run('accounts', '--workspace', 'nowhere');
    expect(nowhere).toMatchObject({
      status: 1,
      err: expect.stringMatching(/^workspace\.unknown: /),
    });
  });
});

it('the export imports elsewhere to the same, and the record checks out', async () => {
  const out = join(data.folder, 'export.csv');
  expect((await run('export', '--out', out)).status).toBe(0);
  const other = join(data.folder, 'other');
  const taken = await plimsoll(
    other,
    'import',
    out,
    '--account',
    'Broker',
    '--currency',
    'EUR',
    '--json',
  );
  expect([taken.err, taken.status]).toEqual(['', 0]);
  expect((await plimsoll(other, 'export')).out.trim()).toBe(readFileSync(out, 'utf8').trim());
  const verified = await run('verify', '--json');
  expect([verified.status, verified.json().findings]).toEqual([0, []]);
}, 30_000);

describe('being called wrongly', () => {
  it.each([
    [['nonsense'], /There is no command "nonsense"/],
    [['import'], /FILE is missing/],
    [['import', 'x.csv'], /--account is missing/],
    [['holdings', '--at', 'yesterday'], /is not a day/],
    [['holdings', '--nonsense'], /--nonsense/],
    [['prices', 'set', 'ACME', '2024-01-02', 'much'], /is not a price/],
    [['transactions', '--type', 'gift'], /is none of buy/],
    [['add', 'gift'], /is no type of transaction/],
    [['accounts', '--server', 'here'], /is not an address/],
    [['serve', '--host', '0.0.0.0'], /there is no sign-in yet/],
    [['serve', '--port', 'http'], /PLIMSOLL_PORT "http" is not a port number/],
  ])('%j exits 2 and says what is wrong', async (args, words) => {
    const { status, out, err } = await run(...args);
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(words);
  });

  it('help says how, for each command', async () => {
    const all = await plimsoll(record, '--help');
    for (const name of commandNames()) {
      expect(all.out).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
      const { status, out } = await run(name, '--help');
      expect([status, out]).toEqual([0, expect.stringContaining(`Usage: plimsoll ${name}`)]);
    }
  });
});
