import { invariant } from '@plimsoll/kernel';
import type { StoredTicks, TickHistory } from '@plimsoll/ports';

/** The columns of a block in the order in which they are stored. */
const columns = ['at', 'bid', 'ask', 'last', 'size', 'tradeId'] as const;
const hourMs = 3_600_000;

/** Ticks cut into blocks of one instrument, source and UTC hour each. */
export interface CutTicks {
  readonly instrumentIds: readonly string[];
  readonly sources: readonly string[];
  /** Earliest and latest time in each block, milliseconds. */
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly counts: readonly number[];
  /** All blocks one behind the other. */
  readonly bytes: Uint8Array;
}

/** Which block each tick belongs to, and what is known of the blocks. Blocks are numbered as they come. */
function numbered(ticks: StoredTicks) {
  const numbers = new Map<number, number>();
  const blockOf = new Uint32Array(ticks.of.length);
  const keys: { readonly of: number; readonly by: number }[] = [];
  const first: number[] = [];
  const last: number[] = [];
  const counts: number[] = [];
  const width = ticks.instrumentIds.length * ticks.sources.length;
  for (let i = 0; i < ticks.of.length; i++) {
    const [of, by, at] = [ticks.of[i] ?? 0, ticks.by[i] ?? 0, ticks.at[i] ?? Number.NaN];
    const key = Math.floor(at / hourMs) * width + of * ticks.sources.length + by;
    let block = numbers.get(key);
    if (block === undefined) {
      block = keys.push({ of, by }) - 1;
      numbers.set(key, block);
      first.push(at);
      last.push(at);
      counts.push(0);
    }
    blockOf[i] = block;
    counts[block] = (counts[block] ?? 0) + 1;
    if (at < (first[block] ?? at)) first[block] = at;
    if (at > (last[block] ?? at)) last[block] = at;
  }
  return { blockOf, keys, first, last, counts };
}

/** Sorts ticks into their blocks, each in the order of arrival: two passes and no object per tick. */
export function cutTicks(ticks: StoredTicks): CutTicks {
  const { blockOf, keys, first, last, counts } = numbered(ticks);
  const starts = new Uint32Array(counts.length);
  for (let block = 1; block < counts.length; block++) {
    starts[block] = (starts[block - 1] ?? 0) + (counts[block - 1] ?? 0);
  }
  const filled = new Uint32Array(counts.length);
  const values = new Float64Array(columns.length * ticks.of.length);
  const { at, bid, ask, last: price, size, tradeId } = ticks;
  for (let i = 0; i < blockOf.length; i++) {
    const block = blockOf[i] ?? 0;
    const count = counts[block] ?? 0;
    const row = filled[block] ?? 0;
    filled[block] = row + 1;
    const place = columns.length * (starts[block] ?? 0) + row;
    values[place] = at[i] ?? Number.NaN;
    values[place + count] = bid[i] ?? Number.NaN;
    values[place + 2 * count] = ask[i] ?? Number.NaN;
    values[place + 3 * count] = price[i] ?? Number.NaN;
    values[place + 4 * count] = size[i] ?? Number.NaN;
    values[place + 5 * count] = tradeId[i] ?? Number.NaN;
  }
  return {
    instrumentIds: keys.map(({ of }) => ticks.instrumentIds[of] ?? ''),
    sources: keys.map(({ by }) => ticks.sources[by] ?? ''),
    first,
    last,
    counts,
    bytes: new Uint8Array(values.buffer),
  };
}

/** The ticks of one block, in the order of arrival. */
export function ticksOfBlock(bytes: Uint8Array): TickHistory {
  const size = 8 * columns.length;
  invariant(bytes.byteLength % size === 0, `A block of ticks of ${bytes.byteLength} bytes`);
  const count = bytes.byteLength / size;
  const whole = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const column = (index: number) =>
    new Float64Array(whole.buffer, whole.byteOffset + 8 * index * count, count);
  return {
    at: column(0),
    bid: column(1),
    ask: column(2),
    last: column(3),
    size: column(4),
    tradeId: column(5),
  };
}

/** The ticks of blocks that lie in the range, by time; those of one time stay in their order. */
export function joinTicks(
  blocks: readonly TickHistory[],
  from: number,
  until: number,
): TickHistory {
  const places: { readonly block: TickHistory; readonly row: number; readonly at: number }[] = [];
  for (const block of blocks) {
    for (const [row, at] of block.at.entries()) {
      if (at >= from && at < until) places.push({ block, row, at });
    }
  }
  places.sort((a, b) => a.at - b.at);
  const column = (name: (typeof columns)[number]) =>
    Float64Array.from(places, ({ block, row }) => block[name][row] ?? Number.NaN);
  return {
    at: column('at'),
    bid: column('bid'),
    ask: column('ask'),
    last: column('last'),
    size: column('size'),
    tradeId: column('tradeId'),
  };
}
