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
import { describe, expect, it } from 'vitest';
import fred from './index.ts';

const refused = (message: string): FakeReply => ({
  status: 400,
  json: { error_code: 400, error_message: `Bad Request.  ${message}` },
});

/** As https://fred.stlouisfed.org/docs/api/fred/series_observations.html describes. */
function answer({ path, query }: FakeRequest, market: StandardMarket): FakeReply {
  if (query.get('api_key') !== market.key) {
    return refused('The value for variable api_key is not registered.');
  }
  const extra = market.extra ?? {};
  if (path === '/fred/series/search') {
    const wanted = /sp500/i.test(query.get('search_text') ?? '');
    return {
      json: { count: 1, seriess: wanted ? [{ id: 'SP500', title: 'S&P 500', ...extra }] : [] },
    };
  }
  if (query.get('series_id') !== 'SP500') return refused('The series does not exist.');
  const [from, until] = [query.get('observation_start') ?? '', query.get('observation_end') ?? ''];
  const rows = market.days.filter(({ day }) => {
    const text = String(day);
    return !/^2026-\d\d-\d\d$/.test(text) || (text >= from && text <= until);
  });
  return {
    json: {
      realtime_start: '2026-06-01',
      realtime_end: '2026-06-01',
      units: 'lin',
      count: rows.length,
      offset: 0,
      limit: 100_000,
      observations: rows.map(({ day, close }) => ({
        realtime_start: '2026-06-01',
        realtime_end: '2026-06-01',
        date: day,
        value: typeof close === 'number' ? String(close) : close,
        ...extra,
      })),
    },
  };
}

marketDataHttpConformance('fred', {
  create: (terms, world) => fred.create(terms, world),
  symbol: { symbol: 'SP500', kind: 'index' },
  unknown: { symbol: 'NOPE' },
  answer,
  lacks: {
    range: 'one figure a day',
    volume: 'it has none',
    actions: 'an index has none',
    symbolInReply: 'the reply does not say',
  },
});

describe('FRED', () => {
  it('passes over the days that have a point for a figure', async () => {
    const days = standardMarket.days.map((day, i) => (i % 5 === 0 ? { ...day, close: '.' } : day));
    const world = virtualWorld(standardNowMs);
    const server = await fakeProvider(
      (request) => answer(request, { ...standardMarket, days }),
      world.nowMs,
    );
    const settings = {
      baseUrl: server.baseUrl,
      key: standardMarket.key,
      requestsPerMinute: 60,
      timeoutSeconds: 10,
    };
    const signal = new AbortController().signal;
    const provider = fred.create(settings, world);
    const history = await provider.daily({ symbol: 'SP500' }, '2026-03-01', '2026-05-01', signal);
    await server.close();
    expect(history).toMatchObject({ ok: true, value: { rejected: [] } });
    expect(history.ok && history.value.bars.days).toHaveLength(24);
  });
});
