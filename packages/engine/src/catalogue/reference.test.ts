import { plainInstrument } from '@plimsoll/domain';
import { marketWorkspace } from '@plimsoll/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { had, type TestEngine, testEngine } from '../testing/test-engine.ts';

const by = { actor: 'owner' };

let test: TestEngine;
beforeAll(async () => {
  test = await testEngine('2026-06-30T12:00:00.000Z');
}, 60_000);
afterAll(() => test.close());

const written = <T>(answer: Parameters<typeof had<{ value: T }>>[0]): T => had(answer).value;

const instrument = async (
  workspace: string,
  name: string,
  more: Partial<Parameters<TestEngine['engine']['createInstrument']>[1]> = {},
) => {
  const wanted = { kind: 'equity', name, currency: 'USD', ...more } as const;
  return written(await test.engine.createInstrument(workspace, wanted, by)).id;
};

const found = async (workspace: string, text: string, on?: string) => {
  const answer = await test.engine.resolveInstruments(workspace, { text, on, limit: 20 });
  return had(answer).matches.map(({ name, matchedBy }) => `${name}: ${matchedBy}`);
};

describe('what a text means', () => {
  it('is found by number, symbol, venue and name, the surest first', async () => {
    const w = await test.workspace();
    await instrument(w, 'Apple Inc', { symbol: 'AAPL', mic: 'XNAS', isin: 'US0378331005' });
    await instrument(w, 'Vodafone', {
      symbol: 'VOD',
      mic: 'XLON',
      isin: 'GB00BH4HKS39',
      currency: 'GBP',
    });
    await instrument(w, 'Allianz SE', {
      symbol: 'ALV',
      mic: 'XETR',
      isin: 'DE0008404005',
      currency: 'EUR',
    });
    await instrument(w, 'Pineapple Holdings', { symbol: 'PEGY', figi: 'BBG000B9XRY4' });
    expect(await found(w, 'US0378331005')).toEqual(['Apple Inc: ISIN']);
    expect(await found(w, '037833100')).toEqual(['Apple Inc: CUSIP']);
    expect(await found(w, 'BH4HKS3')).toEqual(['Vodafone: SEDOL']);
    expect(await found(w, '840400')).toEqual(['Allianz SE: WKN']);
    expect(await found(w, 'BBG000B9XRY4')).toEqual(['Pineapple Holdings: FIGI']);
    expect(await found(w, 'alv@XETR')).toEqual(['Allianz SE: symbol and venue']);
    expect(await found(w, 'aapl')).toEqual(['Apple Inc: symbol']);
    expect(await found(w, 'apple')).toEqual(['Apple Inc: name', 'Pineapple Holdings: name']);
    expect(await found(w, 'inc apple')).toEqual(['Apple Inc: name']);
    expect(await found(w, 'nothing of the kind')).toEqual([]);
  });

  it('says so where a number is mistyped or a symbol is of several', async () => {
    const w = await test.workspace();
    await instrument(w, 'Siemens', { symbol: 'SIE', mic: 'XETR', currency: 'EUR' });
    await instrument(w, 'Sierra', { symbol: 'SIE', mic: 'XNYS' });
    const several = had(await test.engine.resolveInstruments(w, { text: 'SIE', limit: 20 }));
    expect(several.matches.map(({ mic, currency }) => `${mic} ${currency}`).sort()).toEqual([
      'XETR EUR',
      'XNYS USD',
    ]);
    expect(several.notes.join()).toContain('the symbol of several');
    const mistyped = had(
      await test.engine.resolveInstruments(w, { text: 'US0378331006', limit: 20 }),
    );
    expect(mistyped.notes.join()).toContain('Did you mean US0378331005?');
  });

  it('is also found in the market, unless the workspace has it', async () => {
    const w = await test.workspace();
    await test.store.write(marketWorkspace, async ({ catalogue, links }) => {
      await catalogue.saveInstruments([
        plainInstrument({
          id: 'listing-nestle',
          kind: 'equity',
          name: 'Nestlé',
          symbol: 'NESN',
          mic: 'XSWX',
          currency: 'CHF',
        }),
      ]);
      await links.setProviderSymbol('listing-nestle', 'yahoo', 'NESN.SW');
    });
    const [match] = had(
      await test.engine.resolveInstruments(w, { text: 'NESN', limit: 5 }),
    ).matches;
    expect(match).toMatchObject({ where: 'market', id: 'listing-nestle', mic: 'XSWX' });
    const [called] = had(
      await test.engine.resolveInstruments(w, { text: 'yahoo:NESN.SW', limit: 5 }),
    ).matches;
    expect(called).toMatchObject({ id: 'listing-nestle', matchedBy: 'symbol of yahoo' });
  });
});

describe('what instruments were called', () => {
  it('is known by the day, and a reused symbol names two at different times', async () => {
    const w = await test.workspace();
    const { engine } = test;
    const meta = await instrument(w, 'Meta Platforms', { symbol: 'FB', mic: 'XNAS' });
    const change = { kind: 'symbol-change', day: '2022-06-09', value: '1', other: 'META' } as const;
    written(await engine.addAction(w, { instrument: meta, ...change }, by));
    expect(await found(w, 'FB', '2020-01-01')).toEqual(['Meta Platforms: symbol on 2020-01-01']);
    expect(await found(w, 'META@XNAS', '2024-01-01')).toEqual([
      'Meta Platforms: symbol and venue on 2024-01-01',
    ]);
    expect(await found(w, 'META', '2020-01-01')).toEqual(['Meta Platforms: name']);
    const reuser = await instrument(w, 'Other', { symbol: 'OTH', mic: 'XNAS' });
    const name = { symbol: 'FB', mic: 'XNAS', from: '2024-05-01' };
    written(await engine.addInstrumentName(w, reuser, name, by));
    expect(await found(w, 'FB', '2020-01-01')).toEqual(['Meta Platforms: symbol on 2020-01-01']);
    expect(await found(w, 'FB', '2024-06-01')).toEqual(['Other: symbol on 2024-06-01']);
    const names = had(await engine.instrumentNames(w, meta));
    expect(names.map(({ symbol, from, until }) => [symbol, from, until])).toEqual([
      ['FB', null, '2022-06-09'],
      ['META', '2022-06-09', null],
    ]);
  });

  it('is as before where the change is withdrawn', async () => {
    const w = await test.workspace();
    const { engine } = test;
    const id = await instrument(w, 'Acme', { symbol: 'ACM', mic: 'XNYS' });
    const first = { symbol: 'ACM', mic: 'XNYS', from: '2001-01-01' };
    const before = written(await engine.addInstrumentName(w, id, first, by));
    const change = { kind: 'symbol-change', day: '2022-06-09', value: '1', other: 'NEW' } as const;
    const action = written(await engine.addAction(w, { instrument: id, ...change }, by));
    expect(had(await engine.instrumentNames(w, id))).toHaveLength(2);
    written(await engine.withdrawAction(w, action.id, by));
    expect(had(await engine.instrumentNames(w, id))).toEqual(before);
  });

  it('is kept with the listing, for all who hold it', async () => {
    const [w, other] = [await test.workspace(), await test.workspace()];
    const id = 'listing-square';
    await test.store.write(marketWorkspace, ({ catalogue }) =>
      catalogue.saveInstruments([
        plainInstrument({
          id,
          kind: 'equity',
          name: 'Block Inc',
          symbol: 'SQ',
          mic: 'XNYS',
          currency: 'USD',
        }),
      ]),
    );
    const own = await instrument(w, 'Square', { symbol: 'SQ', mic: 'XNYS' });
    const link = { instrumentId: own, listingId: id, linkedBy: 'rule', evidence: 'test' };
    await test.store.write(w, ({ links }) => links.link(link));
    const change = { kind: 'symbol-change', day: '2025-01-21', value: '1', other: 'XYZ' } as const;
    written(await test.engine.addAction(w, { instrument: own, ...change }, by));
    const names = had(await test.engine.instrumentNames(w, own));
    expect(names.map(({ symbol, shared }) => `${symbol} ${shared}`)).toEqual([
      'SQ true',
      'XYZ true',
    ]);
    expect(await found(other, 'XYZ@XNYS', '2025-06-01')).toEqual([
      'Block Inc: symbol and venue on 2025-06-01',
    ]);
    expect(await found(other, 'SQ@XNYS', '2025-06-01')).toEqual([]);
  });

  it('ends with a delisting, and the instrument says so', async () => {
    const w = await test.workspace();
    const gone = await instrument(w, 'Sears', { symbol: 'SHLD', mic: 'XNAS' });
    const delisting = { kind: 'delisting', day: '2018-10-24', value: '0' } as const;
    written(await test.engine.addAction(w, { instrument: gone, ...delisting }, by));
    const [match] = had(
      await test.engine.resolveInstruments(w, { text: 'SHLD', limit: 5 }),
    ).matches;
    expect(match).toMatchObject({ name: 'Sears', delistedOn: '2018-10-24' });
    expect(await found(w, 'SHLD', '2018-10-24')).toEqual([]);
  });
});

describe('exposure', () => {
  it('looks through funds, adds up exactly, and says what it does not know', async () => {
    const w = await test.workspace();
    const { engine } = test;
    const account = written(await engine.createAccount(w, { name: 'Broker', currency: 'USD' }, by));
    const world = await instrument(w, 'World ETF', { kind: 'etf', symbol: 'WRLD' });
    const apple = await instrument(w, 'Apple', {
      symbol: 'AAPL',
      isin: 'US0378331005',
      sector: 'Technology',
      country: 'US',
    });
    const buy = (instrumentId: string, quantity: string) => ({
      type: 'buy',
      accountId: account.id,
      instrumentId,
      effectiveAt: '2026-01-05',
      quantity,
      price: '10',
      currency: 'USD',
      fee: '0',
      tax: '0',
    });
    had(await engine.record(w, [buy(world, '90'), buy(apple, '10')], by));
    written(
      await engine.setConstituents(
        w,
        world,
        {
          asOf: '2026-03-31',
          constituents: [
            { label: 'Apple', isin: 'US0378331005', weight: '0.3' },
            {
              label: 'Nestlé',
              weight: '0.2',
              sector: 'Consumer Defensive',
              country: 'CH',
              currency: 'CHF',
            },
          ],
        },
        by,
      ),
    );
    const exposure = async (bySector: 'sector' | 'currency', lookThrough: boolean) => {
      const query = { portfolio: 'all', by: bySector, lookThrough } as const;
      const view = had(await engine.exposure(w, query));
      return { rows: view.rows.map(({ label, value, share }) => [label, value, share]), view };
    };
    const looked = await exposure('sector', true);
    expect(looked.rows).toEqual([
      ['Information Technology', '370', '0.37'],
      ['Consumer Staples', '180', '0.18'],
      ['not looked through', '450', '0.45'],
    ]);
    expect(looked.view).toMatchObject({
      total: '1000',
      funds: [{ label: 'WRLD', asOf: '2026-03-31', covered: '0.5' }],
    });
    expect((await exposure('sector', false)).rows).toEqual([
      ['Information Technology', '100', '0.1'],
      ['not known', '900', '0.9'],
    ]);
    expect((await exposure('currency', true)).rows).toContainEqual(['CHF', '180', '0.18']);
    const before = had(await engine.constituents(w, world, '2026-03-30'));
    expect(before).toMatchObject({ asOf: null, constituents: [] });
    const after = had(await engine.constituents(w, world, '2026-03-31'));
    expect(after.constituents[0]).toMatchObject({ instrumentId: apple, weight: '0.3' });
  });
});
