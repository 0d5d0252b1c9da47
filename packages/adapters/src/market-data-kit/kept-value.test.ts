import { ok, refuse } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import { keptValue } from './kept-value.ts';

describe('a value that is kept', () => {
  it('is read once for all who ask, and again when its time is over', async () => {
    let [now, reads] = [0, 0];
    const value = keptValue(
      100,
      () => now,
      async () => ok(++reads),
    );
    expect(await Promise.all([value(), value()])).toEqual([ok(1), ok(1)]);
    now = 99;
    expect(await value()).toEqual(ok(1));
    now = 100;
    expect(await value()).toEqual(ok(2));
  });

  it('is not kept where it was refused', async () => {
    let reads = 0;
    const value = keptValue(
      100,
      () => 0,
      async () => (++reads === 1 ? refuse('no') : ok(reads)),
    );
    expect(await value()).toEqual(refuse('no'));
    expect(await value()).toEqual(ok(2));
  });
});
