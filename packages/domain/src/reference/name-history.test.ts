import { dayFromNumber } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  delistedOn,
  ended,
  type InstrumentName,
  nameHolder,
  renamed,
  withName,
} from './name-history.ts';

const nasdaq = 'XNAS';
const name = (
  instrumentId: string,
  symbol: string,
  from: string | null,
  until: string | null,
): InstrumentName => ({
  instrumentId,
  symbol,
  mic: nasdaq,
  from,
  until,
  endedBy: until === null ? null : 'symbol-change',
  source: 'test',
});
const on = (names: readonly InstrumentName[], symbol: string, day: string) =>
  nameHolder(names, { symbol, mic: nasdaq }, day);

describe('what an instrument was called', () => {
  const change = { instrumentId: 'meta', symbol: 'FB', mic: nasdaq, source: 'test' };
  const names = renamed([], { ...change, day: '2022-06-09', newSymbol: 'META' });

  it('is kept when its symbol changes', () => {
    expect(on(names, 'FB', '2020-01-01')).toBe('meta');
    expect(on(names, 'FB', '2022-06-08')).toBe('meta');
    expect(on(names, 'FB', '2022-06-09')).toBeUndefined();
    expect(on(names, 'META', '2022-06-08')).toBeUndefined();
    expect(on(names, 'META', '2024-01-01')).toBe('meta');
  });

  it('tells two of one symbol apart by the day', () => {
    const reused = withName(names, name('other', 'FB', '2024-05-01', null));
    expect(on(reused, 'FB', '2020-01-01')).toBe('meta');
    expect(on(reused, 'FB', '2024-05-01')).toBe('other');
    expect(on(reused, 'META', '2024-05-01')).toBe('meta');
  });

  it('ends with a delisting', () => {
    const gone = ended(
      names,
      { instrumentId: 'meta', symbol: 'META', mic: nasdaq, day: '2030-01-02', source: 'test' },
      'delisting',
    );
    expect(delistedOn(names, 'meta')).toBeNull();
    expect(delistedOn(gone, 'meta')).toBe('2030-01-02');
    expect(on(gone, 'META', '2030-01-02')).toBeUndefined();
    expect(on(gone, 'META', '2030-01-01')).toBe('meta');
  });
});

const epoch = 18_000;
const days = fc.option(fc.nat(40)).map((at) => (at === null ? null : dayFromNumber(epoch + at)));
const ids = fc.constantFrom('a', 'b', 'c');
const symbols = fc.constantFrom('X', 'Y');
type Step = (names: readonly InstrumentName[]) => readonly InstrumentName[];
const steps = fc.array(
  fc.oneof(
    fc.tuple(ids, symbols, days, days).map(
      ([id, symbol, from, until]): Step =>
        (names) =>
          withName(names, name(id, symbol, from, until)),
    ),
    fc.tuple(ids, symbols, symbols, fc.nat(40)).map(
      ([instrumentId, symbol, newSymbol, at]): Step =>
        (names) =>
          renamed(names, {
            instrumentId,
            symbol,
            newSymbol,
            mic: nasdaq,
            day: dayFromNumber(epoch + at),
            source: 'test',
          }),
    ),
    fc.tuple(ids, symbols, fc.nat(40)).map(
      ([instrumentId, symbol, at]): Step =>
        (names) =>
          ended(
            names,
            { instrumentId, symbol, mic: nasdaq, day: dayFromNumber(epoch + at), source: 'test' },
            'delisting',
          ),
    ),
  ),
  { maxLength: 12 },
);

const coverers = (names: readonly InstrumentName[], day: string) =>
  names.filter(
    ({ from, until }) => (from === null || from <= day) && (until === null || day < until),
  );

test('whatever is said in whatever order, a symbol names one instrument a day, and an instrument has one symbol', () => {
  fc.assert(
    fc.property(steps, (all) => {
      let names: readonly InstrumentName[] = [];
      for (const step of all) names = step(names);
      for (let at = -1; at < 42; at++) {
        const covering = coverers(names, dayFromNumber(epoch + at));
        for (const symbol of ['X', 'Y']) {
          expect(covering.filter((one) => one.symbol === symbol).length).toBeLessThan(2);
        }
        for (const id of ['a', 'b', 'c']) {
          expect(covering.filter((one) => one.instrumentId === id).length).toBeLessThan(2);
        }
      }
    }),
  );
});

test('what was said last holds on its days, and other days stay as they were', () => {
  fc.assert(
    fc.property(steps, fc.tuple(ids, symbols, days, days), (all, [id, symbol, from, until]) => {
      let names: readonly InstrumentName[] = [];
      for (const step of all) names = step(names);
      const said = name(id, symbol, from, until);
      const after = withName(names, said);
      for (let at = -1; at < 42; at++) {
        const day = dayFromNumber(epoch + at);
        const isSaid = coverers([said], day).length > 0;
        expect(on(after, symbol, day)).toBe(isSaid ? id : on(names, symbol, day));
      }
    }),
  );
});

test('said twice is said once', () => {
  fc.assert(
    fc.property(steps, (all) => {
      let names: readonly InstrumentName[] = [];
      for (const step of all) names = step(names);
      for (const one of names)
        expect(withName(names, one)).toEqual(withName(withName(names, one), one));
    }),
  );
});
