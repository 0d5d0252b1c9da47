import {
  type FakeReply,
  type FakeRequest,
  fakeProvider,
  marketDataHttpConformance,
  type StandardMarket,
  standardMarket,
  standardNowMs,
  virtualWorld,
} from '@plimsoll/ports/conformance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stampOf } from '../../market-data-kit/testing/stamp-of.ts';
import { coinName } from './coingecko-coins.ts';
import coingecko from './index.ts';

const hourMs = 3_600_000;
const refused = {
  timestamp: '2026-06-01T12:00:00Z',
  error_code: 10_002,
  error_message: 'API Key Missing',
};

/** Shapes of https://docs.coingecko.com/reference/coins-id-market-chart-range and its neighbours (2026-11-21). */
const answer =
  (plan: 'demo' | 'pro') =>
  ({ path, query, headers }: FakeRequest, market: StandardMarket): FakeReply => {
    if (headers[`x-cg-${plan}-api-key`] !== market.key) {
      return { status: 401, json: { status: refused } };
    }
    if (path === '/search')
      return { json: { coins, exchanges: [], icos: [], categories: [], nfts: [] } };
    if (path === '/simple/price') return { json: { 'acme-coin': price(market) } };
    if (!path.startsWith('/coins/acme-coin/'))
      return { status: 404, json: { error: 'coin not found' } };
    const inside = ([stamp]: readonly unknown[]): boolean =>
      typeof stamp !== 'number' ||
      stamp > 1.9e12 ||
      (stamp >= Number(query.get('from')) * 1000 && stamp <= Number(query.get('to')) * 1000);
    if (path.endsWith('/market_chart/range')) return { json: chart(market, inside) };
    const rows = query.get('interval') === 'daily' ? dailyCandles(market) : hourlyCandles(market);
    return { json: rows.filter(inside) };
  };

const coins = [
  { id: 'acme-coin', name: 'Acme', api_symbol: 'acme-coin', symbol: 'ACME', market_cap_rank: 7 },
  { id: 'acme-2', name: 'Acme Two', api_symbol: 'acme-2', symbol: 'ACME', market_cap_rank: 901 },
  { id: 'acme-3', name: 'Acme Three', api_symbol: 'acme-3', symbol: 'ACME', market_cap_rank: null },
];

const price = ({ quote }: StandardMarket) => ({
  usd: quote.last,
  usd_24h_change: 0.5,
  last_updated_at: quote.at / 1000,
});

/** A day's figure is stamped with the midnight that ends it. */
const endOf = (day: unknown): unknown => stampOf(day, 24);

function chart(
  { days, extra }: StandardMarket,
  inside: (row: readonly unknown[]) => boolean,
): unknown {
  const column = (field: 'close' | 'volume') =>
    days.map((day) => [endOf(day.day), day[field]]).filter(inside);
  return { prices: column('close'), market_caps: [], total_volumes: column('volume'), ...extra };
}

const dailyCandles = ({ days }: StandardMarket): unknown[][] =>
  days.map((day) => [endOf(day.day), day.open, day.high, day.low, day.close]);

const hourlyCandles = ({ bars }: StandardMarket): unknown[][] =>
  bars(hourMs).map((bar) => [bar.from + hourMs, bar.open, bar.high, bar.low, bar.close]);

const lacks = { actions: 'coins have none', symbolInReply: 'a chart does not name its coin' };
const symbol = { symbol: 'acme-coin', currency: 'USD', kind: 'crypto' } as const;
const unknown = { symbol: 'nope-coin', currency: 'USD', kind: 'crypto' } as const;

for (const plan of ['demo', 'pro'] as const) {
  marketDataHttpConformance(`coingecko, ${plan}`, {
    create: (terms, world) => coingecko.create({ ...terms, plan }, world),
    symbol,
    unknown,
    answer: answer(plan),
    lacks:
      plan === 'pro'
        ? { ...lacks, volume: 'candles have none' }
        : { ...lacks, range: 'closes alone' },
  });
}

describe('CoinGecko', () => {
  let server: Awaited<ReturnType<typeof fakeProvider>>;
  const world = virtualWorld(standardNowMs);
  const { signal } = new AbortController();
  beforeAll(async () => {
    server = await fakeProvider((request) => answer('demo')(request, standardMarket), world.nowMs);
  });
  afterAll(() => server.close());
  const open = () =>
    coingecko.create(
      {
        baseUrl: server.baseUrl,
        key: standardMarket.key,
        plan: 'demo',
        requestsPerMinute: 1000,
        timeoutSeconds: 5,
      },
      world,
    );

  it.each([
    [{ symbol: 'bitcoin' }, { id: 'bitcoin', currency: 'USD' }],
    [
      { symbol: 'bitcoin', currency: 'EUR' },
      { id: 'bitcoin', currency: 'EUR' },
    ],
    [{ symbol: 'BTC' }, { ticker: 'BTC', currency: 'USD' }],
    [{ symbol: 'BTC-EUR' }, { ticker: 'BTC', currency: 'EUR' }],
    [{ symbol: '../x' }, undefined],
    [{ symbol: 'BTC', kind: 'equity' }, undefined],
    [{ symbol: '' }, undefined],
  ] as const)('takes %j for %j', (given, expected) => {
    expect(coinName(given)).toEqual(expected);
  });

  it('means by a ticker the coin of the largest market value', async () => {
    await open().daily({ symbol: 'ACME', kind: 'crypto' }, '2026-03-02', '2026-03-10', signal);
    expect(server.requests.at(-1)?.path).toBe('/coins/acme-coin/market_chart/range');
  });

  it('says from when on the free plan has days', async () => {
    const read = await open().daily(symbol, '2020-01-01', '2026-04-11', signal);
    expect(read.ok && read.value.notes).toEqual([expect.stringContaining('2025-06-02')]);
    expect(Number(server.requests.at(-1)?.query.get('from'))).toBe(Date.parse('2025-06-03') / 1000);
  });

  it('tells a range beyond the plan from a bad key', async () => {
    const body = {
      error: { status: { error_code: 10_012, error_message: 'exceeds the allowed time range' } },
    };
    server.answer = () => ({ status: 401, json: body });
    const read = await open().daily(symbol, '2026-03-02', '2026-03-10', signal);
    expect(read).toMatchObject({ ok: false, fault: { code: 'market-data.not-covered' } });
  });

  it('leaves out the figure of now, which is of no day yet', async () => {
    const now = standardNowMs - 60_000;
    const midnight = Date.parse('2026-06-01');
    server.answer = () => ({
      json: {
        prices: [
          [midnight, 5],
          [now, 6],
        ],
        market_caps: [],
        total_volumes: [],
      },
    });
    const read = await open().daily(symbol, '2026-05-30', '2026-06-03', signal);
    expect(read).toMatchObject({ ok: true, value: { rejected: [] } });
    expect(read.ok && [...read.value.bars.close]).toEqual([5]);
  });
});
