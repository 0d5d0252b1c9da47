import { ok } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import { readPages } from './read-pages.ts';

describe('pages of a history', () => {
  it('are read to the last', async () => {
    const seen: string[] = [];
    const read = await readPages('X', '1', async (mark) => {
      seen.push(mark);
      return ok({ next: mark === '4' ? null : String(Number(mark) + 1), fresh: 1 });
    });
    expect(read).toEqual(ok(null));
    expect(seen).toEqual(['1', '2', '3', '4']);
  });

  it.each([
    ['a mark that comes again', (n: number) => ({ next: n % 2 === 0 ? 'a' : 'b', fresh: 1 }), 4],
    [
      'the same page under ever new marks',
      (n: number) => ({ next: `m${n}`, fresh: n === 0 ? 1 : 0 }),
      5,
    ],
    ['pages without end', (n: number) => ({ next: `m${n}`, fresh: 1 }), 501],
  ])('that are %s are refused', async (_, page, most) => {
    let count = 0;
    const read = await readPages('X', 'first', async () => ok(page(count++)));
    expect(read).toMatchObject({ ok: false, fault: { code: 'market-data.unreadable' } });
    expect(count).toBeLessThanOrEqual(most);
  });

  it('end with the first fault', async () => {
    const fault = { code: 'market-data.unavailable', detail: 'gone' } as const;
    expect(await readPages('X', '1', async () => ({ ok: false, fault }))).toEqual({
      ok: false,
      fault,
    });
  });
});
