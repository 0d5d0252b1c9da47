import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { file, had, into, type TestEngine, testEngine } from './testing/test-engine.ts';

const by = { actor: 'test' };
const header = 'date,type,symbol,quantity,price,amount,fee,tax,currency,account,note';
const csv = (...rows: string[]): string => [header, ...rows].join('\n');

/** Buys and sells whose true profit is 50. */
const fifty = csv(
  '2024-01-02,buy,X,10,100,,0,0,EUR,,',
  '2024-02-01,sell,X,5,110,,0,0,EUR,,',
  '2024-03-01,buy,X,5,200,,0,0,EUR,,',
  '2024-04-01,sell,X,10,150,,0,0,EUR,,',
);

let test: TestEngine;
beforeAll(async () => {
  test = await testEngine();
}, 60_000);
afterAll(() => test.close());

const take = async (workspace: string, content: string, request = into('Broker'), name = 'a.csv') =>
  test.engine.importFiles(workspace, [file(name, content)], request, by);

describe('importing', () => {
  it('shows the true profit where the leading tracker shows another', async () => {
    const w = await test.workspace();
    expect(had(await take(w, fifty)).value).toMatchObject({ added: 4, skipped: 0, refused: [] });
    const performance = had(await test.engine.performance(w, { portfolio: 'all' }));
    expect(performance).toMatchObject({
      value: '0',
      gain: '50',
      realised: '50',
      unrealised: '0',
      fx: '0',
    });
  });

  it('adds nothing the second time, and keeps two identical fills of one file', async () => {
    const w = await test.workspace();
    const twice = csv('2024-01-02,buy,X,1,100,,0,0,EUR,,', '2024-01-02,buy,X,1,100,,0,0,EUR,,');
    expect(had(await take(w, twice)).value).toMatchObject({ added: 2, skipped: 0 });
    expect(had(await take(w, twice)).value).toMatchObject({ added: 0, skipped: 2 });
    const longer = `${twice}\n2024-01-03,buy,X,1,100,,0,0,EUR,,`;
    expect(had(await take(w, longer, into('Broker'), 'b.csv')).value).toMatchObject({
      added: 1,
      skipped: 2,
    });
    const [held] = had(await test.engine.holdings(w, { portfolio: 'all', lots: false })).holdings;
    expect(held).toMatchObject({ instrument: 'X', quantity: '3', cost: '300' });
  });

  it('takes a file with a refused row not at all, unless asked for the valid ones', async () => {
    const w = await test.workspace();
    const bad = csv(
      '2024-01-02,buy,X,1,100,,0,0,EUR,,',
      '2024-01-32,buy,X,1,100,,0,0,EUR,,',
      '2024-01-05,sell,X,7,1,,0,0,EUR,,',
    );
    const refused = await take(w, bad);
    expect(refused).toMatchObject({ ok: false, fault: { code: 'import.refused' } });
    const { summary } = (
      refused as unknown as { fault: { facts: { summary: { refused: object[] } } } }
    ).fault.facts;
    expect(summary).toMatchObject({ added: 0 });
    expect(summary.refused).toEqual([
      expect.objectContaining({ file: 'a.csv', line: 3, column: 'date', value: '2024-01-32' }),
      expect.objectContaining({ file: 'a.csv', line: 4, code: 'ledger.not-held' }),
    ]);
    expect(had(await test.engine.holdings(w, { portfolio: 'all', lots: false })).holdings).toEqual(
      [],
    );
    const valid = had(await take(w, bad, into('Broker', { acceptValid: true }))).value;
    expect(valid).toMatchObject({ added: 1 });
    expect(valid.refused).toHaveLength(2);
  });

  it('is undone as one, and can then be imported again', async () => {
    const w = await test.workspace();
    const { importId } = had(await take(w, fifty)).value;
    had(await test.engine.undoImport(w, importId ?? '', by));
    expect(had(await test.engine.performance(w, { portfolio: 'all' }))).toMatchObject({
      value: '0',
      from: null,
      gain: '0',
    });
    expect(await test.engine.undoImport(w, importId ?? '', by)).toMatchObject({
      ok: false,
      fault: { code: 'import.already-undone' },
    });
    expect(had(await take(w, fifty)).value).toMatchObject({ added: 4 });
    expect(had(await test.engine.performance(w, { portfolio: 'all' })).gain).toBe('50');
  });

  it('refuses to undo what later transactions rest on', async () => {
    const w = await test.workspace();
    const { importId } = had(await take(w, csv('2024-01-02,buy,X,10,100,,0,0,EUR,,'))).value;
    had(await take(w, csv('2024-02-02,sell,X,10,100,,0,0,EUR,,'), into('Broker'), 'later.csv'));
    expect(await test.engine.undoImport(w, importId ?? '', by)).toMatchObject({
      ok: false,
      fault: { code: 'ledger.not-held' },
    });
  });

  it('keeps a symbol such as 0700 as text and remembers a mapping', async () => {
    const w = await test.workspace();
    had(await take(w, csv('2024-01-02,buy,0700,1,300,,0,0,HKD,,')));
    const [tencent] = had(await test.engine.instruments(w, '0700', 10));
    expect(tencent).toMatchObject({ symbol: '0700', currency: 'HKD' });
    const preview = had(
      await test.engine.previewImport(
        w,
        [file('b.csv', csv('2024-01-03,buy,TCEHY,1,300,,0,0,HKD,,'))],
        into('Broker'),
      ),
    );
    expect(preview.instruments).toEqual([
      expect.objectContaining({ key: 'symbol:TCEHY', status: 'new' }),
    ]);
    const mapped = into('Broker', { instruments: { 'symbol:TCEHY': tencent?.id ?? '' } });
    had(await take(w, csv('2024-01-03,buy,TCEHY,1,300,,0,0,HKD,,'), mapped, 'b.csv'));
    had(await take(w, csv('2024-01-04,buy,TCEHY,1,300,,0,0,HKD,,'), into('Broker'), 'c.csv'));
    const { holdings } = had(await test.engine.holdings(w, { portfolio: 'all', lots: false }));
    expect(holdings).toEqual([expect.objectContaining({ instrument: '0700', quantity: '3' })]);
  });

  it('shows row by row what it would do, and does nothing', async () => {
    const w = await test.workspace();
    const preview = had(await test.engine.previewImport(w, [file('a.csv', fifty)], into('Broker')));
    expect(preview).toMatchObject({ added: 4, format: 'plimsoll-csv', importId: null });
    expect(preview.rows.map(({ line, status, type }) => [line, status, type])).toEqual([
      [2, 'add', 'buy'],
      [3, 'add', 'sell'],
      [4, 'add', 'buy'],
      [5, 'add', 'sell'],
    ]);
    expect(had(await test.engine.accounts(w))).toEqual([]);
  });

  it('names what it sees of a file that is of no known format', async () => {
    const w = await test.workspace();
    const preview = had(
      await test.engine.previewImport(
        w,
        [file('odd.csv', 'Datum;Wertpapier;Stück;Kurs;Vorgang\n01.02.2024;X;5;10,5;Kauf\n')],
        into('Broker'),
      ),
    );
    expect(preview.refused[0]?.reason).toContain('Datum, Wertpapier, Stück');
    expect(preview.columns).toEqual(['Datum', 'Wertpapier', 'Stück', 'Kurs', 'Vorgang']);
    expect(preview.suggestedMapping).not.toBeNull();
  });
});

describe('valuing', () => {
  const prices = 'date,close\n2024-01-02,100\n2024-06-28,120\n';

  it('uses the market where it is known, own trades before, and never a later price', async () => {
    const w = await test.workspace();
    had(await take(w, csv('2024-01-02,buy,X,1,90,,0,0,EUR,,')));
    had(await test.engine.importPrices(w, [file('X.csv', 'date,close\n2024-05-20,300\n')], {}, by));
    const at = async (day: string) =>
      had(await test.engine.holdings(w, { portfolio: 'all', lots: false, at: day })).holdings[0];
    expect(await at('2024-05-19')).toMatchObject({ value: '90', priceState: 'trade' });
    expect(await at('2024-05-20')).toMatchObject({ value: '300', priceState: 'market' });
    expect(await at('2024-05-24')).toMatchObject({ value: '300', priceState: 'carried' });
    expect(await at('2024-05-29')).toMatchObject({ value: '300', priceState: 'stale' });
  });

  it('gives prices that came first the currency of the first transaction', async () => {
    const w = await test.workspace();
    had(await test.engine.importPrices(w, [file('X.csv', prices)], {}, by));
    had(await take(w, csv('2024-01-02,buy,X,2,100,,1,0,USD,,')));
    const { holdings } = had(
      await test.engine.holdings(w, { portfolio: 'all', lots: true, at: '2024-06-28' }),
    );
    expect(holdings).toEqual([
      expect.objectContaining({
        instrument: 'X',
        currency: 'USD',
        cost: '201',
        price: '120',
        value: '240',
        gain: '39',
      }),
    ]);
  });

  it('splits the gain of a foreign holding into price and FX, and explains each figure alike', async () => {
    const w = await test.workspace();
    const rates = 'Date,USD,\n2024-01-02,1.25,\n2024-06-28,1.0,\n';
    had(
      await test.engine.importPrices(
        w,
        [file('X.csv', prices), file('eurofxref-hist.csv', rates)],
        {},
        by,
      ),
    );
    had(await take(w, csv('2024-01-02,buy,X,10,100,,0,0,USD,,')));
    const query = { portfolio: 'all', base: 'EUR', to: '2024-06-28' };
    const performance = had(await test.engine.performance(w, query));
    expect(performance).toMatchObject({
      value: '1200',
      paidIn: '800',
      gain: '400',
      fx: '200',
      pricePart: '200',
      simpleReturn: 0.5,
    });
    for (const figure of ['value', 'paidIn', 'gain', 'fx', 'pricePart', 'unrealised'] as const) {
      const derived = had(await test.engine.explain(w, { ...query, figure }));
      expect([figure, derived.value]).toEqual([figure, performance[figure]]);
    }
    const rate = had(await test.engine.explain(w, { ...query, figure: 'holding:Broker:X:value' }));
    expect(rate.terms.map(({ label, value, day }) => [label, value, day])).toEqual([
      ['Quantity', '10', null],
      ['Price', '120', '2024-06-28'],
      ['Rate USD to EUR', '1', '2024-06-28'],
    ]);
    expect(rate.transactions.items).toEqual([
      expect.objectContaining({ type: 'buy', source: 'a.csv:2' }),
    ]);
  });

  it('says why a figure is unknown instead of showing one', async () => {
    const w = await test.workspace();
    had(await take(w, csv('2024-01-02,buy,X,10,100,,0,0,USD,,')));
    const performance = had(
      await test.engine.performance(w, { portfolio: 'all', base: 'EUR', to: '2024-06-28' }),
    );
    expect(performance).toMatchObject({ gain: null, twr: null, xirr: null });
    expect(performance.reasons['gain']).toContain('no rate from USD to EUR');
  });

  it('finds the same yearly rate by money and by time in a period without flows', async () => {
    const w = await test.workspace();
    had(await take(w, csv('2022-01-03,buy,X,10,100,,0,0,EUR,,')));
    const prices = 'date,close\n2022-12-30,100\n2024-12-31,121\n';
    had(await test.engine.importPrices(w, [file('X.csv', prices)], {}, by));
    const { twr, twrAnnualised, xirr } = had(
      await test.engine.performance(w, {
        portfolio: 'all',
        from: '2023-01-01',
        to: '2024-12-31',
      }),
    );
    expect(twr).toBeCloseTo(0.21, 12);
    expect(twrAnnualised).toBeCloseTo(1.21 ** (365 / 731) - 1, 12);
    expect(xirr).toBeCloseTo(1.21 ** (365 / 731) - 1, 12);
  });

  it('shows no cost in a currency to which no rate was known, rather than none', async () => {
    const w = await test.workspace();
    had(await take(w, csv('2024-01-02,buy,X,10,100,,0,0,USD,,')));
    const rates = 'date,close,currency\n2024-02-01,1.25,USD\n';
    had(await test.engine.importPrices(w, [file('EURUSD.csv', rates)], {}, by));
    const query = { portfolio: 'all', base: 'EUR', at: '2024-03-01', lots: true } as const;
    const { holdings, leftOut } = had(await test.engine.holdings(w, query));
    expect(holdings).toMatchObject([{ cost: null, value: '800', gain: null, baseCost: null }]);
    expect(holdings[0]?.reasons).toMatchObject({
      cost: 'No rate to EUR was known when some of it was bought.',
      gain: 'No rate to EUR was known when some of it was bought.',
    });
    expect(holdings[0]?.lots).toMatchObject([{ cost: '1000', currency: 'USD', gain: null }]);
    expect(leftOut).toEqual(['X: cost and gain are unknown, as no rate was known when it came']);
    const asked = { ...query, figure: 'holding:Broker:X:cost' };
    expect(had(await test.engine.explain(w, asked)).value).toBeNull();
  });

  it('refuses a period that ends before it begins', async () => {
    const w = await test.workspace();
    had(await take(w, csv('2022-01-03,buy,X,10,100,,0,0,EUR,,')));
    const query = { portfolio: 'all', from: '2024-02-01', to: '2024-01-01' } as const;
    const detail = 'The period begins on 2024-02-01, after its last day, 2024-01-01.';
    const refused = { ok: false, fault: { code: 'request.invalid', detail } };
    expect(await test.engine.performance(w, query)).toMatchObject(refused);
    expect(await test.engine.series(w, query)).toMatchObject(refused);
    expect(await test.engine.explain(w, { ...query, figure: 'gain' })).toMatchObject(refused);
  });

  it('says what had no price at the start or on the way', async () => {
    const w = await test.workspace();
    const header = 'date,type,symbol,quantity,price,amount,currency,to,cost-share';
    const rows = [
      '2024-01-02,buy,X,10,100,,EUR,,',
      '2024-01-03,spin-off,X,10,,,EUR,Y,0.2',
      '2024-01-08,buy,Y,1,30,,EUR,,',
    ];
    had(await take(w, [header, ...rows].join('\n')));
    const { startValue, notes } = had(
      await test.engine.performance(w, { portfolio: 'all', from: '2024-01-05', to: '2024-01-08' }),
    );
    expect(startValue).toBe('1200');
    expect(notes).toEqual([
      '2 holdings valued at your own last trade, as no market price is known: X, Y.',
      '1 holding had no known price when the period began and counted at cost then: Y.',
      '3 daily values of the chart unknown, as no price was known yet: daily value and drawdown leave out what was held then.',
    ]);
  });

  it('compares with the same money in a benchmark', async () => {
    const w = await test.workspace();
    had(
      await test.engine.importPrices(
        w,
        [file('X.csv', prices), file('IDX.csv', 'date,close\n2024-01-02,50\n2024-06-28,75\n')],
        { currency: 'EUR' },
        by,
      ),
    );
    had(
      await take(
        w,
        csv('2024-01-02,deposit,,,,1000,,,EUR,,', '2024-01-02,buy,X,10,100,,0,0,EUR,,'),
      ),
    );
    const query = { portfolio: 'all', to: '2024-06-28', benchmark: 'IDX' };
    const performance = had(await test.engine.performance(w, query));
    expect(performance).toMatchObject({ value: '1200', twr: expect.closeTo(0.2, 12) });
    expect(performance.benchmark).toMatchObject({
      label: 'IDX',
      value: '1500.00',
      gain: '500.00',
      twr: expect.closeTo(0.5, 12),
    });
    const series = had(await test.engine.series(w, query));
    expect([series.days.length, series.value.at(-1), series.benchmark?.at(-1)]).toEqual([
      179, 1200, 1500,
    ]);
  });
});

describe('recording by hand', () => {
  it('completes a trade from its price, refuses what is not held, and reverses', async () => {
    const w = await test.workspace();
    const account = had(
      await test.engine.createAccount(w, { name: 'A', currency: 'EUR' }, by),
    ).value;
    const instrument = had(
      await test.engine.createInstrument(
        w,
        { kind: 'equity', name: 'X', symbol: 'X', currency: 'EUR' },
        by,
      ),
    ).value;
    const trade = {
      accountId: account.id,
      instrumentId: instrument.id,
      currency: 'EUR',
      fee: '0',
      tax: '0',
    };
    const buy = { ...trade, type: 'buy', effectiveAt: '2024-01-02', quantity: '2', price: '10.5' };
    const { ids } = had(await test.engine.record(w, [buy], by)).value;
    const sell = { ...trade, type: 'sell', effectiveAt: '2024-01-03', quantity: '3', amount: '30' };
    expect(await test.engine.record(w, [sell], by)).toMatchObject({
      ok: false,
      fault: { code: 'ledger.not-held', facts: { index: 0 } },
    });
    const page = had(await test.engine.transactions(w, { limit: 10 }));
    expect(page.items).toEqual([
      expect.objectContaining({ type: 'buy', amount: '21', price: '10.5' }),
    ]);
    had(await test.engine.reverse(w, ids[0] ?? '', 'typo', by));
    expect(had(await test.engine.transactions(w, { limit: 10 })).items).toEqual([]);
    expect(await test.engine.reverse(w, ids[0] ?? '', 'again', by)).toMatchObject({
      ok: false,
      fault: { code: 'ledger.already-reversed' },
    });
  });

  it('answers the same key once, and refuses it for another request', async () => {
    const w = await test.workspace();
    const account = had(
      await test.engine.createAccount(w, { name: 'A', currency: 'EUR' }, by),
    ).value;
    const deposit = {
      type: 'deposit',
      accountId: account.id,
      effectiveAt: '2024-01-02',
      amount: '5',
      currency: 'EUR',
    };
    const key = { operation: 'POST /v1/transactions', key: 'k1', request: 'r1' };
    const first = had(await test.engine.record(w, [deposit], { actor: 'test', idempotency: key }));
    const again = had(await test.engine.record(w, [deposit], { actor: 'test', idempotency: key }));
    expect([first.replayed, again.replayed, again.value]).toEqual([false, true, first.value]);
    const other = { actor: 'test', idempotency: { ...key, request: 'r2' } };
    expect(await test.engine.record(w, [deposit], other)).toMatchObject({
      ok: false,
      fault: { code: 'idempotency.key-reused' },
    });
    expect(had(await test.engine.transactions(w, { limit: 10 })).total).toBe(1);
  });
});

describe('the whole', () => {
  it('exports a record that imports back to the same holdings', async () => {
    const w = await test.workspace();
    had(await take(w, fifty));
    had(
      await take(
        w,
        csv('2024-05-01,buy,Y,3,7,,1,0,EUR,,', '2024-05-02,dividend,Y,,,2,0,0.3,EUR,,'),
        into('Other'),
        'y.csv',
      ),
    );
    const content = had(await test.engine.exportCsv(w));
    expect(had(await take(w, content, into('Broker'), 'export.csv')).value).toMatchObject({
      added: 0,
      skipped: 6,
    });
    const copy = await test.workspace();
    had(await take(copy, content, into('Broker'), 'export.csv'));
    const of = async (workspace: string) => {
      const { holdings } = had(
        await test.engine.holdings(workspace, { portfolio: 'all', lots: false }),
      );
      return holdings.map(({ account, instrument, quantity, cost }) => ({
        account,
        instrument,
        quantity,
        cost,
      }));
    };
    expect(await of(copy)).toEqual(await of(w));
    expect(had(await test.engine.performance(copy, { portfolio: 'all' })).gain).toBe(
      had(await test.engine.performance(w, { portfolio: 'all' })).gain,
    );
  });

  it('shows a demo that adds up, labelled as simulated', async () => {
    const { id, demo } = had(await test.engine.createDemo());
    expect(demo).toBe(true);
    const performance = had(await test.engine.performance(id, { portfolio: 'all' }));
    const { gain, realised, unrealised, income, fees, taxes } = performance;
    const scaled = (text: string | null): bigint => {
      const [whole = '0', fraction = ''] = (text ?? '').replace('-', '').split('.');
      const value = BigInt(whole + fraction.padEnd(18, '0'));
      return text?.startsWith('-') ? -value : value;
    };
    expect(scaled(gain)).toBe(
      scaled(realised) + scaled(unrealised) + scaled(income) - scaled(fees) - scaled(taxes),
    );
    expect(performance.reasons).toEqual({});
    const { holdings } = had(await test.engine.holdings(id, { portfolio: 'all', lots: false }));
    expect(holdings.filter(({ kind, simulated }) => kind !== 'cash' && !simulated)).toEqual([]);
    const parts = performance.contributions.reduce((sum, one) => sum + (one.contribution ?? 0), 0);
    expect(parts).toBeCloseTo(performance.twr ?? Number.NaN, 9);
  }, 60_000);

  it('leaves a record that the independent check finds whole', async () => {
    expect((await test.engine.verify()).findings).toEqual([]);
  });
});
