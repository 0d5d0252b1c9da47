import { dayNumber } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AdjustedKind, adjustedSeries } from './adjusted-series.ts';
import { asTraded } from './as-traded.ts';
import type { BarColumns } from './bar-columns.ts';
import type { PriceAction } from './repair/price-action.ts';
import { sharedPrices } from './testing/shared-prices.ts';

const start = dayNumber('2024-01-01');
const bars = (close: readonly number[]) => ({
  days: Int32Array.from(close, (_, i) => start + i),
  close: Float64Array.from(close),
});
const split = (day: number, ratio: number): PriceAction => ({
  kind: 'split',
  day: start + day,
  ratio,
});
const dividend = (day: number, amount: number): PriceAction => ({
  kind: 'dividend',
  day: start + day,
  amount,
});
const rounded = (series: Float64Array) => [...series].map((value) => Number(value.toFixed(9)));

/** Closes, actions, kind, and the series that is wanted. */
type Case = readonly [readonly number[], readonly PriceAction[], AdjustedKind, readonly number[]];

describe('an adjusted series', () => {
  it.each<[string, Case]>([
    ['undoes a split', [[100, 50, 51], [split(1, 2)], 'split', [50, 50, 51]]],
    ['undoes a stock dividend', [[105, 100], [split(1, 1.05)], 'split', [100, 100]]],
    ['undoes two splits', [[600, 300, 100], [split(2, 3), split(1, 2)], 'split', [100, 100, 100]]],
    ['leaves dividends in the price', [[100, 95], [dividend(1, 5)], 'split', [100, 95]]],
    ['reinvests at the ex-close', [[100, 95], [dividend(1, 5)], 'total-return', [95, 95]]],
    [
      'takes both of one day per new unit',
      [[100, 45], [split(1, 2), dividend(1, 5)], 'total-return', [45, 45]],
    ],
    [
      'counts an action of a day without a close on the next',
      [[100, Number.NaN, 95], [dividend(1, 5)], 'total-return', [95, Number.NaN, 95]],
    ],
    [
      'passes over what comes first or last',
      [[100, 95], [dividend(0, 5), dividend(2, 5)], 'total-return', [100, 95]],
    ],
  ])('%s', (_, [close, actions, kind, wanted]) => {
    expect(rounded(adjustedSeries(bars(close), actions, kind))).toEqual(wanted);
  });

  it('can reinvest at the close before, as Yahoo does', () => {
    const given = bars([100, 97]);
    const series = adjustedSeries(given, [dividend(1, 5)], 'total-return', 'close-before');
    expect(rounded(series)).toEqual([95, 97]);
  });

  it('is NaN before a payment that leaves nothing', () => {
    const given = bars([100, 1]);
    const series = adjustedSeries(given, [dividend(1, 120)], 'total-return', 'close-before');
    expect([...series]).toEqual([Number.NaN, 1]);
  });

  it('returns on each day what price and payment returned, whatever was split', () => {
    const day = fc.record({
      move: fc.double({ min: 0.9, max: 1.1, noNaN: true }),
      paid: fc.constantFrom(0, 0, 0, 0.01, 0.1),
      ratio: fc.constantFrom(1, 1, 1, 2, 0.1),
    });
    fc.assert(
      fc.property(fc.array(day, { minLength: 2, maxLength: 40 }), (drawn) => {
        const close = [100];
        const actions: PriceAction[] = [];
        for (const [i, { move, paid, ratio }] of drawn.entries()) {
          close.push(((close[i] as number) * move) / ratio);
          const amount = paid * (close[i + 1] as number);
          if (paid > 0) actions.push(dividend(i + 1, amount));
          if (ratio !== 1) actions.push(split(i + 1, ratio));
        }
        const series = adjustedSeries(bars(close), actions, 'total-return');
        for (const [i, { move, paid }] of drawn.entries()) {
          expect((series[i + 1] as number) / (series[i] as number)).toBeCloseTo(
            move * (1 + paid),
            9,
          );
        }
      }),
    );
  });
});

describe('bars as traded', () => {
  it('are what split-adjusted bars were made from', () => {
    const close = Float64Array.of(50, 50, 51);
    const unknown = () => new Float64Array(3).fill(Number.NaN);
    const adjusted: BarColumns = {
      ...bars([50, 50, 51]),
      open: close,
      high: close,
      low: close,
      adjustedClose: unknown(),
      volume: Float64Array.of(200, 300, 300),
    };
    const traded = asTraded(adjusted, [{ day: start + 1, ratio: 2 }]);
    expect([...traded.close]).toEqual([100, 50, 51]);
    expect([...traded.volume]).toEqual([100, 300, 300]);
    expect([...adjustedSeries(traded, [split(1, 2)], 'split')]).toEqual([...close]);
  });
});

describe.skipIf(!sharedPrices.there)(
  'published series (skipped where ../shared/data is absent)',
  () => {
    /** The largest relative distance of our series from the published one, which may be scaled. */
    function distance(ours: Float64Array, published: Float64Array): number {
      const scale = (published.at(-1) as number) / (ours.at(-1) as number);
      let most = 0;
      for (const [i, value] of published.entries()) {
        most = Math.max(most, Math.abs(((ours[i] as number) * scale) / value - 1));
      }
      return most;
    }

    it.each(['AAPL', 'MSFT', 'BRK_A', 'ZEN'])(
      'of %s, raw with dividends and splits, are derived to twelve digits',
      (symbol) => {
        const { bars: raw, actions } = sharedPrices.read(
          `prices_daily/quandl_wiki_2014/${symbol}.csv.gz`,
        );
        const ours = adjustedSeries(raw, actions, 'total-return');
        expect(distance(ours, raw.adjustedClose)).toBeLessThan(1e-12);
      },
    );

    it.each([
      ['NFLX', [['2015-07-15', 7]]],
      ['GOOG', [['2014-03-27', 2.002]]],
      ['AMZN', []],
      ['FB', []],
    ] as const)(
      'of %s as traded, without dividends, are derived from the splits',
      (symbol, splits) => {
        const { bars: raw } = sharedPrices.read(`prices_daily/fang_tidyquant/${symbol}.csv.gz`);
        const actions = splits.map(
          ([day, ratio]): PriceAction => ({ kind: 'split', day: dayNumber(day), ratio }),
        );
        const ours = adjustedSeries(raw, actions, 'total-return');
        expect(distance(ours, raw.adjustedClose)).toBeLessThan(1e-5);
      },
    );

    it('of Yahoo’s AAPL are derived from the dividends that another source lists', () => {
      const { bars: yahoo } = sharedPrices.read('prices_daily/yahoo_mplfinance/AAPL.csv.gz');
      const { actions } = sharedPrices.read('engines/aapl_actions.csv');
      const last = actions.at(-1)?.day ?? 0;
      const from = yahoo.days.findIndex((day) => day >= dayNumber('2012-08-01'));
      const until = yahoo.days.findIndex((day) => day > last);
      const cut = (column: Float64Array) => column.slice(from, until);
      const given = { days: yahoo.days.slice(from, until), close: cut(yahoo.close) };
      const paid = actions.filter(({ kind }) => kind === 'dividend');
      const ours = adjustedSeries(given, paid, 'total-return', 'close-before');
      expect(distance(ours, cut(yahoo.adjustedClose))).toBeLessThan(1e-5);
    });
  },
);
