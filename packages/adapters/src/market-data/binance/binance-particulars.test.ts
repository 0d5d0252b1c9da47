import { describe, expect, it } from 'vitest';
import { nowhere } from '../../market-data-kit/testing/fake-terms.ts';
import { scriptedProvider } from '../../market-data-kit/testing/scripted-provider.ts';
import { TickWriter } from '../../market-data-kit/tick-writer.ts';
import { binanceStream } from './binance-stream.ts';
import { binanceSymbol } from './binance-symbol.ts';
import binance from './index.ts';

const dayMs = 86_400_000;
const { signal } = new AbortController();
const coin = { symbol: 'BTC-USDT', kind: 'crypto' } as const;

describe('Binance', () => {
  const fake = scriptedProvider((baseUrl, world) =>
    binance.create(
      { baseUrl, streamUrl: nowhere, requestsPerMinute: 1000, timeoutSeconds: 5 },
      world,
    ),
  );

  it('is asked for a thousand days at a time, each once', async () => {
    fake.answers(({ query }) => {
      const [from, until] = [Number(query.get('startTime')), Number(query.get('endTime'))];
      const first = Math.ceil(from / dayMs);
      const count = Math.min(1000, Math.floor(until / dayMs) - first + 1);
      const rows = Array.from({ length: count }, (_, i) => [
        (first + i) * dayMs,
        '1',
        '2',
        '1',
        '1.5',
        '9',
      ]);
      return { json: rows };
    });
    const read = await fake.open().daily(coin, '2018-01-01', '2024-01-01', signal);
    expect(read.ok && read.value.bars.days.length).toBe(2191);
    expect(read.ok && read.value.currency).toBe('USDT');
    expect(fake.asked()).toHaveLength(3);
  });

  it('leaves out the day under way', async () => {
    fake.answers(({ query }) => {
      expect(Number(query.get('endTime'))).toBe(Date.parse('2026-06-01') - 1);
      return { json: [] };
    });
    const read = await fake.open().daily(coin, '2026-05-25', '9999-12-31', signal);
    expect(read).toMatchObject({ ok: true });
  });

  it('that goes round in circles is refused', async () => {
    const page = Array.from({ length: 1000 }, (_, i) => [
      Date.parse('2018-01-01') + i,
      '1',
      '2',
      '1',
      '1.5',
      '9',
    ]);
    fake.answers(() => ({ json: page }));
    const read = await fake.open().daily(coin, '2018-01-01', '2026-01-01', signal);
    expect(read).toMatchObject({ ok: false, fault: { code: 'market-data.unreadable' } });
    expect(fake.asked().length).toBeLessThan(10);
  });

  it.each([
    [418, 'market-data.rate-limited'],
    [451, 'market-data.not-covered'],
  ])('with status %d is %s', async (status, code) => {
    fake.answers(() => ({
      status,
      headers: { 'retry-after': '600' },
      json: { code: -1003, msg: 'banned' },
    }));
    const read = await fake.open().daily(coin, '2026-03-02', '2026-03-10', signal);
    expect(read).toMatchObject({ ok: false, fault: { code } });
    expect(fake.asked()).toHaveLength(1);
  });

  it('is asked for quotes of what it lists alone', async () => {
    fake.answers(({ path, query }) => {
      if (path === '/api/v3/exchangeInfo') {
        return { json: { symbols: [{ symbol: 'BTCUSDT', baseAsset: 'BTC', quoteAsset: 'USDT' }] } };
      }
      expect(query.get('symbols')).toBe('["BTCUSDT"]');
      return { json: [{ symbol: 'BTCUSDT', lastPrice: '5', closeTime: Date.parse('2026-06-01') }] };
    });
    const read = await fake
      .open()
      .quotes?.([coin, { symbol: 'NOPE-USDT' }, { symbol: '../x' }], signal);
    expect(read).toMatchObject({
      ok: true,
      value: [{ symbol: 'BTC-USDT', last: 5, currency: 'USDT' }],
    });
  });

  it('names its pairs in one word', () => {
    expect(binanceSymbol({ symbol: 'btc/usdt' })).toBe('BTCUSDT');
    expect(binanceSymbol({ symbol: 'BTC', currency: 'EUR', kind: 'crypto' })).toBe('BTCEUR');
    expect(binanceSymbol({ symbol: 'BTCUSDT' })).toBe('BTCUSDT');
    expect(binanceSymbol({ symbol: 'x' })).toBeUndefined();
    expect(binanceSymbol({ symbol: 'AAPL', kind: 'equity' })).toBeUndefined();
  });
});

describe('the stream of Binance', () => {
  const protocol = binanceStream(nowhere, () => 1);
  const read = (message: unknown) =>
    protocol.read(JSON.stringify(message), new TickWriter(() => 1));

  it('connects anew where the server says that it shuts down', () => {
    const event = { e: 'serverShutdown', E: 1 };
    expect(read({ stream: '!serverShutdown', data: event })).toMatchObject({ kind: 'lost' });
    expect(read(event)).toMatchObject({ kind: 'lost' });
  });

  it('says what the server refuses', () => {
    const news = read({ code: 2, msg: 'Invalid request: property name must be a string', id: 1 });
    expect(news).toMatchObject({ kind: 'note', detail: expect.stringContaining('property name') });
    expect(read({ result: null, id: 1 })).toBeUndefined();
  });

  it('asks for many symbols in few messages, and for no more than five in a second', () => {
    const names = Array.from({ length: 250 }, (_, i) => `C${i}USDT`);
    const frames = protocol
      .subscribe(names)
      .map((frame) => JSON.parse(String(frame)) as { id: number; params: string[] });
    expect(frames.map(({ params }) => params.length)).toEqual([200, 200, 100]);
    expect(new Set(frames.map(({ id }) => id)).size).toBe(3);
    expect(1000 / (protocol.paceMs ?? 0)).toBeLessThan(5);
  });
});
