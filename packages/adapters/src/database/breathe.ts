import { setImmediate } from 'node:timers/promises';

/** Rows handled between two turns of the event loop: a few milliseconds' work. */
export const breath = 100;

/** Maps many items without holding up the thread: lets others run every `breath` items. */
export async function mapBreathing<T, U>(
  items: readonly T[],
  map: (item: T, index: number) => U,
): Promise<U[]> {
  const mapped: U[] = [];
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % breath === 0) await setImmediate();
    mapped.push(map(item, index));
  }
  return mapped;
}

/** Cuts a list into parts of at most `size`. */
export function parts<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const cut: (readonly T[])[] = [];
  for (let start = 0; start < items.length; start += size) {
    cut.push(items.slice(start, start + size));
  }
  return cut;
}
