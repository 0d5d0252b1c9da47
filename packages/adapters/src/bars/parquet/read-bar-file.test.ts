import { gzipSync } from 'node:zlib';
import type { BarFileContent, BarFileReader } from '@plimsoll/ports';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { Duck } from './duck.ts';
import { encodeParquet } from './parquet-file.ts';
import { openBarFileReader } from './read-bar-file.ts';

const duck = new Duck({});
const reader: BarFileReader = openBarFileReader();
afterAll(() => Promise.all([duck.close(), reader.close()]));

const text = (lines: readonly string[]) => new TextEncoder().encode(`${lines.join('\n')}\n`);
const reading = (bytes: Uint8Array) => reader.read({ name: 'given.csv', bytes });

async function content(...lines: readonly string[]): Promise<BarFileContent> {
  const answer = await reading(text(lines));
  if (!answer.ok) throw new Error(answer.fault.detail);
  return answer.value;
}

async function barsOf(...lines: readonly string[]) {
  const { content: found } = await content(...lines);
  if (found.kind !== 'bars') throw new Error('These are ticks');
  return found.bars;
}

const half = Date.parse('2024-03-04T14:30:00Z');

describe('a file of bars', () => {
  it.each([
    ['ts_utc', '2024-03-04T14:30:00.000Z'],
    ['Timestamp', '2024-03-04 14:30:00'],
    ['datetime', '2024-03-04T15:30:00+01:00'],
    ['open time', '1709562600000'],
    ['epoch', '1709562600'],
    ['ts', '1709562600000000'],
    ['t', '1709562600000000000'],
    ['time', '2024-03-04 14:30'],
  ])('says its times as %s, %s', async (name, time) => {
    const bars = await barsOf(`${name},Open,HIGH,low,Close`, `${time},1,4,0.5,2`);
    expect([...bars.from]).toEqual([half]);
    expect([bars.open[0], bars.high[0], bars.low[0], bars.close[0]]).toEqual([1, 4, 0.5, 2]);
    expect(bars.volume[0]).toBeNaN();
  });

  it('may say date and time apart', async () => {
    const bars = await barsOf(
      'Date;Time;Open;High;Low;Close;Vol',
      '2024-03-04;14:30:00;1;4;0.5;2;7',
    );
    expect([bars.from[0], bars.volume[0]]).toEqual([half, 7]);
  });

  it('may be packed, and be in any order with bars that come again', async () => {
    const lines = ['ts,open,high,low,close,volume'];
    lines.push(`${half + 60_000},2,2,2,2,2`, `${half},1,1,1,1,1`, `${half},3,3,3,3,3`);
    const answer = await reading(gzipSync(text(lines)));
    expect(answer).toMatchObject({ ok: true, value: { rows: 3, refusedCount: 0 } });
    const again = await content(...lines);
    expect(again.notes).toEqual(['1 bars came again later in the file; the last was taken.']);
    const bars = await barsOf(...lines);
    expect([[...bars.from], [...bars.close]]).toEqual([
      [half, half + 60_000],
      [3, 2],
    ]);
  });

  it('may be quotes, whose middle is taken', async () => {
    const sides = ['bid', 'ask'].flatMap((side) =>
      ['open', 'high', 'low', 'close'].map((field) => `${side}_${field}`),
    );
    const found = await content(`ts,${sides.join(',')}`, `${half},1,3,1,2,3,5,3,4`);
    expect(found.notes).toEqual(['Prices are the middle of bid and ask.']);
    const bars = await barsOf(`ts,${sides.join(',')}`, `${half},1,3,1,2,3,5,3,4`);
    expect([bars.open[0], bars.high[0], bars.low[0], bars.close[0]]).toEqual([2, 4, 2, 3]);
  });

  it('may be trades', async () => {
    const { content: found } = await content('ts,price,size', `${half},10,1`, `${half},11,2`);
    expect(found).toEqual({
      kind: 'ticks',
      ticks: {
        at: Float64Array.of(half, half),
        price: Float64Array.of(10, 11),
        size: Float64Array.of(1, 2),
      },
    });
  });

  it('tells which rows are not sound, by line and reason, and takes the others', async () => {
    const row = (values: string) => `${half},${values}`;
    const found = await content(
      'ts,open,high,low,close,volume',
      row('1,1,1,1,1'),
      'soon,1,1,1,1,1',
      row('1,1,1,-1,1'),
      row('1,1,1,,1'),
      row('nan,1,1,1,1'),
      row('1,1e400,1,1,1'),
      row('1,1,2,1,1'),
      row('5,2,1,1,1'),
      row('1,1,1,1,-2'),
    );
    expect(found.rows).toBe(9);
    expect(found.refusedCount).toBe(8);
    expect(found.refused.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '3 The time cannot be read.',
      '4 The close is not a price above 0.',
      '5 The close is not a price above 0.',
      '6 The open is not a price above 0.',
      '7 The high is not a price above 0.',
      '8 The high is below the low.',
      '9 Open or close lies outside of high and low.',
      '10 The volume is not a number from 0 up.',
    ]);
    expect(found.content).toMatchObject({ kind: 'bars', bars: { close: Float64Array.of(1) } });
  });

  it('that is Parquet comes back bit by bit', async () => {
    const columns = [
      Float64Array.of(half, half + 60_000),
      Float64Array.of(0.1, 3),
      Float64Array.of(0.30000000000000004, 3),
      Float64Array.of(0.1, 3),
      Float64Array.of(0.2, 3),
      Float64Array.of(5, Number.NaN),
    ];
    const answer = await reader.read({
      name: 'a.parquet',
      bytes: await encodeParquet(duck, columns, 'given'),
    });
    if (!answer.ok || answer.value.content.kind !== 'bars') throw new Error('Not bars');
    const { from, open, high, low, close, volume } = answer.value.content.bars;
    expect([from, open, high, low, close, volume]).toEqual(columns);
  });

  it.each([
    ['nothing', ''],
    ['a header alone', 'ts,open,high,low,close\n'],
    ['no times', 'open,high,low,close\n1,1,1,1\n'],
    ['no prices', 'ts,weather\n1709562600,fine\n'],
    ['HTML', '<html><body>Sign in</body></html>'],
    ['the head of Parquet alone', 'PAR1 and no more'],
    ['a name that is SQL', 'ts,open"); DROP TABLE given; --,price\n1709562600,1,\n'],
  ])('with %s is refused by name or has no row to take', async (_, given) => {
    const answer = await reading(new TextEncoder().encode(given));
    const said = answer.ok
      ? `${answer.value.rows - answer.value.refusedCount} rows to take`
      : `${answer.fault.code}: ${answer.fault.detail}`;
    expect(said).toMatch(/^bars\.refused: given\.csv |^0 rows to take$/);
  });

  it('of any bytes at all is read or refused, never a throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const answer = await reading(bytes);
        if (!answer.ok) expect(answer.fault.code).toBe('bars.refused');
      }),
      { numRuns: 60 },
    );
  });
});
