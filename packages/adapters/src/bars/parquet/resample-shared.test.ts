import { alwaysOpen, barsOfTicks, resample, type TimedBars } from '@plimsoll/domain';
import { afterAll, describe, expect, it } from 'vitest';
import { sharedData } from '../../market-data-kit/testing/shared-data.ts';
import { openBarFileReader } from './read-bar-file.ts';

const reader = openBarFileReader();
afterAll(() => reader.close());

async function contentOf(name: string) {
  const bytes = sharedData.read(`intraday/${name}.csv.gz`);
  const answer = await reader.read({ name, bytes }, '1m');
  if (!answer.ok) throw new Error(answer.fault.detail);
  expect(answer.value.refusedCount).toBe(0);
  return answer.value.content;
}

async function minutesOf(name: string): Promise<TimedBars> {
  const content = await contentOf(name);
  if (content.kind !== 'bars') throw new Error(`${name} has ticks`);
  return content.bars;
}

const total = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);

describe.skipIf(!sharedData.there)(
  'real ticks and minutes (skipped where ../shared/data is absent)',
  () => {
    it.each(['20140501', '20140502'])(
      'of EURUSD on %s: our minutes of the ticks open and close as those of another tool',
      async (day) => {
        const content = await contentOf(`EURUSD_tick_quote_${day}`);
        if (content.kind !== 'ticks') throw new Error('These are bars');
        const ours = barsOfTicks(content.ticks, '1m', alwaysOpen).bars;
        const theirs = await minutesOf(`EURUSD_minute_quote_${day}`);
        expect(ours.from).toEqual(theirs.from);
        let worst = 0;
        for (let i = 0; i < ours.from.length; i++) {
          const open = Math.abs((ours.open[i] as number) - (theirs.open[i] as number));
          const close = Math.abs((ours.close[i] as number) - (theirs.close[i] as number));
          worst = Math.max(worst, open, close);
          // They take bid and ask apart, each at its own extreme; the middle moves no further.
          expect(ours.high[i]).toBeLessThanOrEqual((theirs.high[i] as number) + 1e-12);
          expect(ours.low[i]).toBeGreaterThanOrEqual((theirs.low[i] as number) - 1e-12);
        }
        expect(worst).toBeLessThan(1e-12);
      },
    );

    it('of Bitcoin: hours and days of real minutes conserve volume and extremes', async () => {
      const minutes = await minutesOf('BTCUSD_minute_trade_20171217');
      const hours = resample(minutes, '1h', alwaysOpen).bars;
      const day = resample(hours, '1d', alwaysOpen).bars;
      expect(hours.from).toHaveLength(24);
      expect(total(day.volume)).toBeCloseTo(total(minutes.volume), 8);
      expect([day.open[0], day.close[0]]).toEqual([minutes.open[0], minutes.close.at(-1)]);
      expect([day.high[0], day.low[0]]).toEqual([
        Math.max(...minutes.high),
        Math.min(...minutes.low),
      ]);
      expect(resample(minutes, '1d', alwaysOpen).bars.high).toEqual(day.high);
    });
  },
);
