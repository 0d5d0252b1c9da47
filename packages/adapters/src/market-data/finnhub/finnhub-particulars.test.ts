import { dayFromNumber } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import { nowhere } from '../../market-data-kit/testing/fake-terms.ts';
import { scriptedProvider } from '../../market-data-kit/testing/scripted-provider.ts';
import finnhub from './index.ts';

const { signal } = new AbortController();
const share = { symbol: 'ACME', mic: 'XNAS' };
const denied = { status: 403, json: { error: "You don't have access to this resource." } };
const candle = (...instants: string[]) => {
  const column = (value: number) => instants.map(() => value);
  const t = instants.map((text) => Date.parse(text) / 1000);
  return {
    json: { s: 'ok', t, o: column(10), h: column(12), l: column(9), c: column(11), v: column(5) },
  };
};

describe('Finnhub', () => {
  const fake = scriptedProvider((baseUrl, world) =>
    finnhub.create(
      { baseUrl, key: 'k', streamUrl: nowhere, requestsPerMinute: 1000, timeoutSeconds: 5 },
      world,
    ),
  );

  it('says what the plan of the key does not have, and gives the rest', async () => {
    fake.answers(({ path }) => (path === '/stock/candle' ? candle('2026-03-03') : denied));
    const read = await fake.open().daily(share, '2026-03-02', '2026-03-10', signal);
    expect(read).toMatchObject({ ok: true, value: { actions: [] } });
    expect(read.ok && read.value.notes).toHaveLength(2);
  });

  it('with candles that are not on the plan is not covered, which is no bad key', async () => {
    fake.answers(() => denied);
    const provider = fake.open();
    const read = await provider.daily(share, '2026-03-02', '2026-03-10', signal);
    expect(read).toMatchObject({ ok: false, fault: { code: 'market-data.not-covered' } });
    expect(provider.health?.().state).not.toBe('unauthorised');
  });

  it.each([
    ['New York in winter', '2026-03-03T05:00:00Z'],
    ['New York in summer', '2026-03-03T04:00:00Z'],
    ['Greenwich', '2026-03-03T00:00:00Z'],
    ['London in summer', '2026-03-02T23:00:00Z'],
    ['Tokyo', '2026-03-02T15:00:00Z'],
    ['Sydney', '2026-03-02T13:00:00Z'],
  ])('stamps a day with midnight of %s', async (_, stamp) => {
    fake.answers(({ path }) => (path === '/stock/candle' ? candle(stamp) : { json: [] }));
    const read = await fake.open().daily(share, '2026-03-03', '2026-03-04', signal);
    expect(read.ok && [...read.value.bars.days].map(dayFromNumber)).toEqual(['2026-03-03']);
  });

  it('is not taken where its columns are of different lengths', async () => {
    const { json } = candle('2026-03-03', '2026-03-04');
    fake.answers(() => ({ json: { ...json, c: [11] } }));
    const read = await fake.open().daily(share, '2026-03-02', '2026-03-10', signal);
    expect(read).toMatchObject({ ok: false, fault: { code: 'market-data.unreadable' } });
  });

  it('is asked for intraday bars by the month, and for coins and rates at their own address', async () => {
    fake.answers(() => ({ json: { s: 'no_data' } }));
    const provider = fake.open();
    const [from, until] = [Date.parse('2026-01-01'), Date.parse('2026-03-15')];
    await provider.intraday?.(share, '1m', from, until, signal);
    expect(fake.asked().map(({ path }) => path)).toEqual(Array(3).fill('/stock/candle'));
    await provider.daily(
      { symbol: 'BTC', currency: 'USD', kind: 'crypto' },
      '2026-03-02',
      '2026-03-10',
      signal,
    );
    await provider.daily({ symbol: 'EURUSD', kind: 'fx' }, '2026-03-02', '2026-03-10', signal);
    const last = fake
      .asked()
      .slice(3)
      .map(({ path, query }) => `${path} ${query.get('symbol')}`);
    expect(last).toEqual(['/crypto/candle COINBASE:BTC-USD', '/forex/candle OANDA:EUR_USD']);
  });

  it('gives London in pence', async () => {
    fake.answers(({ path }) => (path === '/stock/candle' ? candle('2026-03-03') : { json: [] }));
    const read = await fake
      .open()
      .daily({ symbol: 'VOD', mic: 'XLON', currency: 'GBP' }, '2026-03-02', '2026-03-10', signal);
    expect(read).toMatchObject({ ok: true, value: { currency: 'GBX', prices: 'split-adjusted' } });
  });
});
