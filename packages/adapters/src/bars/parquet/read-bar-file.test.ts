import { gzipSync } from 'node:zlib';
import type { Timeframe } from '@plimsoll/domain';
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
const reading = (bytes: Uint8Array, timeframe: Timeframe = '1m') =>
  reader.read({ name: 'given.csv', bytes }, timeframe);

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

  const barsAt = (...times: readonly string[]) =>
    text(['ts,open,high,low,close', ...times.map((time) => `${time},1,1,1,1`)]);

  it.each<[Timeframe, string, string]>([
    ['1m', '2024-03-04T14:31:00Z', '2024-03-04T14:32:30Z'],
    ['1s', '2024-03-04T14:30:01Z', '2024-03-04T14:30:02.5Z'],
    ['15m', '2024-03-04T14:45:00Z', '2024-03-04T15:10:00Z'],
    ['1h', '2024-03-04T15:30:00Z', '2024-03-04T16:31:00Z'],
    ['1d', '2024-03-05T00:00:00Z', '2024-03-06T14:30:00Z'],
    ['1m', '1969-12-31T23:59:00Z', '1969-12-31T23:58:59Z'],
  ])('of %s has none that begins between two', async (timeframe, taken, refused) => {
    const first = timeframe === '1d' ? '2024-03-04T00:00:00Z' : '2024-03-04T14:30:00Z';
    const answer = await reading(barsAt(first, taken, refused), timeframe);
    expect(answer).toMatchObject({ ok: true, value: { rows: 3, refusedCount: 1 } });
    expect(answer.ok && answer.value.refused).toEqual([
      { line: 4, reason: `No bar of ${timeframe} begins at this time.` },
    ]);
  });

  it.each<[Timeframe, readonly string[]]>([
    ['1m', ['14:30:00', '14:30:01', '14:30:02', '14:31:00']],
    ['1m', ['14:30:00', '14:30:30']],
    ['1h', ['14:00:00', '14:15:00', '14:30:00', '14:45:00', '15:00:00']],
  ])('of finer ones than %s is refused, not taken for some of them', async (timeframe, times) => {
    const answer = await reading(barsAt(...times.map((time) => `2024-03-04T${time}Z`)), timeframe);
    const detail = expect.stringMatching(/^given\.csv has bars less than .* apart/);
    expect(answer).toMatchObject({ ok: false, fault: { code: 'bars.refused', detail } });
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
    const bytes = await encodeParquet(duck, columns, 'given');
    const answer = await reader.read({ name: 'a.parquet', bytes }, '1m');
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
