import { addDays, type Day, dayFromNumber } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import type { DailyBars, DailyHistory, MarketDataProvider } from '../market-data/market-data.ts';

export interface MarketDataSubject {
  readonly provider: () => MarketDataProvider | Promise<MarketDataProvider>;
  /** A symbol it has, with at least ten bars. */
  readonly symbol: string;
  /** One that it has not. */
  readonly unknownSymbol: string;
  readonly simulated: boolean;
}

const whole = ['0001-01-01', '9999-12-31'] as const;
const columns = ['open', 'high', 'low', 'close', 'adjustedClose', 'volume'] as const;

/** What every source of daily history must do, whoever wrote it. Run it from the adapter's own test. */
export function marketDataConformance(name: string, subject: MarketDataSubject): void {
  const { symbol, unknownSymbol } = subject;
  const idle = new AbortController().signal;
  const limits: readonly [Day, Day] = subject.simulated ? ['2015-01-01', '2019-01-01'] : whole;

  const history = async (from: Day, until: Day): Promise<DailyHistory> => {
    const provider = await subject.provider();
    const answer = await provider.daily({ symbol }, from, until, idle);
    if (!answer.ok) expect.fail(`${symbol} was refused: ${answer.fault.detail}`);
    return answer.value;
  };
  const dayAt = (bars: DailyBars, at: number): Day => dayFromNumber(bars.days.at(at) ?? Number.NaN);

  describe(`market data conformance: ${name}`, () => {
    it('says what it is', async () => {
      const provider = await subject.provider();
      expect(provider.id).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(provider.title).not.toBe('');
      expect(provider.simulated).toBe(subject.simulated);
    });

    it('gives days strictly rising and as many entries in each column', async () => {
      const { bars } = await history(...limits);
      expect(bars.days.length).toBeGreaterThanOrEqual(10);
      for (let i = 1; i < bars.days.length; i++) {
        expect(bars.days[i]).toBeGreaterThan(bars.days[i - 1] ?? 0);
      }
      for (const column of columns) expect(bars[column]).toHaveLength(bars.days.length);
    });

    it('gives only closes that are prices, inside the range of the day where that is known', async () => {
      const { bars } = await history(...limits);
      const wrong = [...bars.days.keys()].filter((i) => {
        const [close = 0, high = 0, low = 0] = [bars.close[i], bars.high[i], bars.low[i]];
        const inside = !(close > high * (1 + 1e-6)) && !(close < low * (1 - 1e-6));
        return !(close > 0 && close < Number.POSITIVE_INFINITY) || !inside || high < low;
      });
      expect(wrong.map((i) => dayFromNumber(bars.days[i] ?? 0))).toEqual([]);
    });

    it('includes `from` and excludes `until`', async () => {
      const { bars } = await history(...limits);
      const middle = Math.floor(bars.days.length / 2);
      const day = dayAt(bars, middle);
      const before = await history(limits[0], day);
      const after = await history(day, limits[1]);
      expect(before.bars.days).toEqual(bars.days.slice(0, middle));
      expect(after.bars.days).toEqual(bars.days.slice(middle));
      const alone = await history(day, addDays(day, 1));
      expect(alone.bars.days).toEqual(bars.days.slice(middle, middle + 1));
    });

    it('gives the same figures whatever range they are asked for in', async () => {
      const { bars, actions } = await history(...limits);
      const from = dayAt(bars, 2);
      const until = dayAt(bars, -2);
      const part = await history(from, until);
      expect(part.bars.days).toEqual(bars.days.slice(2, -2));
      for (const column of columns) expect(part.bars[column]).toEqual(bars[column].slice(2, -2));
      expect(part.actions).toEqual(actions.filter(({ day }) => from <= day && day < until));
      expect(await history(from, until)).toEqual(part);
    });

    it('gives actions in the order of their days, each with a figure', async () => {
      const { actions } = await history(...limits);
      expect(actions.map(({ day }) => day)).toEqual(actions.map(({ day }) => day).toSorted());
      for (const { kind, value } of actions) {
        expect(Number.isFinite(value)).toBe(true);
        expect(value).toBeGreaterThanOrEqual(kind === 'delisting' ? 0 : Number.MIN_VALUE);
      }
    });

    it('has no bars and no fault for a known symbol in an empty range', async () => {
      const { bars } = await history(...limits);
      const day = dayAt(bars, 3);
      expect((await history(day, day)).bars.days).toHaveLength(0);
      expect((await history('1800-01-01', '1800-06-01')).bars.days).toHaveLength(0);
    });

    it('refuses a symbol that it does not know, naming it', async () => {
      const provider = await subject.provider();
      const answer = await provider.daily({ symbol: unknownSymbol }, ...limits, idle);
      expect(answer).toMatchObject({
        ok: false,
        fault: {
          code: 'market-data.unknown-symbol',
          detail: expect.stringContaining(unknownSymbol),
        },
      });
    });

    it('answers a request that was given up with a fault, not with a throw', async () => {
      const provider = await subject.provider();
      const answer = await provider.daily({ symbol }, ...limits, AbortSignal.abort());
      expect(answer).toMatchObject({ ok: false, fault: { code: 'market-data.unavailable' } });
    });

    it('answers any text for a symbol with a value or a fault', async () => {
      const provider = await subject.provider();
      for (const text of ['', ' ', '../../etc/passwd', '\u0000', '__proto__', 'é'.repeat(5000)]) {
        const answer = await provider.daily({ symbol: text }, ...limits, idle);
        expect(answer.ok ? null : answer.fault.code).toMatch(/^market-data\./);
      }
    });

    it('finds the symbol by its text and keeps to the limit', async () => {
      const provider = await subject.provider();
      const found = await provider.search(symbol, 1000);
      expect(found.ok && found.value.map((one) => one.symbol)).toContain(symbol);
      const two = await provider.search('', 2);
      expect(two.ok && two.value.length).toBeLessThanOrEqual(2);
      expect(await provider.search('no such thing anywhere', 5)).toEqual({ ok: true, value: [] });
    });
  });
}
