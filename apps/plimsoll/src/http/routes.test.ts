import * as contracts from '@plimsoll/contracts';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
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
afterEach(() => {
  expect(server.breaches.splice(0)).toEqual([]);
});

const get = (path: string, workspace = 'main') =>
  server.send({ method: 'GET', path, headers: { 'plimsoll-workspace': workspace } });
const post = (path: string, body?: unknown, workspace = 'main') =>
  server.send({ method: 'POST', path, body, headers: { 'plimsoll-workspace': workspace } });
const put = (path: string, body?: unknown) => server.send({ method: 'PUT', path, body });
const patch = (path: string, body?: unknown) => server.send({ method: 'PATCH', path, body });

async function workspace(id: string): Promise<string> {
  expect((await post('/v1/workspaces', { id, name: id })).status).toBe(201);
  return id;
}

async function accountWith(name: string, at = 'main'): Promise<{ id: string }> {
  const made = await post('/v1/accounts', { name, currency: 'EUR', cash: 'untracked' }, at);
  expect(made.status).toBe(201);
  return made.json;
}

async function instrumentWith(symbol: string, at = 'main'): Promise<{ id: string }> {
  const made = await post('/v1/instruments', { name: symbol, symbol, currency: 'EUR' }, at);
  expect(made.status).toBe(201);
  return made.json;
}

const buy = (accountId: string, instrumentId: string, more: object = {}) => ({
  type: 'buy',
  accountId,
  instrumentId,
  effectiveAt: '2024-01-02',
  quantity: '10',
  price: '100',
  currency: 'EUR',
  ...more,
});

test('the health says what the record is kept in, and that it is durable', async () => {
  const { status, json } = await get('/v1/health');
  expect(status).toBe(200);
  expect(contracts.health.parse(json)).toMatchObject({
    status: 'ok',
    store: { engine: 'pglite', durable: true },
  });
});

test('the profit of the trades that others get wrong is 50, wherever it is asked for', async () => {
  const at = await workspace('trades');
  const { id: accountId } = await accountWith('Broker', at);
  const { id: instrumentId } = await instrumentWith('ACME', at);
  const trade = (type: string, effectiveAt: string, quantity: string, price: string) =>
    buy(accountId, instrumentId, { type, effectiveAt, quantity, price });
  const recorded = await post(
    '/v1/transactions',
    {
      transactions: [
        trade('buy', '2024-01-02', '10', '100'),
        trade('sell', '2024-01-03', '5', '110'),
        trade('buy', '2024-01-04', '5', '200'),
        trade('sell', '2024-01-05', '10', '150'),
      ],
    },
    at,
  );
  expect([recorded.status, recorded.json.added]).toEqual([201, 4]);
  const performance = await get('/v1/performance', at);
  expect(contracts.performance.parse(performance.json)).toMatchObject({
    gain: '50',
    realised: '50',
  });
  const explained = await get('/v1/explain?figure=gain', at);
  expect(contracts.derivation.parse(explained.json)).toMatchObject({ value: '50', unit: 'EUR' });
  const series = contracts.performanceSeries.parse((await get('/v1/performance/series', at)).json);
  expect(series.value.length).toBe(series.days.length);
  const page = contracts.transactionPage.parse((await get('/v1/transactions?limit=3', at)).json);
  expect([page.items.length, page.total]).toEqual([3, 4]);
  const rest = await get(`/v1/transactions?limit=3&cursor=${page.next}`, at);
  expect([rest.json.items.length, rest.json.next]).toEqual([1, null]);
  const postings = await get(`/v1/transactions/${page.items[0]?.id}/postings`, at);
  expect(postings.json.items.length).toBeGreaterThan(0);
});

test('holdings have the price of their day, and lots where asked for', async () => {
  const at = await workspace('held');
  const { id: accountId } = await accountWith('Broker', at);
  const { id: instrumentId } = await instrumentWith('ACME', at);
  await post('/v1/transactions', { transactions: [buy(accountId, instrumentId)] }, at);
  const priced = await post(
    '/v1/prices',
    { instrumentId, prices: [{ day: '2024-01-03', close: '123.45' }] },
    at,
  );
  expect(priced.json.added).toBe(1);
  const { json } = await get('/v1/holdings?at=2024-01-04&lots=true', at);
  const { holdings } = contracts.holdingsReply.parse(json);
  expect(holdings).toHaveLength(1);
  expect(holdings[0]).toMatchObject({
    account: 'Broker',
    quantity: '10',
    cost: '1000',
    price: '123.45',
    value: '1234.5',
    gain: '234.5',
    lots: [{ openedOn: '2024-01-02', quantity: '10', cost: '1000' }],
  });
  const before = await get('/v1/holdings?at=2024-01-01', at);
  expect(before.json.holdings).toEqual([]);
  const coverage = await get('/v1/prices/coverage', at);
  expect(coverage.json.items).toMatchObject([{ label: 'ACME', count: 1, first: '2024-01-03' }]);
});

test('a reversal brings the holding back, once', async () => {
  const at = await workspace('reversed');
  const { id: accountId } = await accountWith('Broker', at);
  const { id: instrumentId } = await instrumentWith('ACME', at);
  const body = { transactions: [buy(accountId, instrumentId)] };
  const [id] = (await post('/v1/transactions', body, at)).json.ids;
  const reversed = await post(`/v1/transactions/${id}/reversal`, { reason: 'typed twice' }, at);
  expect([reversed.status, reversed.json.added]).toEqual([201, 1]);
  expect((await get('/v1/holdings', at)).json.holdings).toEqual([]);
  const again = await post(`/v1/transactions/${id}/reversal`, { reason: 'again' }, at);
  expect(again.json).toMatchObject({ status: 409, code: 'ledger.already-reversed' });
  const shown = await get('/v1/transactions?reversed=true', at);
  expect(shown.json.items).toMatchObject([{ id, reversedBy: reversed.json.ids[0] }]);
});

test('a transaction is shown alone as in the list, with its postings, reversed or not', async () => {
  const at = await workspace('alone');
  const { id: accountId } = await accountWith('Broker', at);
  const { id: instrumentId } = await instrumentWith('ACME', at);
  const body = { transactions: [buy(accountId, instrumentId, { fee: '1.5', note: 'first' })] };
  const [id] = (await post('/v1/transactions', body, at)).json.ids;
  const alone = async () => {
    const { status, json } = await get(`/v1/transactions/${id}`, at);
    expect(status).toBe(200);
    const { postings, ...row } = contracts.transactionDetail.parse(json);
    const [listed] = (await get('/v1/transactions?reversed=true', at)).json.items;
    expect(row).toEqual(listed);
    const apart = await get(`/v1/transactions/${id}/postings`, at);
    expect(postings).toEqual(apart.json.items);
    return { row, postings };
  };
  const { row, postings } = await alone();
  expect(row).toMatchObject({
    id,
    instrument: 'ACME',
    fee: '1.5',
    note: 'first',
    reversedBy: null,
  });
  expect(postings).toContainEqual(
    expect.objectContaining({ account: 'Broker', commodity: 'ACME', quantity: '10' }),
  );
  const reversed = await post(`/v1/transactions/${id}/reversal`, { reason: 'typed twice' }, at);
  expect((await alone()).row.reversedBy).toBe(reversed.json.ids[0]);
  const elsewhere = await get(`/v1/transactions/${id}`, await workspace('alone-not'));
  expect(elsewhere.json).toMatchObject({ status: 404, code: 'transaction.unknown' });
});

test('more than is held cannot be sold, and nothing of the request is recorded', async () => {
  const at = await workspace('oversold');
  const { id: accountId } = await accountWith('Broker', at);
  const { id: instrumentId } = await instrumentWith('ACME', at);
  const transactions = [
    buy(accountId, instrumentId),
    buy(accountId, instrumentId, { type: 'sell', quantity: '11', effectiveAt: '2024-02-01' }),
  ];
  const refused = await post('/v1/transactions', { transactions }, at);
  expect(refused.json).toMatchObject({ status: 409, code: 'ledger.not-held', index: 1 });
  expect((await get('/v1/transactions', at)).json.total).toBe(0);
});

test('of a long list every mistake is named with its place, and nothing is recorded', async () => {
  const at = await workspace('long');
  const { id: accountId } = await accountWith('Broker', at);
  const { id: instrumentId } = await instrumentWith('ACME', at);
  const transactions = Array.from({ length: 1000 }, () => buy(accountId, instrumentId));
  const spoiled = transactions.with(700, buy(accountId, instrumentId, { quantity: 'ten' }));
  const refused = await post('/v1/transactions', { transactions: spoiled }, at);
  expect(refused.json).toMatchObject({
    status: 422,
    code: 'request.invalid',
    errors: [{ path: 'body.transactions.700.quantity' }],
  });
  const nul = transactions.with(999, buy(accountId, instrumentId, { note: 'a\0b' }));
  expect((await post('/v1/transactions', { transactions: nul }, at)).status).toBe(422);
  for (const body of [{ transactions: [] }, { transactions, more: 1 }, {}, []]) {
    expect((await post('/v1/transactions', body, at)).status).toBe(422);
  }
  expect((await get('/v1/transactions', at)).json.total).toBe(0);
  const taken = await post('/v1/transactions', { transactions }, at);
  expect([taken.status, taken.json.added]).toEqual([201, 1000]);
});

test('one workspace sees nothing of another', async () => {
  const [mine, theirs] = [await workspace('mine'), await workspace('theirs')];
  const { id } = await accountWith('Broker', mine);
  expect((await get('/v1/accounts', theirs)).json.items).toEqual([]);
  const other = await server.send({
    method: 'PATCH',
    path: `/v1/accounts/${id}`,
    body: { name: 'Stolen' },
    headers: { 'plimsoll-workspace': theirs },
  });
  expect(other.json).toMatchObject({ status: 404, code: 'account.unknown' });
  const nowhere = await get('/v1/accounts', 'nowhere');
  expect(nowhere.json).toMatchObject({ status: 404, code: 'workspace.unknown' });
});

test('accounts, portfolios and instruments are made, changed and removed', async () => {
  const { id: accountId } = await accountWith('Savings');
  const changed = await patch(`/v1/accounts/${accountId}`, { lotMethod: 'average' });
  expect(contracts.account.parse(changed.json)).toMatchObject({
    name: 'Savings',
    lotMethod: 'average',
  });
  const twin = await post('/v1/accounts', { name: 'savings', currency: 'USD' });
  expect(twin.json.code).toBe('account.exists');

  const { id: instrumentId } = await instrumentWith('IDX');
  const renamed = await patch(`/v1/instruments/${instrumentId}`, { name: 'The index' });
  expect(contracts.instrument.parse(renamed.json)).toMatchObject({
    name: 'The index',
    symbol: 'IDX',
  });
  expect((await get('/v1/instruments?text=the%20ind')).json.items).toMatchObject([
    { id: instrumentId },
  ]);
  expect((await get('/v1/instruments?limit=1')).json.items).toHaveLength(1);

  const body = { name: 'Pension', currency: 'EUR', accountIds: [accountId] };
  const { json } = await post('/v1/portfolios', body);
  const path = `/v1/portfolios/${contracts.portfolio.parse(json).id}`;
  const replaced = await put(path, { ...body, name: 'Old age', benchmarkId: instrumentId });
  expect(replaced.json).toMatchObject({ name: 'Old age', benchmarkId: instrumentId });
  const removed = await server.send({ method: 'DELETE', path });
  expect([removed.status, removed.text]).toEqual([204, '']);
  expect((await get('/v1/portfolios')).json.items).toEqual([]);
  expect((await server.send({ method: 'DELETE', path })).json.code).toBe('portfolio.unknown');
});

const csv = [
  'date,type,symbol,quantity,price,amount,fee,tax,currency,account,note',
  '2024-01-02,buy,ACME,10,100,1000,1.50,,EUR,,',
  '2024-02-02,dividend,ACME,,,12.34,,1.85,EUR,,',
  '',
].join('\n');

test('an import is previewed, taken once, and undone as one', async () => {
  const at = await workspace('imported');
  const upload = (path: string) =>
    server.send({
      method: 'POST',
      path,
      form: formWith({ 'mine.csv': csv }, { account: 'Broker', currency: 'EUR' }),
      headers: { 'plimsoll-workspace': at },
    });
  const preview = await upload('/v1/imports/preview');
  expect(contracts.importPreview.parse(preview.json)).toMatchObject({
    importId: null,
    rows: [
      { status: 'add', type: 'buy' },
      { status: 'add', type: 'dividend' },
    ],
  });
  expect((await get('/v1/accounts', at)).json.items).toEqual([]);

  const taken = await upload('/v1/imports');
  expect([taken.status, taken.json.added]).toEqual([201, 2]);
  const again = await upload('/v1/imports');
  expect(contracts.importSummary.parse(again.json)).toMatchObject({ added: 0, skipped: 2 });
  const listed = (await get('/v1/imports', at)).json.items;
  const undone = await post(`/v1/imports/${taken.json.importId}/undo`, undefined, at);
  expect(contracts.importRecord.parse(undone.json).undoneAt).not.toBeNull();
  expect(listed.map((one: { id: string }) => one.id)).toContain(taken.json.importId);
  expect((await get('/v1/holdings', at)).json.holdings).toEqual([]);
  const twice = await post(`/v1/imports/${taken.json.importId}/undo`, undefined, at);
  expect(twice.json.code).toBe('import.already-undone');
});

test('refused rows are named in the problem, and nothing is taken unless asked for', async () => {
  const at = await workspace('half-good');
  const bad = `${csv}2024-03-01,buy,ACME,ten,100,1000,,,EUR,,\n`;
  const upload = (acceptValid: boolean) =>
    server.send({
      method: 'POST',
      path: '/v1/imports',
      form: formWith({ 'mine.csv': bad }, { account: 'Broker', currency: 'EUR', acceptValid }),
      headers: { 'plimsoll-workspace': at },
    });
  const refused = await upload(false);
  expect(refused.json).toMatchObject({ status: 422, code: 'import.refused' });
  const summary = contracts.importSummary.parse(refused.json.summary);
  expect(summary.refused).toMatchObject([
    { file: 'mine.csv', line: 4, column: 'quantity', value: 'ten' },
  ]);
  expect((await get('/v1/transactions', at)).json.total).toBe(0);
  expect((await upload(true)).json).toMatchObject({ added: 2, refused: [{ line: 4 }] });
});

test('a column mapping is kept', async () => {
  const mapping = {
    name: 'House bank',
    columns: { date: 'Datum', amount: 'Betrag' },
    types: { Kauf: 'buy' },
    dateFormat: 'dmy',
    decimal: ',',
    delimiter: ';',
  };
  expect((await put('/v1/mappings', mapping)).json).toEqual(mapping);
  expect((await get('/v1/mappings')).json.items).toEqual([mapping]);
});

test('price files are read, packed or not, and what is no price file is refused by name', async () => {
  const at = await workspace('priced');
  await instrumentWith('ACME', at);
  const upload = (files: Record<string, string>, options?: unknown) =>
    server.send({
      method: 'POST',
      path: '/v1/prices/files',
      form: formWith(files, options),
      headers: { 'plimsoll-workspace': at },
    });
  const taken = await upload({ 'ACME.csv': 'date,close\n2024-01-02,10\n2024-01-03,11\n' });
  expect(contracts.pricesReply.parse(taken.json)).toMatchObject({ added: 2, refused: [] });
  const refused = await upload({ 'letter.txt': 'Dear Sir or Madam' }, { currency: 'EUR' });
  expect(refused.json).toMatchObject({
    status: 422,
    code: 'prices.refused',
    refused: [{ file: 'letter.txt' }],
  });
});

test('the export imports again to the same record', async () => {
  const at = await workspace('exported');
  const { id: accountId } = await accountWith('Broker', at);
  const { id: instrumentId } = await instrumentWith('ACME', at);
  await post('/v1/transactions', { transactions: [buy(accountId, instrumentId)] }, at);
  const { text, headers } = await get('/v1/export', at);
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const into = await workspace('exported-into');
  const taken = await server.send({
    method: 'POST',
    path: '/v1/imports',
    form: formWith({ 'plimsoll.csv': text }, { account: 'Broker', currency: 'EUR' }),
    headers: { 'plimsoll-workspace': into },
  });
  expect(taken.json.added).toBe(1);
  expect((await get('/v1/export', into)).text).toBe(text);
});

test('the demo comes and goes, is labelled as simulated, and holds something', async () => {
  const made = await server.send({ method: 'POST', path: '/v1/demo', key: null });
  expect(contracts.workspace.parse(made.json)).toMatchObject({ id: 'demo', demo: true });
  const { holdings } = contracts.holdingsReply.parse((await get('/v1/holdings', 'demo')).json);
  const instruments = holdings.filter(({ priceState }) => priceState !== 'cash');
  expect(instruments.length).toBeGreaterThan(3);
  expect(instruments.every(({ simulated }) => simulated)).toBe(true);
  const removed = await server.send({ method: 'DELETE', path: '/v1/demo', key: null });
  expect(removed.status).toBe(204);
  expect((await get('/v1/holdings', 'demo')).json.code).toBe('workspace.unknown');
}, 30_000);

test('the record checks out after all of that', async () => {
  const { json } = await get('/v1/verify');
  expect(json.entries).toBeGreaterThan(10);
  expect(json.findings).toEqual([]);
});
