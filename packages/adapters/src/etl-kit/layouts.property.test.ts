import { gzipSync } from 'node:zlib';
import { dayFromNumber } from '@plimsoll/kernel';
import type { EtlReading } from '@plimsoll/ports';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { etlReader } from './etl-reader.ts';

/** Prices to be written in every way: no day without any, each to four places. */
interface Panel {
  readonly days: readonly number[];
  readonly symbols: readonly string[];
  /** By day, then symbol; null where there is none. */
  readonly closes: readonly (readonly (number | null)[])[];
}

// A day above 12 tells the order of day and month, so that the style can be told at all.
const panels: fc.Arbitrary<Panel> = fc
  .record({
    start: fc.integer({ min: 12_000, max: 20_000 }),
    steps: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 14, maxLength: 25 }),
    symbols: fc.uniqueArray(fc.constantFrom('AAPL', 'BRK.B', 'LOW', '0700', 'SAP', 'C', 'T'), {
      minLength: 2,
      maxLength: 4,
    }),
  })
  .chain(({ start, steps, symbols }) => {
    const days = [start];
    for (const step of steps) days.push((days.at(-1) ?? start) + step);
    const price = fc.integer({ min: 10_001, max: 99_999_999 }).map((units) => units / 10_000);
    const row = fc.tuple(price, ...symbols.slice(1).map(() => fc.option(price, { freq: 5 })));
    return fc
      .array(row, { minLength: days.length, maxLength: days.length })
      .map((closes) => ({ days, symbols, closes }));
  });

const dayStyles = {
  iso: (day: string) => day,
  compact: (day: string) => day.replaceAll('-', ''),
  german: (day: string) => day.split('-').reverse().join('.'),
  slashed: (day: string) => `${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)}`,
  american: (day: string) => `${day.slice(5, 7)}/${day.slice(8)}/${day.slice(0, 4)}`,
  seconds: (day: string) => String(Date.parse(day) / 1_000),
  milliseconds: (day: string) => String(Date.parse(day)),
  instant: (day: string) => `${day}T00:00:00Z`,
} as const;

const styles = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  dayStyle: fc.constantFrom(...(Object.keys(dayStyles) as (keyof typeof dayStyles)[])),
  orientation: fc.constantFrom('long', 'wide', 'transposed', 'files', 'fields'),
  decimal: fc.constantFrom('.', ','),
  down: fc.boolean(),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  preamble: fc.boolean(),
  packing: fc.constantFrom('none', 'gzip', 'zip'),
  titles: fc.constantFrom(
    ['date', 'symbol', 'close'],
    ['Datum', 'Kürzel', 'Schlusskurs'],
    ['DATE', 'Ticker', 'Adj_Price_Px'],
  ),
});

type Style = typeof styles extends fc.Arbitrary<infer T> ? T : never;
type Rows = readonly (readonly string[])[];

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function filesOf(panel: Panel, style: Style): { readonly name: string; readonly rows: Rows }[] {
  const [date = '', symbol = '', close = ''] = style.titles;
  const closeTitle = close === 'Adj_Price_Px' ? 'close' : close;
  const write = dayStyles[style.dayStyle];
  const number = (value: number | null): string =>
    value === null ? '' : String(value).replace('.', style.decimal);
  const order = panel.days.map((_, at) => at);
  if (style.down) order.reverse();
  const day = (at: number): string => write(dayFromNumber(panel.days[at] ?? 0));
  const price = (at: number, of: number): string => number(panel.closes[at]?.[of] ?? null);
  const all = panel.symbols.map((name, of) => ({ name, of }));
  switch (style.orientation) {
    case 'long':
      return [
        {
          name: 'prices.csv',
          rows: [
            [date, symbol, closeTitle],
            ...order.flatMap((at) => all.map(({ name, of }) => [day(at), name, price(at, of)])),
          ],
        },
      ];
    case 'wide':
    case 'fields': {
      const title = (name: string) => (style.orientation === 'wide' ? name : `${name} close`);
      return [
        {
          name: 'prices.csv',
          rows: [
            [date, ...all.map(({ name }) => title(name))],
            ...order.map((at) => [day(at), ...all.map(({ of }) => price(at, of))]),
          ],
        },
      ];
    }
    case 'transposed':
      return [
        {
          name: 'prices.csv',
          rows: [
            [symbol, ...order.map(day)],
            ...all.map(({ name, of }) => [name, ...order.map((at) => price(at, of))]),
          ],
        },
      ];
    default:
      return all.map(({ name, of }) => ({
        name: `${name}.csv`,
        rows: [[date, closeTitle], ...order.map((at) => [day(at), price(at, of)])],
      }));
  }
}

function packed(panel: Panel, style: Style) {
  // A comma cannot both part cells and begin fractions, and days across are told by their shape.
  const delimiter = style.decimal === ',' && style.delimiter === ',' ? ';' : style.delimiter;
  const files = filesOf(panel, style).map(({ name, rows }) => {
    const lines = rows.map((cells) => cells.join(delimiter));
    const above = style.preamble ? ['Prices of my list', ''] : [];
    return { name, bytes: bytes([...above, ...lines, ''].join(style.lineEnd)) };
  });
  if (style.packing === 'gzip') {
    return files.map((file) => ({
      name: `${file.name}.gz`,
      bytes: new Uint8Array(gzipSync(file.bytes)),
    }));
  }
  if (style.packing === 'none') return files;
  const members = Object.fromEntries(files.map((file) => [`folder/${file.name}`, file.bytes]));
  return [{ name: 'all.zip', bytes: zipSync(members) }];
}

const closesOf = ({ prices }: EtlReading) =>
  Object.fromEntries(
    prices.map(({ instrument, bars }) => [
      instrument.symbol ?? '',
      Object.fromEntries(
        [...bars.days.entries()]
          .map(([at, day]) => [day, bars.close[at]] as const)
          .filter(([, close]) => !Number.isNaN(close)),
      ),
    ]),
  );

const wanted = ({ days, symbols, closes }: Panel) =>
  Object.fromEntries(
    symbols.map((symbol, of) => [
      symbol,
      Object.fromEntries(
        days.flatMap((day, at) => {
          const close = closes[at]?.[of] ?? null;
          return close === null ? [] : [[day, close]];
        }),
      ),
    ]),
  );

test('the same prices are read from any layout, delimiter, style of days and numbers, packed or not', async () => {
  await fc.assert(
    fc.asyncProperty(panels, styles, async (panel, style) => {
      // Numbers across the top are no days to anyone.
      fc.pre(style.orientation !== 'transposed' || !/onds$/.test(style.dayStyle));
      const read = await etlReader.read(packed(panel, style), {});
      if (!read.ok) throw new Error(read.fault.detail);
      expect(read.value.kind).toBe('prices');
      expect(read.value.refused).toEqual([]);
      const known = Object.entries(wanted(panel)).filter(
        ([, closes]) => Object.keys(closes).length > 0,
      );
      const found = Object.entries(closesOf(read.value));
      expect(found.filter(([, closes]) => Object.keys(closes).length > 0).sort()).toEqual(
        known.sort(),
      );
    }),
    { numRuns: 150 },
  );
});
