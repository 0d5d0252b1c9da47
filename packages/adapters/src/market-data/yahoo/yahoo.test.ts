import { gunzipSync } from 'node:zlib';
import { dayFromNumber } from '@plimsoll/kernel';
import type { DailyHistory } from '@plimsoll/ports';
import {
  type FakeReply,
  type FakeRequest,
  fakeProvider,
  marketDataHttpConformance,
  type StandardMarket,
  virtualWorld,
} from '@plimsoll/ports/conformance';
import { describe, expect, it } from 'vitest';
import { sharedData } from '../../market-data-kit/testing/shared-data.ts';
import yahoo from './index.ts';
import { micOf, yahooSymbol } from './yahoo-symbol.ts';

const notFound = {
  status: 404,
  json: {
    chart: {
      result: null,
      error: { code: 'Not Found', description: 'No data found, symbol may be delisted' },
    },
  },
};

/** New York's exchange opens at 14:30 or, in summer, 13:30 UTC. */
const opening = (day: unknown): number =>
  Date.parse(`${String(day)}T${String(day) < '2026-03-08' ? '14' : '13'}:30:00Z`) / 1000;

const seconds: Readonly<Record<string, number>> = { '1m': 60, '5m': 300, '15m': 900, '1h': 3600 };

interface Row {
  readonly at: number;
  readonly open: unknown;
  readonly high: unknown;
  readonly low: unknown;
  readonly close: unknown;
  readonly volume: unknown;
  readonly adjustedClose?: unknown;
}

/** As the fixtures of yahoo-finance2 show the chart. */
function chart(market: StandardMarket, rows: readonly Row[], within: (at: number) => boolean) {
  const events = (list: readonly { readonly day: string }[]) =>
    list.filter(({ day }) => within(opening(day)));
  const column = (name: keyof Row) => rows.map((row) => row[name]);
  const quote =
    rows.length === 0
      ? {}
      : {
          open: column('open'),
          high: column('high'),
          low: column('low'),
          close: column('close'),
          volume: column('volume'),
        };
  return {
    meta: {
      currency: 'USD',
      symbol: market.symbolInReply ?? 'ACME',
      exchangeName: 'NMS',
      fullExchangeName: 'NasdaqGS',
      instrumentType: 'EQUITY',
      firstTradeDate: 345_479_400,
      regularMarketTime: market.quote.at / 1000,
      hasPrePostMarketData: true,
      gmtoffset: -14_400,
      timezone: 'EDT',
      exchangeTimezoneName: 'America/New_York',
      regularMarketPrice: market.quote.last,
      priceHint: 2,
      currentTradingPeriod: Object.fromEntries(
        ['pre', 'regular', 'post'].map((name) => [
          name,
          { timezone: 'EDT', start: 1_780_300_000, end: 1_780_320_000, gmtoffset: -14_400 },
        ]),
      ),
      dataGranularity: '1d',
      range: '',
      validRanges: ['1d', '5d'],
    },
    ...(rows.length === 0 ? {} : { timestamp: column('at') }),
    events: {
      dividends: Object.fromEntries(
        events(market.dividends).map((one) => {
          const { day, amount } = one as StandardMarket['dividends'][number];
          return [opening(day), { amount, date: opening(day) }];
        }),
      ),
      splits: Object.fromEntries(
        events(market.splits).map((one) => {
          const { day, ratio } = one as StandardMarket['splits'][number];
          const split = { numerator: ratio, denominator: 1, splitRatio: `${ratio}:1` };
          return [opening(day), { date: opening(day), ...split }];
        }),
      ),
    },
    indicators: { quote: [quote], adjclose: [{ adjclose: column('adjustedClose') }] },
    ...market.extra,
  };
}

function answer({ path, query }: FakeRequest, market: StandardMarket): FakeReply {
  if (path === '/v1/finance/search') {
    const found = {
      exchange: 'NMS',
      shortname: 'Acme',
      quoteType: 'EQUITY',
      symbol: 'ACME',
      index: 'quotes',
      score: 1,
      typeDisp: 'Equity',
      longname: 'Acme Inc.',
      exchDisp: 'NASDAQ',
      isYahooFinance: true,
    };
    const quotes = /acme/i.test(query.get('q') ?? '') ? [found] : [];
    const empty = { news: [], nav: [], lists: [], researchReports: [], totalTime: 1 };
    const times = {
      timeTakenForQuotes: 1,
      timeTakenForNews: 0,
      timeTakenForAlgowatchlist: 1,
      timeTakenForPredefinedScreener: 1,
      timeTakenForCrunchbase: 1,
      timeTakenForNav: 1,
      timeTakenForResearchReports: 0,
      timeTakenForScreenerField: 0,
      timeTakenForCulturalAssets: 0,
      timeTakenForSearchLists: 0,
    };
    return { json: { explains: [], count: quotes.length, quotes, ...empty, ...times } };
  }
  if (path !== '/v8/finance/chart/ACME') return notFound;
  const [from, until] = [Number(query.get('period1')), Number(query.get('period2'))];
  const within = (at: number): boolean => Number.isNaN(at) || (at >= from && at < until);
  const length = seconds[query.get('interval') ?? ''];
  const rows: Row[] =
    length === undefined
      ? market.days.map(({ day, ...row }) => ({ at: opening(day), ...row }))
      : market.bars(length * 1000).map((bar) => ({ ...bar, at: bar.from / 1000 }));
  const inside = rows.filter(({ at }) => within(at) || at > 1_900_000_000);
  return { json: { chart: { result: [chart(market, inside, within)], error: null } } };
}

marketDataHttpConformance('yahoo', {
  create: ({ baseUrl, requestsPerMinute, timeoutSeconds }, world) =>
    yahoo.create({ baseUrl, requestsPerMinute, timeoutSeconds }, world),
  symbol: { symbol: 'ACME', mic: 'XNAS' },
  unknown: { symbol: 'NOPE', mic: 'XNAS' },
  answer,
  lacks: { key: 'it has none' },
});

describe('symbols of Yahoo', () => {
  it.each([
    [{ symbol: 'AAPL', mic: 'XNAS' }, 'AAPL'],
    [{ symbol: 'BRK.B', mic: 'XNYS' }, 'BRK-B'],
    [{ symbol: 'BRK.B' }, 'BRK-B'],
    [{ symbol: 'VOD', mic: 'XLON' }, 'VOD.L'],
    [{ symbol: 'VOD.L', mic: 'XLON' }, 'VOD.L'],
    [{ symbol: 'vod.l' }, 'VOD.L'],
    [{ symbol: 'SAP', mic: 'XETR' }, 'SAP.DE'],
    [{ symbol: 'ERIC B', mic: 'XSTO' }, 'ERIC-B.ST'],
    [{ symbol: '700', mic: 'XHKG' }, '0700.HK'],
    [{ symbol: '00700', mic: 'XHKG' }, '0700.HK'],
    [{ symbol: '7203', mic: 'XTKS' }, '7203.T'],
    [{ symbol: 'BTC-USD', kind: 'crypto' }, 'BTC-USD'],
    [{ symbol: 'BTC', kind: 'crypto', currency: 'EUR' }, 'BTC-EUR'],
    [{ symbol: 'EURUSD', kind: 'fx' }, 'EURUSD=X'],
    [{ symbol: '^GSPC' }, '^GSPC'],
    [{ symbol: 'GC=F' }, 'GC=F'],
  ] as const)('%j is %s', (symbol, name) => {
    expect(yahooSymbol(symbol)).toBe(name);
  });

  it.each([
    ['LSE', 'VOD.L'],
    ['GER', 'SAP.DE'],
    ['EBS', 'NESN.SW'],
    ['JPX', '7203.T'],
    ['NYQ', 'BRK-B'],
    ['NSI', 'INFY.NS'],
  ])('of %s that a search found are asked for as they are: %s', (exchange, symbol) => {
    const mic = micOf(exchange);
    expect(mic).toBeDefined();
    expect(yahooSymbol({ symbol, ...(mic === undefined ? {} : { mic }) })).toBe(symbol);
  });

  it.each([
    { symbol: 'X', mic: 'XXXX' },
    { symbol: '../AAPL' },
    { symbol: '' },
    { symbol: 'A/B C?' },
  ])('%j is none', (symbol) => {
    expect(yahooSymbol(symbol)).toBeUndefined();
  });
});

const fixture = (name: string): unknown => {
  const path = `provider_fixtures/gadicc__node-yahoo-finance2/tests/fixtures/http/${name}`;
  const bytes = sharedData.read(path);
  const text = new TextDecoder().decode(name.endsWith('.gz') ? gunzipSync(bytes) : bytes);
  return (JSON.parse(text) as { response: { bodyJson: unknown } }).response.bodyJson;
};

describe.skipIf(!sharedData.there)('real replies (skipped where ../shared/data is absent)', () => {
  const world = virtualWorld(Date.parse('2025-03-01T00:00:00Z'));
  const ask = async (name: string, symbol: string, from: string, until: string) => {
    const body = fixture(name);
    const server = await fakeProvider(() => ({ json: body }), world.nowMs);
    const terms = { baseUrl: server.baseUrl, requestsPerMinute: 60, timeoutSeconds: 20 };
    const provider = yahoo.create(terms, world);
    const signal = new AbortController().signal;
    const history = await provider.daily({ symbol }, from, until, signal);
    const quotes = await provider.quotes?.([{ symbol }], signal);
    await server.close();
    if (!history.ok) expect.fail(history.fault.detail);
    return { history: history.value, quotes };
  };
  const days = ({ bars }: DailyHistory) => [...bars.days].map(dayFromNumber);

  it('of a share in London are in pence', async () => {
    const { history, quotes } = await ask(
      'chart-OCDO.L-2020-01-01-to-2020-01-03.json',
      'OCDO.L',
      '2020-01-01',
      '2020-01-03',
    );
    expect(history.currency).toBe('GBX');
    expect(days(history)).toEqual(['2020-01-02']);
    expect(quotes).toMatchObject({ ok: true, value: [{ last: 305.3, currency: 'GBX' }] });
  });

  it('have the split on its day and the closes with it undone', async () => {
    const { history } = await ask(
      'historical-via-chart-NVDA-split-2021-02-01-to-2022-01-31.csv.json.gz',
      'NVDA',
      '2021-02-01',
      '2022-01-31',
    );
    expect(history.actions).toEqual([{ day: '2021-07-20', kind: 'split', value: 4 }]);
    expect(history.prices).toBe('split-adjusted');
    expect(history.bars.days.length).toBeGreaterThan(240);
    expect(history.rejected).toEqual([]);
  });

  it('have dividends on their ex-days', async () => {
    const { history } = await ask(
      'historical-via-chart-MSFT-dividends-2021-02-01-to-2022-01-31.csv.json.gz',
      'MSFT',
      '2021-02-01',
      '2022-01-31',
    );
    expect(history.actions.map(({ day, kind }) => `${day} ${kind}`)).toEqual([
      '2021-02-17 dividend',
      '2021-05-19 dividend',
      '2021-08-18 dividend',
      '2021-11-17 dividend',
    ]);
  });

  it.each([
    ['chart-BTC-USD-2020-01-01-to-2020-01-03.json', 'BTC-USD', ['2020-01-01', '2020-01-02']],
    ['chart-EURUSD=X-2020-01-01-to-2020-01-03.json', 'EURUSD=X', ['2020-01-01', '2020-01-02']],
    ['chart-ORSTED.CO-2020-01-01-to-2020-01-03.json', 'ORSTED.CO', ['2020-01-02']],
    ['chart-WSKT.JK-2020-01-01-to-2020-01-03.json', 'WSKT.JK', ['2020-01-02']],
    ['chart-GC=F-2020-01-01-to-2020-01-03.json', 'GC=F', ['2020-01-02']],
  ])('%s counts its days where the exchange is', async (name, symbol, expected) => {
    const { history } = await ask(name, symbol, '2020-01-01', '2020-01-03');
    expect(days(history)).toEqual(expected);
  });

  it('of a search name instruments and pass over the rest', async () => {
    const body = fixture('search-AAPL.json');
    const server = await fakeProvider(() => ({ json: body }), world.nowMs);
    const terms = { baseUrl: server.baseUrl, requestsPerMinute: 60, timeoutSeconds: 20 };
    const found = await yahoo.create(terms, world).search('AAPL', 10);
    await server.close();
    expect(found.ok && found.value[0]).toEqual({
      symbol: 'AAPL',
      kind: 'equity',
      name: 'Apple Inc.',
      mic: 'XNAS',
    });
    expect(found.ok && found.value.some(({ kind }) => kind === 'option')).toBe(false);
  });
});
