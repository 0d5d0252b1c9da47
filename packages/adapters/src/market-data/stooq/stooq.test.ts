import {
  type FakeReply,
  type FakeRequest,
  marketDataHttpConformance,
  type StandardMarket,
} from '@plimsoll/ports/conformance';
import { describe, expect, it } from 'vitest';
import stooq from './index.ts';
import { stooqRows } from './read-stooq.ts';
import { stooqSymbol } from './stooq-symbol.ts';

const cell = (value: unknown): string =>
  value === null || value === undefined ? '' : String(value);

/** As https://stooq.com/q/d/l/ answers. */
function answer({ path, query }: FakeRequest, market: StandardMarket): FakeReply {
  if (path !== '/q/d/l/') return { status: 404, text: '' };
  if (query.get('apikey') !== market.key) {
    return { text: 'Get your apikey:\n\n1. Open https://stooq.com/q/d/?s=spy.us&get_apikey\n' };
  }
  const [from, until] = [query.get('d1') ?? '', query.get('d2') ?? ''];
  const rows = market.days.filter(({ day }) => {
    const plain = cell(day).replaceAll('-', '');
    return !/^2026\d{4}$/.test(plain) || (plain >= from && plain <= until);
  });
  if (query.get('s') !== 'acme.us' || rows.length === 0) return { text: 'No data' };
  const extra = market.extra ? ',BrandNew' : '';
  const lines = rows.map(
    ({ day, open, high, low, close, volume }) =>
      [day, open, high, low, close, volume].map(cell).join(',') + (extra && ',1'),
  );
  return { text: [`Date,Open,High,Low,Close,Volume${extra}`, ...lines, ''].join('\r\n') };
}

marketDataHttpConformance('stooq', {
  create: ({ baseUrl, key, requestsPerMinute, timeoutSeconds }, world) =>
    stooq.create({ baseUrl, key, requestsPerMinute, timeoutSeconds }, world),
  symbol: { symbol: 'ACME', mic: 'XNAS' },
  unknown: { symbol: 'NOPE', mic: 'XNAS' },
  answer,
  lacks: {
    actions: 'Stooq tells none',
    symbolInReply: 'the table does not say what it is of',
    unknownSymbol: 'it says "No data" to both',
  },
});

describe('symbols of Stooq', () => {
  it.each([
    [{ symbol: 'AAPL', mic: 'XNAS' }, 'aapl.us', 'USD'],
    [{ symbol: 'BRK.B', mic: 'XNYS' }, 'brk-b.us', 'USD'],
    [{ symbol: 'AAPL' }, 'aapl.us', 'USD'],
    [{ symbol: 'VOD', mic: 'XLON', currency: 'GBP' }, 'vod.uk', 'GBX'],
    [{ symbol: 'VUSD', mic: 'XLON', currency: 'USD' }, 'vusd.uk', 'USD'],
    [{ symbol: 'SAP', mic: 'XETR' }, 'sap.de', 'EUR'],
    [{ symbol: 'CDR', mic: 'XWAR' }, 'cdr', 'PLN'],
    [{ symbol: 'EURUSD', kind: 'fx' }, 'eurusd', 'USD'],
    [{ symbol: 'BTC-USD', kind: 'crypto' }, 'btc.v', 'USD'],
    [{ symbol: '^spx' }, '^spx', null],
    [{ symbol: 'aapl.us' }, 'aapl.us', 'USD'],
  ] as const)('%j is %s in %s', (symbol, name, currency) => {
    expect(stooqSymbol(symbol)).toEqual({ name, currency });
  });

  it.each([
    { symbol: 'AIR', mic: 'XPAR' },
    { symbol: 'AIR', currency: 'EUR' },
    { symbol: '../x' },
    { symbol: 'BTC-EUR', kind: 'crypto' },
  ] as const)('%j is none', (symbol) => {
    expect(stooqSymbol(symbol)).toBeUndefined();
  });
});

describe('replies of Stooq', () => {
  it('without volume are read', () => {
    const rows = stooqRows('Date,Open,High,Low,Close\n2026-03-02,1.1,1.2,1.0,1.15\n');
    expect(rows).toMatchObject({ ok: true, value: [{ day: '2026-03-02', close: '1.15' }] });
  });

  it('that the day is full of are a limit, not data', async () => {
    const { stooqFault } = await import('./read-stooq.ts');
    const { providerReply } = await import('../../market-data-kit/http/reply.ts');
    const body = new TextEncoder().encode('Exceeded the daily hits limit');
    expect(stooqFault(providerReply({ status: 200, headers: {}, body }))).toMatchObject({
      code: 'market-data.rate-limited',
    });
  });
});
