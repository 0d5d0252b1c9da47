import { gateBars, noFacts } from '@plimsoll/domain';
import { addDays, type Day, dayFromNumber, type Result } from '@plimsoll/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Timeframe } from '../bars/bar-store.ts';
import type {
  DailyHistory,
  MarketDataFault,
  MarketDataProvider,
  ProviderSymbol,
  ProviderWorld,
} from '../market-data/market-data.ts';
import type { Quote } from '../market-data/quotes.ts';
import {
  type FakeProvider,
  type FakeReply,
  type FakeRequest,
  fakeProvider,
} from './fake-provider.ts';
import {
  type StandardDay,
  type StandardMarket,
  standardFrom,
  standardMarket,
  standardNowMs,
  standardUntil,
  withDay,
} from './standard-market.ts';
import { transportPathologies } from './transport-pathologies.ts';
import { type VirtualWorld, virtualWorld } from './virtual-world.ts';

export interface ProviderTerms {
  readonly baseUrl: string;
  readonly key: string;
  readonly requestsPerMinute: number;
  readonly timeoutSeconds: number;
}

export interface MarketDataHttpSubject {
  readonly create: (terms: ProviderTerms, world: ProviderWorld) => MarketDataProvider;
  /** What the fake provider has, as we name it. */
  readonly symbol: ProviderSymbol;
  readonly unknown: ProviderSymbol;
  /**
   * Answers in the shapes that the provider documents, for any symbol but its own with the reply to
   * an unknown one, and with its refusal where the key is not the market's. Every field of the
   * market is written as it is, whatever it is.
   */
  readonly answer: (request: FakeRequest, market: StandardMarket) => FakeReply;
  /** What the provider cannot tell, with the reason. */
  readonly lacks?: {
    readonly key?: string;
    /** It gives closes alone. */
    readonly range?: string;
    readonly volume?: string;
    readonly actions?: string;
    /** Its reply does not say what it is about. */
    readonly symbolInReply?: string;
    /** It answers an unknown symbol like one without data. */
    readonly unknownSymbol?: string;
    /** Its reply cannot hold two rows of one day. */
    readonly contradictions?: string;
  };
}

const idle = new AbortController().signal;
const badFigures: readonly { readonly name: string; readonly cells: Partial<StandardDay> }[] = [
  { name: 'a close of null', cells: { close: null } },
  { name: 'a close of nothing', cells: { close: undefined } },
  { name: 'an empty close', cells: { close: '' } },
  { name: 'a close of text', cells: { close: 'n/a' } },
  { name: 'a close of NaN in words', cells: { close: 'NaN' } },
  { name: 'a close of Infinity in words', cells: { close: 'Infinity' } },
  { name: 'a negative close', cells: { close: -107.5 } },
  { name: 'a close of 0', cells: { close: 0 } },
  { name: 'a close of 1e308', cells: { close: 1e308 } },
  { name: 'a close that is a list', cells: { close: [1, 2] } },
  { name: 'a close that is true', cells: { close: true } },
  { name: 'a close that is a record', cells: { close: { value: 107.5 } } },
  { name: 'a close with a comma in it', cells: { close: '1,234.5' } },
  { name: 'a close of −Infinity in words', cells: { close: '-Infinity' } },
  { name: 'a high below the low', cells: { high: 90, low: 110 } },
  { name: 'a high of 1e308', cells: { high: 1e308 } },
  { name: 'a low below 0', cells: { low: -1 } },
  { name: 'a volume of −1', cells: { volume: -1 } },
  { name: 'a day in the future', cells: { day: '2031-03-06' } },
  { name: 'a day of text', cells: { day: 'yesterday' } },
  { name: 'a day that is none', cells: { day: '2026-03-32' } },
  { name: 'a day of null', cells: { day: null } },
];

function expectFault(answer: Result<unknown, MarketDataFault>): void {
  if (answer.ok) expect.fail('prices were taken from a broken reply');
  expect(answer.fault.code).toMatch(/^market-data\./);
  expect(answer.fault.detail).not.toBe('');
}

const badQuotes = [null, -5, 1e308, 'NaN', 0];

/** The price of a quote: its last, or the middle of bid and ask where it has none. */
const priceOf = ({ last, bid, ask }: Quote): number =>
  Number.isNaN(last) ? (bid + ask) / 2 : last;

const isSound = (price: number): boolean => Number.isNaN(price) || (price > 0 && price < 1e12);

const lengthsMs: Readonly<Record<Timeframe, number>> = {
  '1s': 1000,
  '1m': 60_000,
  '5m': 300_000,
  '15m': 900_000,
  '1h': 3_600_000,
  '1d': 86_400_000,
};

/** What every provider on the network must do, against a server that answers as it documents, and worse. */
export function marketDataHttpConformance(name: string, subject: MarketDataHttpSubject): void {
  const { lacks = {}, symbol } = subject;
  let server: FakeProvider;
  let world: VirtualWorld;
  const faults: MarketDataFault[] = [];

  const good =
    (market: StandardMarket = standardMarket) =>
    (request: FakeRequest): FakeReply =>
      subject.answer(request, market);
  const open = (terms: Partial<ProviderTerms> = {}): MarketDataProvider =>
    subject.create(
      {
        baseUrl: server.baseUrl,
        key: standardMarket.key,
        requestsPerMinute: 100_000,
        timeoutSeconds: 30,
        ...terms,
      },
      world,
    );
  const kept = <T>(answer: Result<T, MarketDataFault>): Result<T, MarketDataFault> => {
    if (!answer.ok) faults.push(answer.fault);
    return answer;
  };
  const daily = async (
    provider: MarketDataProvider,
    { from = standardFrom, until = standardUntil, of = symbol, signal = idle } = {},
  ) => kept(await provider.daily(of, from, until, signal));
  const taken = <T>(answer: Result<T, MarketDataFault>): T =>
    answer.ok ? answer.value : expect.fail(`refused: ${answer.fault.code}: ${answer.fault.detail}`);
  const daysOf = ({ bars }: DailyHistory): Day[] => [...bars.days].map(dayFromNumber);
  const count = (): number => server.requests.length;

  describe(`market data over HTTP: ${name}`, () => {
    beforeAll(async () => {
      server = await fakeProvider(
        () => ({ text: '' }),
        () => world.nowMs(),
      );
    });
    afterAll(() => server.close());
    beforeEach(() => {
      world = virtualWorld(standardNowMs);
      server.answer = good();
    });

    describe('daily history', () => {
      it('is what the provider has, row by row', async () => {
        const { bars, rejected, prices } = taken(await daily(open()));
        const { days } = standardMarket;
        expect(rejected).toEqual([]);
        expect([...bars.days].map(dayFromNumber)).toEqual(days.map(({ day }) => day));
        expect([...bars.close]).toEqual(days.map(({ close }) => close));
        expect(['as-traded', 'split-adjusted']).toContain(prices);
        if (lacks.range === undefined) {
          expect([...bars.high]).toEqual(days.map(({ high }) => high));
          expect([...bars.low]).toEqual(days.map(({ low }) => low));
          expect([...bars.open]).toEqual(days.map((day) => day.open));
        }
        if (lacks.volume === undefined) {
          expect([...bars.volume]).toEqual(days.map(({ volume }) => volume));
        }
      });

      it('is half-open, and the same in parts', async () => {
        const provider = open();
        const all = taken(await daily(provider));
        const middle = '2026-03-19';
        const before = taken(await daily(provider, { until: middle }));
        const after = taken(await daily(provider, { from: middle }));
        expect([...daysOf(before), ...daysOf(after)]).toEqual(daysOf(all));
        expect(daysOf(after)[0]).toBe(middle);
        expect([...before.bars.close, ...after.bars.close]).toEqual([...all.bars.close]);
        expect([...before.actions, ...after.actions]).toEqual(all.actions);
      });

      it('of a range without days is empty, and no fault', async () => {
        const provider = open();
        for (const [from, until] of [
          ['2026-03-07', '2026-03-08'],
          ['2026-03-04', '2026-03-04'],
          ['2026-03-09', '2026-03-04'],
        ] as const) {
          expect(daysOf(taken(await daily(provider, { from, until })))).toEqual([]);
        }
      });

      it('has the dividends and splits by their ex-days', async () => {
        const { actions } = taken(await daily(open()));
        if (lacks.actions !== undefined) return expect(actions).toEqual([]);
        const { dividends, splits } = standardMarket;
        const figures = actions.map(({ day, kind, value }) => ({ day, kind, value }));
        expect(figures).toEqual([
          ...dividends.map(({ day, amount }) => ({ day, kind: 'dividend', value: amount })),
          ...splits.map(({ day, ratio }) => ({ day, kind: 'split', value: ratio })),
        ]);
      });

      it('of a symbol that it does not know is refused by its name', async () => {
        const answer = await daily(open(), { of: subject.unknown });
        const expected = lacks.unknownSymbol ?? 'market-data.unknown-symbol';
        if (lacks.unknownSymbol === undefined) {
          expect(answer).toMatchObject({ ok: false, fault: { code: expected } });
        }
        if (!answer.ok) expect(answer.fault.detail).toContain(subject.unknown.symbol);
        else expect(answer.value.bars.days).toHaveLength(0);
      });

      it('of any text is an answer or a fault', async () => {
        const provider = open();
        const texts = [
          '',
          ' ',
          '../../etc/passwd',
          '\u0000',
          '__proto__',
          'é'.repeat(5000),
          '?&#%',
        ];
        for (const text of texts) {
          const answer = await daily(provider, { of: { ...symbol, symbol: text } });
          expect(answer.ok ? null : answer.fault.code).toMatch(/^market-data\./);
        }
      });

      it('ignores fields that it does not know', async () => {
        server.answer = good({ ...standardMarket, extra: { brandNew: { a: [1] }, x: null } });
        expect(daysOf(taken(await daily(open())))).toHaveLength(30);
      });

      it.skipIf(lacks.symbolInReply !== undefined)('of something else is refused', async () => {
        server.answer = good({ ...standardMarket, symbolInReply: 'OTHER' });
        expect(await daily(open())).toMatchObject({
          ok: false,
          fault: { code: 'market-data.unreadable', detail: expect.stringContaining('OTHER') },
        });
      });
    });

    describe('a row that is wrong', () => {
      const bad = 4;
      const without = standardMarket.days.filter((_, i) => i !== bad);
      const wanted = badFigures.filter(({ cells }) => {
        if ('high' in cells || 'low' in cells) return lacks.range === undefined;
        return !('volume' in cells) || lacks.volume === undefined;
      });
      it.each(wanted)('$name: is told or mended, and the others are taken', async ({ cells }) => {
        server.answer = good(withDay(bad, cells));
        const answer = await daily(open());
        if (!answer.ok) return expect(answer.fault.code).toBe('market-data.unreadable');
        const { rejected } = answer.value;
        const others = othersOf(answer.value, bad);
        expect(others.days).toEqual(without.map(({ day }) => day));
        expect(others.closes).toEqual(without.map(({ close }) => close));
        const { quarantined, repairs } = others.gated;
        const reasons = [
          ...[...rejected, ...quarantined].map(({ reason }) => reason),
          ...repairs.map(({ why }) => why),
        ];
        expect(reasons.length).toBeGreaterThan(0);
        for (const reason of reasons) expect(reason).not.toBe('');
      });

      it('NaN that is no JSON is a fault or a rejected row', async () => {
        const marker = 987_654.321;
        server.answer = (request) => {
          const reply = subject.answer(request, withDay(bad, { close: marker }));
          const text = reply.text ?? JSON.stringify(reply.json);
          const { json: _, ...rest } = reply;
          return { ...rest, text: text.replaceAll(String(marker), 'NaN') };
        };
        const answer = await daily(open());
        if (!answer.ok) expect(answer.fault.code).toBe('market-data.unreadable');
        else expect(othersOf(answer.value, bad).closes).toEqual(without.map(({ close }) => close));
      });

      it.skipIf(lacks.contradictions !== undefined)(
        'written twice is one; written in two ways is none',
        async () => {
          const { days } = standardMarket;
          const twice = days.flatMap((day) => [day, day]);
          server.answer = good({ ...standardMarket, days: twice });
          expect(daysOf(taken(await daily(open())))).toEqual(days.map(({ day }) => day));
          const other = { ...days[bad], close: 104.25 } as StandardDay;
          server.answer = good({ ...standardMarket, days: [...days, other] });
          const history = taken(await daily(open()));
          expect(daysOf(history)).toEqual(without.map(({ day }) => day));
          expect(history.rejected.length).toBeGreaterThan(0);
        },
      );

      it('out of order is put in order', async () => {
        server.answer = good({ ...standardMarket, days: standardMarket.days.toReversed() });
        const history = taken(await daily(open()));
        expect(daysOf(history)).toEqual(standardMarket.days.map(({ day }) => day));
      });
    });

    describe('the key', () => {
      it.skipIf(lacks.key !== undefined)('that is refused is a fault, and said once', async () => {
        const provider = open({ key: 'wrong-key-5577' });
        const before = count();
        expect(await daily(provider)).toMatchObject({
          ok: false,
          fault: { code: 'market-data.unauthorised' },
        });
        expect(provider.health?.().state).toBe('unauthorised');
        expect(count() - before).toBe(1);
        // It is not asked again at once: providers bar who insists.
        expect(await daily(provider)).toMatchObject({
          fault: { code: 'market-data.unauthorised' },
        });
        expect(count() - before).toBe(1);
        expect(JSON.stringify([faults, provider.health?.()])).not.toContain('wrong-key-5577');
      });
    });

    describe('limits', () => {
      const days = (i: number) => ({ from: addDays(standardFrom, i), until: standardUntil });

      it('hold in every window of a minute, however many ask at once', async () => {
        const provider = open({ requestsPerMinute: 6 });
        const before = count();
        for (let i = 0; i < 5; i++) {
          await Promise.all([0, 1, 2].map((j) => daily(provider, days(3 * i + j))));
        }
        const times = server.requests.slice(before).map(({ atMs }) => atMs);
        for (const [i, at] of times.entries()) {
          const within = times.slice(i).filter((other) => other - at < 60_000 - 1);
          expect(within.length).toBeLessThanOrEqual(6);
        }
        expect(times.length).toBeGreaterThan(0);
      });

      it('that the provider states are waited for', async () => {
        let refused: number | undefined;
        server.answer = (request) => {
          if (refused !== undefined) return subject.answer(request, standardMarket);
          refused = request.atMs;
          return { status: 429, headers: { 'retry-after': '17' }, text: 'slow down' };
        };
        const before = count();
        const history = taken(await daily(open()));
        expect(daysOf(history)).toHaveLength(30);
        const second = server.requests[before + 1]?.atMs ?? 0;
        expect(second - (refused ?? 0)).toBeGreaterThanOrEqual(17_000);
      });

      it('that last for hours are a fault that says until when', async () => {
        server.answer = () => ({ status: 429, headers: { 'retry-after': '7200' }, text: '' });
        const provider = open();
        expect(await daily(provider)).toMatchObject({
          ok: false,
          fault: { code: 'market-data.rate-limited', retryAfterMs: 7_200_000 },
        });
        expect(provider.health?.()).toMatchObject({ state: 'throttled' });
        const before = count();
        expect(await daily(provider)).toMatchObject({
          ok: false,
          fault: { code: 'market-data.rate-limited' },
        });
        expect(count()).toBe(before);
        world.advance(7_200_000);
        server.answer = good();
        expect(daysOf(taken(await daily(provider)))).toHaveLength(30);
        expect(provider.health?.().state).toBe('up');
      });
    });

    describe('outages', () => {
      it('that pass are not noticed', async () => {
        let left = 2;
        server.answer = (request) =>
          left-- > 0 ? { status: 503, text: '' } : subject.answer(request, standardMarket);
        const provider = open();
        expect(daysOf(taken(await daily(provider)))).toHaveLength(30);
        expect(provider.health?.()).toMatchObject({ state: 'up', failures: 2 });
      });

      it('that last open the breaker, and it closes when they end', async () => {
        server.answer = () => ({ status: 500, text: '' });
        const provider = open();
        for (let i = 0; i < 3; i++) await daily(provider);
        expect(provider.health?.().state).toBe('down');
        const before = count();
        expect(await daily(provider)).toMatchObject({
          ok: false,
          fault: { code: 'market-data.unavailable' },
        });
        expect(count()).toBe(before);
        server.answer = good();
        world.advance(11 * 60_000);
        expect(daysOf(taken(await daily(provider)))).toHaveLength(30);
        expect(provider.health?.().state).toBe('up');
      });

      it.each(transportPathologies)(
        '$name: a fault or sound prices, never a throw or a hang',
        async (pathology) => {
          const { slow = false, harmless = false } = pathology;
          server.answer = (request) => pathology.make(subject.answer(request, standardMarket));
          const provider = open(slow ? { timeoutSeconds: 0.1 } : {});
          const answer = await daily(provider);
          if (harmless) {
            expect(daysOf(taken(answer))).toHaveLength(30);
            expect(provider.health?.().note).not.toBe('');
          } else expectFault(answer);
          expect(server.requests.every(({ path }) => !path.includes('meta-data'))).toBe(true);
        },
      );

      it('can be given up at any moment', async () => {
        const given = { ok: false, fault: { code: 'market-data.unavailable' } };
        expect(await daily(open(), { signal: AbortSignal.abort() })).toMatchObject(given);
        const later = new AbortController();
        server.answer = () => (response) => {
          response.writeHead(200, {}).flushHeaders();
          setTimeout(() => later.abort(), 10);
        };
        expect(await daily(open(), { signal: later.signal })).toMatchObject(given);
        const waiting = new AbortController();
        server.answer = () => {
          waiting.abort();
          return { status: 503, text: '' };
        };
        expect(await daily(open(), { signal: waiting.signal })).toMatchObject(given);
      });
    });

    it('finds the symbol by its text, and keeps to the limit', async () => {
      const provider = open();
      if (provider.capabilities.search !== true) {
        expect(await provider.search(symbol.symbol, 5)).toMatchObject({ ok: true });
        return;
      }
      const found = taken(kept(await provider.search(symbol.symbol, 20)));
      expect(found.length).toBeGreaterThan(0);
      const [first] = found;
      if (first) expect(daysOf(taken(await daily(provider, { of: first })))).toHaveLength(30);
      expect(taken(await provider.search(symbol.symbol, 0))).toEqual([]);
    });

    it('gives quotes of the symbols that it knows', async () => {
      const provider = open();
      if (!provider.quotes) return expect(provider.capabilities.quotes ?? false).toBe(false);
      const [quote, ...others] = taken(kept(await provider.quotes([symbol], idle)));
      expect(others).toEqual([]);
      expect(quote).toMatchObject({ symbol: symbol.symbol });
      const { last, bid, ask } = standardMarket.quote;
      expect([last, (bid + ask) / 2]).toContain(quote && priceOf(quote));
    });

    it.each(badQuotes)('leaves a quote of %j out', async (last) => {
      const { quote } = standardMarket;
      server.answer = good({ ...standardMarket, quote: { ...quote, last } });
      const answer = await open().quotes?.([symbol], idle);
      if (!answer || !kept(answer).ok) return;
      for (const one of taken(answer)) expect(isSound(one.last)).toBe(true);
    });

    it('gives intraday bars that began in the range', async () => {
      const provider = open();
      const [timeframe] = provider.capabilities.intraday ?? [];
      if (!provider.intraday || !timeframe) return expect(timeframe).toBeUndefined();
      const rows = standardMarket.bars(lengthsMs[timeframe]);
      const [from, until] = [rows[2]?.from ?? 0, rows[9]?.from ?? 0];
      const { bars } = taken(kept(await provider.intraday(symbol, timeframe, from, until, idle)));
      const inside = rows.slice(2, 9);
      expect([...bars.from]).toEqual(inside.map((row) => row.from));
      expect([...bars.close]).toEqual(inside.map(({ close }) => close));
    });

    it('shows no key in any fault', () => {
      const said = JSON.stringify(faults);
      expect(faults.length).toBeGreaterThan(20);
      for (const secret of [standardMarket.key, encodeURIComponent(standardMarket.key)]) {
        expect(said).not.toContain(secret);
      }
    });
  });
}

/** The bars but one, as the quality gate lets them through: it judges what a reader passes on. */
function othersOf({ bars }: DailyHistory, bad: number) {
  const gated = gateBars(bars, [], noFacts);
  const { accepted } = gated;
  const rows = [...accepted.days.keys()].filter(
    (row) => dayFromNumber(accepted.days[row] ?? 0) !== standardMarket.days[bad]?.day,
  );
  return {
    gated,
    days: rows.map((row) => dayFromNumber(accepted.days[row] ?? 0)),
    closes: rows.map((row) => accepted.close[row]),
  };
}
