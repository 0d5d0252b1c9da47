import { plainInstrument } from '@plimsoll/domain';
import { dayNumber, seededRandom } from '@plimsoll/kernel';
import type { DailyBars, Store } from '@plimsoll/ports';

export const symbols = 1_000;
/** Mondays to Fridays of ten years. */
export const days: Int32Array = weekdays(dayNumber('2014-01-01'), dayNumber('2024-01-01'));

/** Fills a store with daily bars of a thousand instruments; the ids, in order. */
export async function fillDaily(store: Store, workspace: string): Promise<readonly string[]> {
  const ids = Array.from({ length: symbols }, (_, i) => `S${String(i).padStart(4, '0')}`);
  await store.write(workspace, ({ catalogue }) =>
    catalogue.saveInstruments(
      ids.map((id) => plainInstrument({ id, kind: 'equity', name: id, currency: 'USD' })),
    ),
  );
  for (let start = 0; start < ids.length; start += 50) {
    await store.write(workspace, async ({ prices }) => {
      for (const id of ids.slice(start, start + 50)) {
        await prices.merge(id, walk(Number(id.slice(1))), 'bench');
      }
    });
  }
  return ids;
}

function walk(seed: number): DailyBars {
  const random = seededRandom(seed);
  const close = new Float64Array(days.length);
  let level = 100;
  for (let i = 0; i < close.length; i++) {
    level *= Math.exp(0.01 * random.normal());
    close[i] = level;
  }
  const unknown = new Float64Array(days.length).fill(Number.NaN);
  return {
    days,
    open: close,
    high: close,
    low: close,
    close,
    adjustedClose: unknown,
    volume: unknown,
  };
}

function weekdays(first: number, until: number): Int32Array {
  const found: number[] = [];
  for (let day = first; day < until; day++) if ((day + 3) % 7 < 5) found.push(day);
  return Int32Array.from(found);
}
