import { toFloat } from '@plimsoll/kernel';
import { anyWorld, sampleOptions } from '@plimsoll/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldLedger } from '../ledger/fold.ts';
import { dailyValues } from './daily-values.ts';
import { valueBook } from './value-book.ts';

const halfMinorUnit = 0.005;

describe('daily values', { timeout: 60_000 }, () => {
  it('agree with the exact value of the day within half a minor unit', () => {
    let compared = 0;
    fc.assert(
      fc.property(
        anyWorld(),
        fc.array(fc.nat(), { minLength: 3, maxLength: 3 }),
        (world, samples) => {
          const { book } = foldLedger(world.transactions, sampleOptions(world), {
            until: world.last,
          });
          const daily = dailyValues(book, world.first, world.last);
          for (const sample of samples) {
            const day = world.first + (sample % daily.value.length);
            const then = foldLedger(world.transactions, sampleOptions(world), { until: day });
            const exact = toFloat(valueBook(then.book, day).total);
            const found = daily.value[day - world.first] ?? Number.NaN;
            expect(Math.abs(found - exact)).toBeLessThanOrEqual(halfMinorUnit);
            compared++;
          }
        },
      ),
      { numRuns: 1000 },
    );
    expect(compared).toBeGreaterThanOrEqual(3000);
  });

  it('flow between lines and the outside so that lines add up to the whole, every day', () => {
    fc.assert(
      fc.property(anyWorld(), fc.boolean(), (world, later) => {
        const from = later ? world.first + 5 : world.first;
        const { book } = foldLedger(
          world.transactions,
          sampleOptions(world),
          later ? { from, until: Math.max(from, world.last) } : { until: world.last },
        );
        const daily = dailyValues(book, from, Math.max(from, world.last));
        for (let t = 0; t < daily.value.length; t++) {
          const lines = daily.lines.reduce(
            (sum, { inflow, outflow }) => sum + (inflow[t] ?? 0) - (outflow[t] ?? 0),
            0,
          );
          const outside = (daily.inflow[t] ?? 0) - (daily.outflow[t] ?? 0);
          const size = daily.lines.reduce((sum, { inflow }) => sum + (inflow[t] ?? 0), 1);
          expect(Math.abs(lines - outside)).toBeLessThan(1e-9 * size);
          const worth = daily.lines.reduce((sum, { value }) => sum + (value[t] ?? 0), 0);
          expect(Math.abs(worth - (daily.value[t] ?? 0))).toBeLessThan(1e-6);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
