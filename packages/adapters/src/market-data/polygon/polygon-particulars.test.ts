import { describe, expect, it } from 'vitest';
import { nowhere } from '../../market-data-kit/testing/fake-terms.ts';
import { scriptedProvider } from '../../market-data-kit/testing/scripted-provider.ts';
import { TickWriter } from '../../market-data-kit/tick-writer.ts';
import polygon from './index.ts';
import { polygonStream } from './polygon-stream.ts';

const { signal } = new AbortController();
const share = { symbol: 'ACME', mic: 'XNAS' };
const bar = { v: 5, o: 10, c: 11, h: 12, l: 9, t: Date.parse('2026-03-12T04:00:00Z') };

describe('Massive', () => {
  const fake = scriptedProvider((baseUrl, world) =>
    polygon.create(
      { baseUrl, key: 'k', streamUrl: nowhere, requestsPerMinute: 1000, timeoutSeconds: 5 },
      world,
    ),
  );

  it('is not followed to another host for its next page', async () => {
    fake.answers(() => ({
      json: {
        status: 'OK',
        ticker: 'ACME',
        results: [bar],
        next_url: 'http://169.254.169.254/v2/aggs?cursor=1',
      },
    }));
    const read = await fake.open().daily(share, '2026-03-02', '2026-03-20', signal);
    expect(read).toMatchObject({
      ok: false,
      fault: { code: 'market-data.unreadable', detail: expect.stringContaining('169.254.169.254') },
    });
    expect(fake.asked()).toHaveLength(1);
  });

  it('whose next page is the same again is refused', async () => {
    fake.answers(({ headers, query }) => {
      const cursor = Number(query.get('cursor') ?? 0) + 1;
      const next_url = `http://${headers.host}/v2/aggs/ticker/ACME?cursor=${cursor}`;
      return { json: { status: 'OK', ticker: 'ACME', results: [bar], next_url } };
    });
    const read = await fake.open().daily(share, '2026-03-02', '2026-03-20', signal);
    expect(read).toMatchObject({ ok: false, fault: { code: 'market-data.unreadable' } });
    expect(fake.asked().length).toBeLessThan(6);
  });

  it('that the plan does not have is not covered, which is no bad key', async () => {
    const message =
      'You are not entitled to this data. Please upgrade your plan at https://massive.com/pricing';
    fake.answers(() => ({
      status: 403,
      json: { status: 'NOT_AUTHORIZED', request_id: '1', message },
    }));
    const provider = fake.open();
    const read = await provider.daily(share, '2026-03-02', '2026-03-20', signal);
    expect(read).toMatchObject({ ok: false, fault: { code: 'market-data.not-covered' } });
    expect(provider.health?.().state).not.toBe('unauthorised');
  });

  it('tells special dividends from ordinary ones', async () => {
    fake.answers(({ path }) => {
      if (path.startsWith('/v2/aggs'))
        return { json: { status: 'OK', ticker: 'ACME', results: [bar] } };
      if (path.endsWith('/splits')) return { json: { status: 'OK', results: [] } };
      const row = (dividend_type: string, ex_dividend_date: string) => ({
        cash_amount: 0.5,
        currency: 'USD',
        dividend_type,
        ex_dividend_date,
      });
      return {
        json: {
          status: 'OK',
          results: [row('CD', '2026-03-09'), row('SC', '2026-03-10'), row('LT', '2026-03-11')],
        },
      };
    });
    const read = await fake.open().daily(share, '2026-03-02', '2026-03-20', signal);
    const kinds = read.ok && read.value.actions.map(({ kind }) => kind);
    expect(kinds).toEqual(['dividend', 'special-dividend', 'dividend']);
  });

  it('quotes coins and rates beside shares, and leaves out what it does not know', async () => {
    const at = Date.parse('2026-06-01T11:00:00Z') * 1e6;
    fake.answers(({ query }) => {
      expect(query.get('ticker.any_of')).toBe('ACME,X:BTCUSD,C:EURUSD,NOPE');
      return {
        json: {
          results: [
            {
              ticker: 'ACME',
              last_trade: { price: 5, size: 1, sip_timestamp: at },
              session: { previous_close: 4 },
            },
            { ticker: 'X:BTCUSD', last_trade: { price: 60_000, size: 1, last_updated: at } },
            { ticker: 'C:EURUSD', last_quote: { bid: 1.1, ask: 1.2, last_updated: at } },
            { ticker: 'NOPE', error: 'NOT_FOUND', message: 'Ticker not found.' },
          ],
        },
      };
    });
    const symbols = [
      share,
      { symbol: 'BTC/USD' },
      { symbol: 'EURUSD', kind: 'fx' as const },
      { symbol: 'NOPE' },
    ];
    const read = await fake.open().quotes?.(symbols, signal);
    expect(
      read?.ok &&
        read.value.map(({ symbol, last, bid, currency }) => [symbol, last, bid, currency]),
    ).toEqual([
      ['ACME', 5, Number.NaN, 'USD'],
      ['BTC/USD', 60_000, Number.NaN, 'USD'],
      ['EURUSD', Number.NaN, 1.1, 'USD'],
    ]);
  });
});

describe('the stream of Massive', () => {
  const say = (status: string, message: string) =>
    polygonStream(nowhere, 'k', 'stocks').read(
      JSON.stringify([{ ev: 'status', status, message }]),
      new TickWriter(() => 1),
    );

  it.each([
    ['auth_failed', 'authentication failed', 'refused'],
    ['error', 'not authorized', 'refused'],
    ['max_connections', 'Maximum number of connections exceeded.', 'lost'],
    ['auth_timeout', 'authentication timed out', 'lost'],
    ['error', 'invalid params', 'note'],
  ])('takes %s, "%s" for %s', (status, message, kind) => {
    expect(say(status, message)).toMatchObject({ kind });
  });

  it('gives the rates of its forex connection', () => {
    const now = Date.parse('2026-06-01');
    const protocol = polygonStream(nowhere, 'k', 'forex');
    const ticks = new TickWriter(() => now);
    ticks.begin();
    const spelling = protocol.spelling({ symbol: 'C:EURUSD' }) ?? '';
    expect(protocol.subscribe([spelling])).toEqual(['{"action":"subscribe","params":"C.EUR-USD"}']);
    ticks.want(new Map([[spelling, 'C:EURUSD']]));
    protocol.read(
      JSON.stringify([{ ev: 'C', p: 'EUR/USD', x: 44, a: 1.2, b: 1.1, t: now }]),
      ticks,
    );
    const batch = ticks.take();
    expect([batch?.bid[0], batch?.ask[0]]).toEqual([1.1, 1.2]);
  });
});
