import { describe, expect, it } from 'vitest';
import { nowhere } from '../../market-data-kit/testing/fake-terms.ts';
import { scriptedProvider } from '../../market-data-kit/testing/scripted-provider.ts';
import { TickWriter } from '../../market-data-kit/tick-writer.ts';
import { alpacaStream } from './alpaca-stream.ts';
import alpaca from './index.ts';

const { signal } = new AbortController();
const share = { symbol: 'ACME', mic: 'XNAS' };
const terms = {
  key: 'k',
  secret: 's',
  streamUrl: nowhere,
  requestsPerMinute: 1000,
  timeoutSeconds: 5,
};

const bar = (t: string) => ({ t, o: 10, h: 12, l: 9, c: 11, v: 5, n: 1, vw: 10 });
const day = '2026-03-12';

describe('Alpaca', () => {
  const fake = scriptedProvider((baseUrl, world) =>
    alpaca.create({ ...terms, baseUrl, tradingUrl: baseUrl, feed: 'iex' }, world),
  );

  it('tells corporate actions of every kind', async () => {
    const rows = {
      reverse_splits: [{ symbol: 'ACME', new_rate: 1, old_rate: 10, ex_date: day }],
      stock_dividends: [{ symbol: 'ACME', rate: 0.05, ex_date: day }],
      cash_dividends: [
        { symbol: 'ACME', rate: 2, special: true, ex_date: day, payable_date: '2026-03-20' },
      ],
      spin_offs: [
        { source_symbol: 'ACME', source_rate: 4, new_symbol: 'CHLD', new_rate: 1, ex_date: day },
        { source_symbol: 'MUMM', source_rate: 4, new_symbol: 'ACME', new_rate: 1, ex_date: day },
      ],
      cash_mergers: [
        { acquirer_symbol: 'BIG', acquiree_symbol: 'ACME', rate: 55, effective_date: day },
      ],
      stock_mergers: [
        {
          acquirer_symbol: 'BIG',
          acquirer_rate: 3,
          acquiree_symbol: 'ACME',
          acquiree_rate: 2,
          effective_date: day,
        },
      ],
      stock_and_cash_mergers: [
        {
          acquirer_symbol: 'BIG',
          acquirer_rate: 1,
          acquiree_symbol: 'ACME',
          acquiree_rate: 2,
          cash_rate: 8,
          effective_date: day,
        },
      ],
      redemptions: [{ symbol: 'ACME', rate: 10.1, process_date: day }],
      name_changes: [
        { old_symbol: 'ACME', new_symbol: 'ACMX', process_date: day },
        { old_symbol: 'WAS', new_symbol: 'ACME', process_date: day },
      ],
      worthless_removals: [{ symbol: 'ACME', process_date: day }],
      rights_distributions: [
        { source_symbol: 'ACME', new_symbol: 'ACME.RT', rate: 1, ex_date: day },
      ],
    };
    fake.answers(({ path }) =>
      path === '/v2/stocks/bars'
        ? { json: { bars: { ACME: [bar(`${day}T04:00:00Z`)] }, next_page_token: null } }
        : { json: { corporate_actions: rows, next_page_token: null } },
    );
    const read = await fake.open().daily(share, '2026-03-02', '2026-03-20', signal);
    expect(read.ok && read.value.actions).toEqual([
      { day, kind: 'split', value: 0.1 },
      { day, kind: 'stock-dividend', value: 0.05 },
      { day, kind: 'special-dividend', value: 2, currency: 'USD', payDay: '2026-03-20' },
      { day, kind: 'spin-off', value: 0.25, other: 'CHLD' },
      { day, kind: 'merger', value: 0, currency: 'USD', other: 'BIG', second: 55 },
      { day, kind: 'merger', value: 1.5, currency: 'USD', other: 'BIG' },
      { day, kind: 'merger', value: 0.5, currency: 'USD', other: 'BIG', second: 4 },
      { day, kind: 'delisting', value: 10.1, currency: 'USD' },
      { day, kind: 'symbol-change', value: 1, other: 'ACMX' },
      { day, kind: 'delisting', value: 0, currency: 'USD' },
    ]);
  });

  it('is asked for dividends up to months after the range, as it files them by the day of pay', async () => {
    fake.answers(({ path }) =>
      path === '/v2/stocks/bars'
        ? { json: { bars: { ACME: [bar(`${day}T04:00:00Z`)] }, next_page_token: null } }
        : { json: { corporate_actions: {}, next_page_token: null } },
    );
    await fake.open().daily(share, '2026-03-02', '2026-03-20', signal);
    const { query } =
      fake.asked().find(({ path }) => path === '/v1/corporate-actions') ?? expect.fail('not asked');
    expect([query.get('start'), query.get('end')]).toEqual(['2026-03-02', '2026-07-18']);
  });

  it('is not asked for the last quarter of an hour on the free plan', async () => {
    fake.answers(({ query }) => {
      const late = Date.parse('2026-06-01T12:00:00Z') - Date.parse(query.get('end') ?? '');
      expect(late).toBeGreaterThanOrEqual(15 * 60_000);
      return { json: { bars: {}, next_page_token: null } };
    });
    const read = await fake
      .open()
      .intraday?.(share, '1m', Date.parse('2026-06-01'), Date.parse('2026-06-02'), signal);
    expect(read).toMatchObject({ ok: true });
    expect(fake.asked()).toHaveLength(1);
  });

  it('that the plan does not permit is not covered, which is no bad key', async () => {
    const message = 'subscription does not permit querying recent SIP data';
    fake.answers(() => ({ status: 403, json: { message } }));
    const read = await fake.open().daily(share, '2026-03-02', '2026-03-10', signal);
    expect(read).toMatchObject({ ok: false, fault: { code: 'market-data.not-covered' } });
  });

  it('whose page leads back to itself is refused', async () => {
    fake.answers(() => ({
      json: { bars: { ACME: [bar(`${day}T04:00:00Z`)] }, next_page_token: 'again' },
    }));
    const read = await fake.open().daily(share, '2026-03-02', '2026-03-20', signal);
    expect(read).toMatchObject({ ok: false, fault: { code: 'market-data.unreadable' } });
    expect(fake.asked().length).toBeLessThan(4);
  });

  it('has coins at an address of their own', async () => {
    fake.answers(({ path }) => {
      expect(path).toBe('/v1beta3/crypto/us/bars');
      return {
        json: { bars: { 'BTC/USD': [bar('2026-03-12T05:00:00Z')] }, next_page_token: null },
      };
    });
    const coin = { symbol: 'BTC', currency: 'USD', kind: 'crypto' } as const;
    const read = await fake.open().daily(coin, '2026-03-02', '2026-03-20', signal);
    expect(read).toMatchObject({ ok: true, value: { currency: 'USD', actions: [] } });
  });
});

describe('the stream of Alpaca', () => {
  const protocol = alpacaStream({ url: nowhere, key: 'k', secret: 's' });
  it.each([
    [402, 'refused'],
    [409, 'refused'],
    [404, 'lost'],
    [406, 'lost'],
    [407, 'lost'],
    [500, 'lost'],
    [405, 'note'],
    [400, 'note'],
  ])('takes error %d for %s', (code, kind) => {
    const frame = JSON.stringify([{ T: 'error', code, msg: 'why' }]);
    const news = protocol.read(frame, new TickWriter(() => 1));
    expect(news).toEqual({ kind, detail: `Alpaca: why (${code}).` });
  });
});
