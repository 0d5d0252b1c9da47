import { marketWorkspace } from '@plimsoll/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { file, had, type TestEngine, testEngine } from '../testing/test-engine.ts';

const by = { actor: 'owner' };

let test: TestEngine;
beforeAll(async () => {
  test = await testEngine('2026-06-30T12:00:00.000Z');
}, 60_000);
afterAll(() => test.close());

const run = async (...args: Parameters<TestEngine['engine']['runEtl']>) =>
  had(await test.engine.runEtl(...args)).value;

/** Sixty days of a quiet price, so that a jump is one. */
const days = Array.from({ length: 60 }, (_, at) =>
  new Date(Date.parse('2024-01-02') + at * 86_400_000).toISOString().slice(0, 10),
);
const quiet = days.map((day, at) => `AAPL,${day},${(100 + (at % 5)).toFixed(2)}`);

describe('a load of prices', () => {
  it('is previewed as it would be, and then is so', async () => {
    const w = await test.workspace();
    const bad = ['AAPL,2024-03-10,abc', 'AAPL,2024-03-11,-5'];
    const csv = ['symbol,date,close', ...quiet, ...bad].join('\n');
    const files = [file('prices.csv', csv)];
    const preview = had(await test.engine.previewEtl(w, files, { currency: 'USD' }));
    expect(preview).toMatchObject({
      written: false,
      runId: null,
      added: 60,
      refused: 1,
      quarantined: 1,
    });
    expect(had(await test.engine.priceCoverage(w))).toEqual([]);
    const report = await run(w, files, { currency: 'USD' }, by);
    // What is made gets its id when it is made.
    const comparable = ({ coverage, ...more }: typeof preview) => ({
      ...more,
      runId: null,
      written: null,
      instruments: null,
      coverage: coverage.map(({ instrumentId: _, ...one }) => one),
    });
    expect(comparable(report)).toEqual(comparable(preview));
    expect(report.instruments.made.map(({ label }) => label)).toEqual(['AAPL']);
    expect(report.refusals.map(({ line }) => line)).toEqual([62, 63]);
    const [coverage] = had(await test.engine.priceCoverage(w));
    expect(coverage).toMatchObject({ first: '2024-01-02', count: 60, source: 'file:prices.csv' });
    const csvOfRefused = had(await test.engine.etlRefusedRows(w, report.runId ?? ''));
    expect(csvOfRefused).toContain('"prices.csv",62,');
  });

  it('done again changes nothing', async () => {
    const w = await test.workspace();
    const files = [file('prices.csv', ['symbol,date,close', ...quiet].join('\n'))];
    await run(w, files, {}, by);
    const again = await run(w, files, {}, by);
    expect(again).toMatchObject({ added: 0, changed: 0, unchanged: 60, runId: null });
    expect(again.instruments).toMatchObject({ made: [], matched: [{ label: 'AAPL' }] });
    expect(had(await test.engine.etlRuns(w, 10))).toHaveLength(1);
  });

  it('mends what is provable and says how', async () => {
    const w = await test.workspace();
    const rows = quiet.map((row, at) => (at === 30 ? `AAPL,${days[at]},10000` : row));
    const report = await run(w, [file('p.csv', ['symbol,date,close', ...rows].join('\n'))], {}, by);
    expect(report.repaired).toBe(1);
    expect(report.repairs[0]).toMatchObject({
      label: 'AAPL',
      day: days[30],
      code: 'unit-slip-100x',
    });
    const quality = had(await test.engine.quality(w, { limit: 10 }));
    expect(quality).toMatchObject([{ kind: 'repair', code: 'unit-slip-100x' }]);
  });

  it('gives prices to the instruments that are meant', async () => {
    const w = await test.workspace();
    const apple = {
      kind: 'equity',
      name: 'Apple',
      symbol: 'APC',
      isin: 'US0378331005',
      currency: 'EUR',
    } as const;
    const { id } = had(await test.engine.createInstrument(w, apple, by)).value;
    const csv =
      'isin;Datum;Schlusskurs;Währung\nUS0378331005;02.01.2024;170,5;EUR\nUS0378331005;13.01.2024;171;EUR\n';
    const report = await run(w, [file('kurse.csv', csv)], {}, by);
    expect(report.coverage).toMatchObject([{ instrumentId: id, added: 2 }]);
    const dollars = csv.replaceAll('EUR', 'USD');
    const refused = await run(w, [file('usd.csv', dollars)], {}, by).catch(
      (error: Error) => error.message,
    );
    expect(refused).toContain('priced in EUR');
  });

  it('reads titles by a saved mapping', async () => {
    const w = await test.workspace();
    const columns = { Papier: 'symbol', Zeitpunkt: 'date', Endstand: 'close' };
    had(await test.engine.saveEtlMapping(w, { name: 'bank', kind: 'prices', columns }, by));
    const csv = 'Papier,Zeitpunkt,Endstand\nAAPL,2024-01-02,1\n';
    const report = await run(w, [file('x.csv', csv)], { mapping: 'bank' }, by);
    expect(report.added).toBe(1);
    const unknown = await test.engine.previewEtl(w, [file('x.csv', csv)], { mapping: 'none' });
    expect(unknown).toMatchObject({ ok: false, fault: { code: 'etl.refused' } });
  });
});

describe('a load of figures', () => {
  const csv = [
    'symbol,metric,period end,period,value,currency,published',
    'AAPL,revenue,2023-09-30,year,383285000000,USD,2023-11-02',
    'AAPL,revenue,2023-09-30,year,383290000000,USD,2024-02-01',
    'AAPL,eps,2023-09-30,year,6.16,USD,2023-09-29',
    'AAPL,happiness,2023-09-30,year,1,USD,2023-11-02',
  ].join('\n');

  it('is read back as it was known on a day, and no earlier', async () => {
    const w = await test.workspace();
    const report = await run(w, [file('f.csv', csv)], {}, by);
    expect(report).toMatchObject({ kind: 'fundamentals', added: 2, refused: 2 });
    expect(report.refusals.map(({ line, reason }) => [line, reason.slice(0, 30)])).toEqual([
      [4, 'It is of the period to 2023-09'],
      [5, 'The unit of "happiness" is not'],
    ]);
    const [made] = report.instruments.made;
    const known = async (knownAt?: string) => {
      const query = { instrument: made?.id ?? '', metric: 'Total Revenue', knownAt };
      return had(await test.engine.fundamentals(w, query)).map(({ value }) => value);
    };
    expect(await known('2023-11-01')).toEqual([]);
    expect(await known('2023-11-02')).toEqual(['383285000000']);
    expect(await known('2024-02-01')).toEqual(['383290000000']);
    const again = await run(w, [file('f.csv', csv)], {}, by);
    expect(again).toMatchObject({ added: 0, changed: 0 });
  });

  it('without a day of publication counts as known from now on', async () => {
    const w = await test.workspace();
    const report = await run(
      w,
      [file('SAP.csv', 'Item,FY2022,FY2023\nRevenue,100,110\n')],
      { kind: 'fundamentals', currency: 'EUR' },
      by,
    );
    const [made] = report.instruments.made;
    const query = { instrument: made?.id ?? '', knownAt: '2026-06-29' };
    expect(had(await test.engine.fundamentals(w, query))).toEqual([]);
    const now = had(await test.engine.fundamentals(w, { ...query, knownAt: '2026-06-30' }));
    expect(now.map(({ value }) => value)).toEqual(['100', '110']);
  });
});

describe('other loads', () => {
  it('give known instruments their sectors, and make none', async () => {
    const w = await test.workspace();
    const apple = { kind: 'equity', name: 'AAPL', symbol: 'AAPL', currency: 'USD' } as const;
    had(await test.engine.createInstrument(w, apple, by));
    const csv =
      'Symbol,Security,GICS Sector,GICS Sub-Industry\nAAPL,Apple Inc.,Information Technology,Technology Hardware\nMMM,3M,Industrials,Conglomerates\n';
    const report = await run(w, [file('list.csv', csv)], {}, by);
    expect(report).toMatchObject({
      kind: 'reference',
      changed: 1,
      instruments: { unknown: ['MMM'] },
    });
    expect(had(await test.engine.instruments(w, 'AAPL', 5))).toMatchObject([
      { name: 'Apple Inc.', sector: 'Information Technology', industry: 'Technology Hardware' },
    ]);
    expect(await run(w, [file('list.csv', csv)], {}, by)).toMatchObject({ changed: 0 });
  });

  it('tell who was in an index on a day', async () => {
    const w = await test.workspace();
    const csv = 'ticker,start_date,end_date\nA,2000-06-05,\nB,1999-12-08,2017-06-19\n';
    await run(w, [file('sp500_ticker_start_end.csv', csv)], {}, by);
    const on = async (day: string) =>
      had(await test.engine.indexMembers(w, '^GSPC', day)).map(({ symbol }) => symbol);
    expect(await on('2017-06-18')).toEqual(['A', 'B']);
    expect(await on('2017-06-19')).toEqual(['A']);
    expect(had(await test.engine.indices(w))).toEqual(['^GSPC']);
  });

  it('keep what a known fund holds', async () => {
    const w = await test.workspace();
    const fund = { kind: 'etf', name: 'S&P 500', symbol: 'SPY', currency: 'USD' } as const;
    const { id } = had(await test.engine.createInstrument(w, fund, by)).value;
    const csv =
      'Ticker Symbol:,SPY\nHoldings:,As of 30-Sep-2024\n\nName,Ticker,Weight,Sector\nAPPLE,AAPL,60,-\nNVIDIA,NVDA,40,-\n';
    expect(await run(w, [file('x.csv', csv)], {}, by)).toMatchObject({
      kind: 'constituents',
      added: 2,
    });
    const view = had(await test.engine.constituents(w, id, null));
    expect(view).toMatchObject({ asOf: '2024-09-30', covered: '1' });
    const other = await test.engine.runEtl(w, [file('VTI.csv', csv.replace('SPY', 'VTI'))], {}, by);
    expect(had(other).value).toMatchObject({ added: 0, refused: 1 });
  });

  it('bring corporate actions of one’s own instruments', async () => {
    const w = await test.workspace();
    const fund = { kind: 'equity', name: 'Coke', symbol: 'KO', currency: 'USD' } as const;
    const { id } = had(await test.engine.createInstrument(w, fund, by)).value;
    const csv = 'date,dividend,split\n2012-03-13,0.255,1.0\n2012-08-13,0.0,2.0\n';
    const report = await run(w, [file('KO_actions.csv', csv)], { columns: {} }, by).catch(
      (e: Error) => e.message,
    );
    expect(report).toMatchObject({ kind: 'actions', added: 2 });
    const known = had(await test.engine.actions(w, id));
    expect(known.map(({ kind, value }) => `${kind} ${value}`)).toEqual([
      'dividend 0.255',
      'split 2:1',
    ]);
  });

  it('refuse what holds nothing of use, and keep nothing of it', async () => {
    const w = await test.workspace();
    const answer = await test.engine.runEtl(w, [file('page.csv', '<html>Too many</html>')], {}, by);
    expect(answer).toMatchObject({ ok: false, fault: { code: 'etl.refused' } });
    expect(had(await test.engine.etlRuns(w, 10))).toEqual([]);
    const market = await test.engine.runEtl(marketWorkspace, [], {}, by);
    expect(market).toMatchObject({ ok: false, fault: { code: 'workspace.unknown' } });
  });
});
