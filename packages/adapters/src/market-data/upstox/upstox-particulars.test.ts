import { describe, expect, it } from 'vitest';
import { scriptedProvider } from '../../market-data-kit/testing/scripted-provider.ts';
import upstox from './index.ts';

const { signal } = new AbortController();
const share = { symbol: 'ACME', isin: 'INE848E01016', mic: 'XNSE' };
const candles = (rows: unknown[]) => ({ json: { status: 'success', data: { candles: rows } } });

describe('Upstox', () => {
  const fake = scriptedProvider((baseUrl, world) =>
    upstox.create({ baseUrl, key: 'k', requestsPerMinute: 1000, timeoutSeconds: 5 }, world),
  );

  it('is asked for days by the decade, up to the last that is over', async () => {
    fake.answers(() => candles([]));
    await fake.open().daily(share, '1990-01-01', '9999-12-31', signal);
    const ranges = fake.asked().map(({ path }) => path.split('/').slice(-2).toReversed());
    expect(ranges[0]).toEqual(['2000-01-01', '2009-12-28']);
    expect(ranges.map(([from]) => from)).toEqual(['2000-01-01', '2009-12-29', '2019-12-27']);
    // Noon by UTC is half past five in the afternoon there.
    expect(ranges.at(-1)?.[1]).toBe('2026-06-01');
  });

  it('has the bars of today at an address of their own', async () => {
    const nowInIndia = '2026-06-01T17:30:00+05:30';
    fake.answers(({ path }) =>
      candles(
        path.includes('/intraday/')
          ? [
              ['2026-06-01T09:15:00+05:30', 1, 2, 1, 1.5, 9, 0],
              ['2026-06-01T17:30:00+05:30', 1, 2, 1, 1.5, 9, 0],
            ]
          : [['2026-05-29T09:15:00+05:30', 1, 2, 1, 1.5, 9, 0]],
      ),
    );
    const [from, until] = [Date.parse('2026-05-29T00:00:00+05:30'), Date.parse('2026-06-02')];
    const read = await fake.open().intraday?.(share, '1m', from, until, signal);
    expect(Date.parse(nowInIndia)).toBe(fake.world().nowMs());
    expect(read?.ok && [...read.value.bars.from]).toEqual(
      ['2026-05-29T09:15:00+05:30', '2026-06-01T09:15:00+05:30'].map(Date.parse),
    );
    expect(fake.asked()).toHaveLength(2);
  });

  it('finds a share by its exact symbol at its own exchange', async () => {
    const row = (exchange: string, trading_symbol: string, key: string) => ({
      instrument_key: key,
      trading_symbol,
      exchange,
    });
    fake.answers(({ path }) =>
      path === '/v2/instruments/search'
        ? {
            json: {
              status: 'success',
              data: [
                row('NSE', 'ACMEBEES', 'NSE_EQ|A'),
                row('BSE', 'ACME', 'BSE_EQ|B'),
                row('NSE', 'ACME', 'NSE_EQ|C'),
              ],
            },
          }
        : candles([]),
    );
    const provider = fake.open();
    await provider.daily({ symbol: 'acme', mic: 'XNSE' }, '2026-03-02', '2026-03-10', signal);
    await provider.daily({ symbol: 'acme', mic: 'XNSE' }, '2026-03-02', '2026-03-10', signal);
    expect(fake.asked().map(({ path }) => path.split('/')[3])).toEqual([
      'search',
      'NSE_EQ|C',
      'NSE_EQ|C',
    ]);
  });

  it.each([
    'ws://169.254.169.254/feed',
    'wss://evil.example/feed',
    'http://127.0.0.1/feed',
    'not an address',
  ])('is not followed to %s for its stream', async (address) => {
    fake.answers(() => ({
      json: { status: 'success', data: { authorized_redirect_uri: address } },
    }));
    const stop = new AbortController();
    const said: string[] = [];
    const sink = {
      ticks: () => undefined,
      state: (state: string, detail: string) => {
        said.push(`${state} ${detail}`);
        if (state === 'lost') stop.abort();
      },
    };
    await fake.open().stream?.(sink, stop.signal).ended;
    expect(said.at(-1)).toContain('not its own');
  });
});
