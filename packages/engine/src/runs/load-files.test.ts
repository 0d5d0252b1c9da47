import { marketDataAdapters } from '@plimsoll/adapters/registry';
import { describe, expect, it } from 'vitest';
import { loadMarketFiles } from './load-files.ts';
import { readRunConfig } from './run-config.ts';

const readers = Object.values(marketDataAdapters).flatMap(({ file }) => file ?? []);
const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });

const prices = file(
  'abc_daily.csv',
  `date,open,high,low,close,volume
2024-01-02,100,102,99,101,1000
2024-01-03,101,103,100,102,1000
2024-01-04,51,52,50,51.5,2000
2024-01-05,51,53,50,52,2000
`,
);
const actions = file(
  'abc_actions.csv',
  'date,dividend,split\n2024-01-03,0.5,1.0\n2024-01-04,0,2\n2024-01-05,0.2,0\n',
);

const load = (
  files: readonly ReturnType<typeof file>[],
  given: Readonly<Record<string, unknown>> = {},
) => {
  const config = readRunConfig({ strategy: 'any', universe: ['ABC'], ...given });
  if (!config.ok) throw new Error(config.fault.detail);
  return loadMarketFiles(files, readers, config.value);
};
const at = (instant: string): number => Date.parse(instant);

describe('the market of files', () => {
  it('has their bars, known when their day has ended', () => {
    const found = load([prices, actions]);
    if (!found.ok) throw new Error(found.fault.detail);
    const [abc] = found.value.market.instruments;
    expect([...(abc?.bars.open ?? [])]).toEqual([100, 101, 51, 51]);
    expect(abc?.bars.known[0]).toBe(at('2024-01-02T23:59:59.999Z'));
    expect(abc?.events).toEqual([
      { kind: 'dividend', at: at('2024-01-03T00:00:00Z'), perUnit: 0.5, paidAt: null },
      { kind: 'split', at: at('2024-01-04T00:00:00Z'), ratio: 2 },
      { kind: 'dividend', at: at('2024-01-05T00:00:00Z'), perUnit: 0.2, paidAt: null },
    ]);
    expect(found.value.notes.join(' ')).toMatch(/do not say their currency/);
  });

  it.each(['abc', 'ABC', 'abc_daily', 'Abc_Daily'])('finds them by the name %s', (name) => {
    const found = load([prices, actions], { universe: [name], benchmark: name });
    const ids = found.ok ? found.value.market.instruments.map(({ id }) => id) : [found.fault];
    expect(ids).toEqual(['ABC']);
  });

  it('says why there are no bars', () => {
    const head = 'date,open,high,low,close,volume\n2024-01-02,100,102,99,101,1000\n';
    const late = load([file('abc.csv', head)], { to: '2023-12-29' });
    expect(late.ok ? '' : late.fault.detail).toBe('There are no bars of ABC in the period.');
    const wrong = load([file('abc.csv', `${head}2024-01-03,-1,-1,-1,-1,5\n`)], {
      to: '2023-12-29',
    });
    expect(wrong.ok ? '' : wrong.fault.detail).toMatch(/1 rows of abc\.csv are no prices/);
  });

  it('passes over a split that the prices have undone', () => {
    const undone = file(
      'abc.csv',
      new TextDecoder()
        .decode(prices.bytes)
        .replace('100,102,99,101', '50,51,49,50.5')
        .replace('101,103,100,102', '50.5,51.5,50,51'),
    );
    const found = load([undone, actions]);
    const events = found.ok ? found.value.market.instruments[0]?.events : [];
    expect(events?.map(({ kind }) => kind)).toEqual(['dividend', 'dividend']);
  });

  it('ends with the last day, and can be held against one of its own', () => {
    const found = load([prices, actions], { to: '2024-01-04', benchmark: 'abc', base: 'EUR' });
    if (!found.ok) throw new Error(found.fault.detail);
    const { market, benchmark } = found.value;
    expect([market.base, market.instruments[0]?.bars.close.length]).toEqual(['EUR', 3]);
    expect(benchmark?.at.length).toBe(3);
    expect((benchmark?.level[1] ?? 0) / (benchmark?.level[0] ?? 1)).toBeCloseTo(102.5 / 101, 12);
  });

  it.each([
    [[prices], { universe: ['XYZ'] }, /no file with prices of XYZ; there are ABC/],
    [
      [prices, file('abc.csv', new TextDecoder().decode(prices.bytes))],
      {},
      /and so has another file/,
    ],
    [[file('notes.txt', 'hello')], {}, /is no file of prices/],
    [[], {}, /There is no file of prices/],
    [[prices, file('abc_actions.csv', 'day,sum\n')], {}, /abc_actions\.csv:1: its columns/],
    [
      [prices, file('abc_actions.csv', 'date,dividend,split\nsoon,1,1\n')],
      {},
      /abc_actions\.csv:2:/,
    ],
    [[prices], { timeframe: '5m' }, /5m is read from the record/],
    [[prices], { universe: { index: '^X' } }, /known to the record alone/],
    [[prices], { to: '2020-01-01' }, /no bars of ABC in the period/],
  ])('refuses %#', (files, given, words) => {
    const found = load(files, given);
    expect(found.ok ? 'loaded' : found.fault.detail).toMatch(words);
  });
});
