import type { StoredTicks } from '@plimsoll/ports';

const fields = 6;

/** Ticks between two flushes, as columns that are used again and again. */
export class TickBuffer {
  #room: number;
  #count = 0;
  #of: Uint32Array;
  #by: Uint8Array;
  /** Column after column: at, bid, ask, last, size, tradeId. */
  #values: Float64Array;

  constructor(room = 4096) {
    this.#room = room;
    this.#of = new Uint32Array(room);
    this.#by = new Uint8Array(room);
    this.#values = new Float64Array(fields * room);
  }

  get count(): number {
    return this.#count;
  }

  /** Adds a row and gives its number; `set` fills it. */
  add(of: number, by: number): number {
    if (this.#count === this.#room) this.#grow();
    const row = this.#count++;
    this.#of[row] = of;
    this.#by[row] = by;
    return row;
  }

  /** Fields 0 to 5 of a row: at, bid, ask, last, size, tradeId. */
  set(row: number, field: number, value: number): void {
    this.#values[field * this.#room + row] = value;
  }

  /** The ticks in views of this buffer: valid until `clear`. */
  view(instrumentIds: readonly string[], sources: readonly string[]): StoredTicks {
    const column = (field: number) =>
      this.#values.subarray(field * this.#room, field * this.#room + this.#count);
    return {
      instrumentIds,
      sources,
      of: this.#of.subarray(0, this.#count),
      by: this.#by.subarray(0, this.#count),
      at: column(0),
      bid: column(1),
      ask: column(2),
      last: column(3),
      size: column(4),
      tradeId: column(5),
    };
  }

  clear(): void {
    this.#count = 0;
  }

  #grow(): void {
    const room = 2 * this.#room;
    const values = new Float64Array(fields * room);
    for (let field = 0; field < fields; field++) {
      const from = field * this.#room;
      values.set(this.#values.subarray(from, from + this.#count), field * room);
    }
    const of = new Uint32Array(room);
    of.set(this.#of);
    const by = new Uint8Array(room);
    by.set(this.#by);
    this.#of = of;
    this.#by = by;
    this.#values = values;
    this.#room = room;
  }
}
