import { dayFromNumber, dayNumber, seededRandom } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustedSeries } from './adjusted-series.ts';
import type { BarColumns } from './bar-columns.ts';
import { compareSources } from './compare-sources.ts';
import { findGaps } from './find-gaps.ts';
import { findMissingSplits } from './find-missing-splits.ts';
import { findTickerReuse } from './find-ticker-reuse.ts';
import { gateBars } from './repair/gate-bars.ts';
import { noFacts } from './repair/price-action.ts';
import { sharedPrices } from './testing/shared-prices.ts';

const start = dayNumber('2023-01-02');

/** A random walk of closes with volumes about a million. */
function walk(length: number, level = 50, seed = 3): BarColumns {
  const { normal } = seededRandom(seed);
  let price = level;
  const close = Float64Array.from({ length }, () => {
    price *= Math.exp(0.015 * normal());
    return price;
  });
  const volume = close.map(() => Math.round(1e6 * Math.exp(0.3 * normal())));
  const days = Int32Array.from(close, (_, i) => start + i);
  const adjustedClose = close.map(() => Number.NaN);
  return { days, open: close, high: close, low: close, close, adjustedClose, volume };
}

const scaled = (bars: BarColumns, by: (i: number) => number): BarColumns => {
  const close = bars.close.map((value, i) => value * by(i));
  return { ...bars, open: close, high: close, low: close, close };
};

describe('trading days without bars', () => {
  it('are told as runs, which hold them all and no other', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 3, maxLength: 80 }), (kept) => {
        const all = Int32Array.from(kept, (_, i) => start + 2 * i);
        const days = all.filter((_, i) => i === 0 || i === kept.length - 1 || kept[i]);
        const gaps = findGaps(days, all);
        const told = gaps.flatMap(({ from, until }) =>
          [...all].filter((day) => from <= day && day < until),
        );
        expect(told).toEqual([...all].filter((day) => !days.includes(day)));
        expect(gaps.reduce((sum, { tradingDays }) => sum + tradingDays, 0)).toBe(told.length);
      }),
    );
  });

  it('are not told before the first bar or after the last', () => {
    expect(findGaps(Int32Array.of(5, 6), Int32Array.of(1, 2, 5, 6, 7, 8))).toEqual([]);
    expect(findGaps(new Int32Array(0), Int32Array.of(1, 2))).toEqual([]);
  });
});

describe('a split that nobody recorded', () => {
  it.each([2, 3, 7, 0.1, 1.5])('of %d for 1 is found, with its volumes or without', (ratio) => {
    const whole = walk(200);
    const given = scaled(whole, (i) => (i < 120 ? ratio : 1));
    const volume = whole.volume.map((units, i) => (i < 120 ? units / ratio : units));
    for (const known of [volume, volume.map(() => Number.NaN)]) {
      const found = findMissingSplits({ ...given, volume: known }, []);
      expect(found.map(({ day, ratio: r }) => [day - start, r])).toEqual([[120, ratio]]);
    }
  });

  it('is none where an action explains the step, or the price comes back', () => {
    const given = scaled(walk(200), (i) => (i < 120 ? 2 : 1));
    const split = { kind: 'split', day: start + 120, ratio: 2 } as const;
    expect(findMissingSplits(given, [split])).toEqual([]);
    const spike = scaled(walk(200), (i) => (i === 120 ? 2 : 1));
    expect(findMissingSplits(spike, [])).toEqual([]);
  });
});

describe('a symbol that was given to another', () => {
  const hole = (days: number, level: number, volume: number): BarColumns => {
    const [first, second] = [walk(60), walk(60, level, 4)];
    const join = (a: Float64Array, b: Float64Array) => Float64Array.from([...a, ...b]);
    const close = join(first.close, second.close);
    return {
      days: Int32Array.from([...first.days, ...second.days.map((day) => day + 60 + days)]),
      open: close,
      high: close,
      low: close,
      close,
      adjustedClose: close,
      volume: join(
        first.volume,
        second.volume.map((units) => units * volume),
      ),
    };
  };

  it.each([
    ['a long hole and another level', hole(200, 400, 1), 1],
    ['a long hole and other volumes', hole(200, 50, 0.01), 1],
    ['a long hole and the same level', hole(200, 50, 1), 0],
    ['another level without a hole', hole(3, 400, 1), 0],
  ])('%s', (_, bars, count) => {
    expect(findTickerReuse(bars)).toHaveLength(count);
  });

  it('is told by another ISIN, and not by another name alone', () => {
    const day = start + 10;
    const before = { day: start, name: 'Facebook Inc', isin: 'US30303M1027' };
    expect(findTickerReuse(walk(30), [before, { ...before, day, name: 'Meta Platforms' }])).toEqual(
      [],
    );
    const [found] = findTickerReuse(walk(30), [
      before,
      { day, name: 'Other', isin: 'US0000000000' },
    ]);
    expect(found?.day).toBe(day);
  });
});

describe('two sources', () => {
  const source = walk(300);
  const late = { ...source, days: source.days.map((day) => day + 1) };
  const rate = walk(300, 1.1, 9).close.map((value) => 1 + (value - 1.1) / 5);
  it.each([
    ['agree', source, 'none'],
    ['differ by pence and pounds', scaled(source, () => 100), 'unit'],
    ['differ by a factor on all days', scaled(source, () => 1.25), 'constant-factor'],
    ['differ by a split before a day', scaled(source, (i) => (i < 90 ? 4 : 1)), 'adjustment'],
    ['differ by a day', late, 'shifted-by-a-day'],
    ['quote in two currencies', scaled(source, (i) => rate[i] as number), 'currency'],
    ['differ truly', walk(300, 50, 77), 'truly'],
  ] as const)('%s', (_, other, difference) => {
    const found = compareSources(other, source, 1e-4);
    expect(found.difference).toBe(difference);
    expect(found.detail).toMatch(/\.$/);
    expect(compareSources(source, other, 1e-4).difference).toBe(difference);
  });

  it('have nothing to compare without a common day', () => {
    const other = { ...source, days: source.days.map((day) => day + 5000) };
    expect(compareSources(source, other, 1e-4).difference).toBe('no-common-days');
  });
});

describe.skipIf(!sharedPrices.there)(
  'published prices (skipped where ../shared/data is absent)',
  () => {
    const read = (path: string) => sharedPrices.read(`prices_daily/${path}.csv.gz`);

    it('pass the gate whole: nothing mended, nothing quarantined', () => {
      for (const folder of sharedPrices.list('prices_daily')) {
        for (const name of sharedPrices.list(`prices_daily/${folder}`)) {
          const { bars, actions } = sharedPrices.read(`prices_daily/${folder}/${name}`);
          const prices = /quandl|fang/.test(folder) ? 'as-traded' : 'split-adjusted';
          const { accepted, repairs, quarantined } = gateBars(bars, actions, {
            ...noFacts,
            prices,
          });
          expect([repairs, quarantined]).toEqual([[], []]);
          expect(accepted.days.length).toBe(bars.days.length);
        }
      }
    });

    it.each([
      ['fang_tidyquant/NFLX', ['2015-07-15 7']],
      ['fang_tidyquant/GOOG', ['2014-03-27 2']],
      ['fang_tidyquant/FB', []],
      ['quandl_wiki_2014/AAPL', ['2014-06-09 7']],
      ['quandl_wiki_2014/ZEN', []],
      ['yahoo_mplfinance/AAPL', []],
      ['yahoo_mplfinance/INTC', []],
    ])('of %s show these splits where none is recorded', (path, wanted) => {
      const found = findMissingSplits(read(path).bars, []);
      expect(found.map(({ day, ratio }) => `${dayFromNumber(day)} ${ratio}`)).toEqual(wanted);
    });

    it.each([
      ['quandl_wiki_2014/AAPL', 'observable/AAPL', 'adjustment', ['2014-06-09']],
      ['quandl_wiki_2014/AAPL', 'yahoo_mplfinance/AAPL', 'adjustment', ['2014-06-09']],
      ['observable/AAPL', 'yahoo_mplfinance/AAPL', 'none', []],
      ['fang_tidyquant/GOOG', 'yahoo_mplfinance/GOOG', 'adjustment', ['2014-03-27', '2015-04-27']],
      ['vega/_GSPC', 'arch_index/_GSPC', 'none', []],
    ] as const)('of %s and %s differ as they should', (...[a, b, difference, changes]) => {
      const found = compareSources(read(a).bars, read(b).bars, 1e-3);
      expect(found.difference).toBe(difference);
      expect(found.changes.map(dayFromNumber)).toEqual(changes);
    });

    it('of AAPL are adjusted for dividends before the split in one source as if it had not been', () => {
      const adjusted = (path: string): BarColumns => {
        const { bars } = read(path);
        return { ...bars, close: bars.adjustedClose };
      };
      const found = compareSources(
        adjusted('observable/AAPL'),
        adjusted('yahoo_mplfinance/AAPL'),
        1e-3,
      );
      expect(found.difference).toBe('adjustment');
      expect(found.changes.slice(0, 1).map(dayFromNumber)).toEqual(['2013-08-08']);
      expect(found.changes.every((day) => day <= dayNumber('2014-06-09'))).toBe(true);
    });

    it('of a fund of one currency in another are told from other prices', () => {
      const { bars: euro } = read('lean_fx_crypto/EURUSD');
      const { bars: apple } = read('yahoo_mplfinance/AAPL');
      const rates = new Map([...euro.days].map((day, i) => [day, euro.close[i] as number]));
      const close = apple.close.map(
        (value, i) => value / (rates.get(apple.days[i] as number) ?? Number.NaN),
      );
      expect(compareSources({ ...apple, close }, apple, 1e-3).difference).toBe('currency');
      expect(adjustedSeries(apple, [], 'total-return')).toEqual(apple.close);
    });
  },
);
