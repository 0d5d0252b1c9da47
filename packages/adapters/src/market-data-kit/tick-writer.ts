import type { TickBatch } from '@plimsoll/ports';

/** No price of anything is dearer; what is, is an error of the feed. */
const dearest = 1e12;
/** A tick that claims to be of a later time than this after now is of a clock that is wrong. */
const aheadMs = 36 * 3_600_000;

/** at, bid, ask, last, size, tradeId. */
const columns = 6;

const price = (value: number): number => (value > 0 && value < dearest ? value : Number.NaN);

/**
 * The columns of a stream's ticks, filled frame by frame: no object per tick. Symbols are known by the
 * provider's spelling and handed on as they were wanted.
 */
export class TickWriter {
  readonly #nowMs: () => number;
  /** Only grows, so that batches handed on earlier keep their meaning. */
  readonly #symbols: string[] = [];
  readonly #numberOf = new Map<string, number>();
  readonly #wanted = new Map<string, number>();
  #room = 64;
  #count = 0;
  #of = new Uint32Array(this.#room);
  /** One column after the other. */
  #values = new Float64Array(columns * this.#room);
  #latest = 0;
  /** Row of the last trade; NaN where it was passed over. */
  #traded = Number.NaN;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Takes ticks of these from now on, each by the provider's spelling, instead of those before. */
  want(spellings: ReadonlyMap<string, string>): void {
    this.#wanted.clear();
    for (const [spelling, symbol] of spellings) {
      let number = this.#numberOf.get(symbol);
      if (number === undefined) {
        number = this.#symbols.push(symbol) - 1;
        this.#numberOf.set(symbol, number);
      }
      this.#wanted.set(spelling, number);
    }
  }

  /** Call before the ticks of a frame: they are held against this moment. */
  begin(): void {
    this.#latest = this.#nowMs() + aheadMs;
  }

  /** A trade; one without a price or of an impossible time is passed over, as is an unwanted symbol. */
  trade(spelling: unknown, at: number, last: number, size: number): void {
    const number = this.#wanted.get(spelling as string);
    const paid = price(last);
    this.#traded = Number.NaN;
    if (number === undefined || Number.isNaN(paid) || !this.#possible(at)) return;
    const row = this.#begin(number, at);
    this.#values[3 * this.#room + row] = paid;
    if (size >= 0 && size < Number.POSITIVE_INFINITY) this.#values[4 * this.#room + row] = size;
    this.#traded = row;
  }

  /** The provider's number of the trade just written. */
  numbered(tradeId: number): void {
    if (Number.isFinite(tradeId) && this.#traded >= 0) {
      this.#values[5 * this.#room + this.#traded] = tradeId;
    }
  }

  /** A bid and an ask, either of them unknown where it is no price. */
  quote(spelling: unknown, at: number, bid: number, ask: number): void {
    const number = this.#wanted.get(spelling as string);
    const [offered, asked] = [price(bid), price(ask)];
    const nothing = Number.isNaN(offered) && Number.isNaN(asked);
    if (number === undefined || nothing || !this.#possible(at)) return;
    const row = this.#begin(number, at);
    this.#values[this.#room + row] = offered;
    this.#values[2 * this.#room + row] = asked;
  }

  /** What was written since it was last asked; null where nothing was. */
  take(): TickBatch | null {
    const count = this.#count;
    if (count === 0) return null;
    this.#count = 0;
    const column = (at: number): Float64Array =>
      this.#values.slice(at * this.#room, at * this.#room + count);
    return {
      symbols: this.#symbols,
      of: this.#of.slice(0, count),
      at: column(0),
      bid: column(1),
      ask: column(2),
      last: column(3),
      size: column(4),
      tradeId: column(5),
    };
  }

  #possible(at: number): boolean {
    return at > 0 && at <= this.#latest;
  }

  /** A new row of which only symbol and time are known. */
  #begin(of: number, at: number): number {
    if (this.#count === this.#room) this.#grow();
    const row = this.#count++;
    this.#of[row] = of;
    this.#values[row] = at;
    for (let column = 1; column < columns; column++) {
      this.#values[column * this.#room + row] = Number.NaN;
    }
    return row;
  }

  #grow(): void {
    const room = 2 * this.#room;
    const values = new Float64Array(columns * room);
    for (let column = 0; column < columns; column++) {
      const from = column * this.#room;
      values.set(this.#values.subarray(from, from + this.#count), column * room);
    }
    const of = new Uint32Array(room);
    of.set(this.#of);
    this.#of = of;
    this.#values = values;
    this.#room = room;
  }
}
