import { present } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import { allIndicators, indicatorById } from './indicator-by-id.ts';
import {
  missingColumns,
  readIndicatorParameters,
  runIndicator,
  valuesOf,
} from './run-indicator.ts';
import { streamIndicator } from './stream-indicator.ts';

const indicator = (id: string) => present(indicatorById(id), `indicator ${id}`);
const close = Float64Array.of(1, 2, 3, 4, 5, 6);

describe('running an indicator', () => {
  it('takes the close where no other series is named', () => {
    expect(runIndicator(indicator('sma'), { period: 2 }, { close })).toEqual([
      Float64Array.of(Number.NaN, 1.5, 2.5, 3.5, 4.5, 5.5),
    ]);
    const value = close.map((x) => 10 * x);
    expect(runIndicator(indicator('sma'), { period: 2 }, { close, value })[0][5]).toBe(55);
  });

  it('says which columns are missing, and stops where they are', () => {
    expect(missingColumns(indicator('atr'), { close })).toEqual(['high', 'low']);
    expect(missingColumns(indicator('sma'), { close })).toEqual([]);
    expect(() => runIndicator(indicator('atr'), {}, { close })).toThrow('atr needs high, low');
  });

  it('stops at columns of different lengths', () => {
    const high = close.slice(1);
    expect(() => runIndicator(indicator('aroon'), {}, { high, low: close })).toThrow('one length');
  });

  it('writes to columns at hand, which must be those that it has', () => {
    const into = [new Float64Array(6).fill(7)];
    const [column] = runIndicator(indicator('sma'), { period: 2 }, { close }, into);
    expect(column).toBe(into[0]);
    expect(column).toEqual(Float64Array.of(Number.NaN, 1.5, 2.5, 3.5, 4.5, 5.5));
    const short = [new Float64Array(5)];
    expect(() => runIndicator(indicator('sma'), {}, { close }, short)).toThrow('1 columns of 6');
  });

  it('refuses parameters that the table does not allow', () => {
    const refusal = readIndicatorParameters(indicator('sma'), { period: 0 });
    expect(refusal).toMatchObject({
      ok: false,
      fault: { code: 'indicator.parameters', detail: expect.stringContaining('period') },
    });
    expect(() => runIndicator(indicator('sma'), { length: 3 }, { close })).toThrow('length');
  });

  it('fills in what is left out', () => {
    expect(readIndicatorParameters(indicator('macd'), { fast: 5 })).toMatchObject({
      ok: true,
      value: { fast: 5, slow: 26, signal: 9, begin: 'mean' },
    });
  });
});

describe('streaming an indicator', () => {
  it('gives the newest value of each output', () => {
    const stream = streamIndicator(indicator('donchian'), { period: 2 });
    expect(stream.latest()).toBeNaN();
    for (const high of [5, 7, 6]) stream.push({ high, low: high - 2 });
    expect([stream.length, stream.latest(), stream.latest('lower')]).toEqual([3, 7, 4]);
    expect(stream.column('upper')).toEqual(Float64Array.of(Number.NaN, 7, 7));
    expect(() => stream.latest('sideways')).toThrow('donchian has no output sideways');
  });

  it('counts what a bar does not have as no number', () => {
    const stream = streamIndicator(indicator('atr'), { period: 1 });
    stream.push({ high: 2, low: 1, close: 1.5 });
    stream.push({ close: 1.5 });
    expect(stream.latest()).toBeNaN();
  });

  it('keeps all bars of a history longer than it began with room for', () => {
    const stream = streamIndicator(indicator('sma'), { period: 2 });
    for (let i = 0; i < 1000; i++) stream.push({ close: i });
    expect(stream.column()[1]).toBe(0.5);
    expect(stream.latest()).toBe(998.5);
  });
});

describe('two conventions of one indicator', () => {
  const value = Float64Array.of(10, 12, 11, 15, 14);

  it('begins an exponential average with the mean, or as pandas does with the first value', () => {
    const params = { period: 3 };
    const [fromMean] = runIndicator(indicator('ema'), params, { value });
    expect(fromMean).toEqual(Float64Array.of(Number.NaN, Number.NaN, 11, 13, 13.5));
    const [fromFirst] = runIndicator(indicator('ema'), { ...params, begin: 'first' }, { value });
    expect(fromFirst).toEqual(Float64Array.of(10, 11, 11, 13, 13.5));
  });

  it('takes the deviation of a population, or of a sample', () => {
    const width = (deviation: string): number => {
      const params = { period: 5, deviations: 1, deviation };
      const [middle, upper] = runIndicator(indicator('bollinger'), params, { value });
      return (upper[4] - middle[4]) ** 2;
    };
    expect(width('sample') / width('population')).toBeCloseTo(5 / 4, 12);
  });
});

describe('the registry', () => {
  it('names indicators and outputs once, and what they show', () => {
    expect(new Set(allIndicators.map(({ id }) => id)).size).toBe(allIndicators.length);
    expect(allIndicators.length).toBeGreaterThanOrEqual(60);
    for (const { id, outputs, params, title, summary, formula, source } of allIndicators) {
      expect(new Set(outputs).size, id).toBe(outputs.length);
      expect(
        [title, summary, formula, source].every((text) => text !== ''),
        id,
      ).toBe(true);
      for (const parameter of Object.values(params)) {
        // Without a default nobody could try it out.
        expect('default' in parameter, id).toBe(true);
      }
    }
  });

  it('states a whole number of bars as warm-up', () => {
    for (const each of allIndicators) {
      const bars = each.warmUp(valuesOf(each, {}));
      expect(Number.isInteger(bars) && bars >= 1, each.id).toBe(true);
    }
  });
});
