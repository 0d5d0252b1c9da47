const ways = 4;

/**
 * Remembers the fingerprints of the last ticks in a table of fixed size: 8 bytes each, no allocation
 * per tick. What was seen longer ago than the table has room for counts as new. Two different ticks
 * are taken for one with a chance of 2⁻⁶² a tick.
 */
export class DuplicateWindow {
  readonly #high: Uint32Array;
  readonly #low: Uint32Array;
  readonly #next: Uint8Array;
  readonly #mask: number;
  readonly #double = new Float64Array(1);
  readonly #words = new Uint32Array(this.#double.buffer);
  #a = 0;
  #b = 0;

  /** Room for at least so many ticks. */
  constructor(room = 2 ** 19) {
    const sets = 2 ** Math.ceil(Math.log2(Math.max(room / ways, 1)));
    this.#mask = sets - 1;
    this.#high = new Uint32Array(sets * ways);
    this.#low = new Uint32Array(sets * ways);
    this.#next = new Uint8Array(sets);
  }

  /** Begins the fingerprint of a tick of an instrument and a source. */
  begin(of: number, by: number): void {
    this.#a = Math.imul(of + 1, 0x9e3779b1) ^ by;
    this.#b = Math.imul(by + 1, 0x85ebca6b) ^ of;
  }

  /** Takes a number into the fingerprint; all NaN are one. */
  mix(value: number): void {
    this.#double[0] = Number.isNaN(value) ? Number.NaN : value;
    const low = this.#words[0] ?? 0;
    const high = this.#words[1] ?? 0;
    this.#a = Math.imul(this.#a ^ low, 0xcc9e2d51) + Math.imul((this.#a >>> 15) ^ high, 0x1b873593);
    this.#b = Math.imul(this.#b ^ high, 0xc2b2ae35) + Math.imul((this.#b >>> 13) ^ low, 0x27d4eb2f);
    this.#a ^= this.#a >>> 16;
    this.#b ^= this.#b >>> 15;
  }

  /** Whether the tick was seen before; it is from now on. */
  seen(): boolean {
    // Zero marks an empty place.
    const high = (this.#a ^ Math.imul(this.#b, 0x9e3779b1)) >>> 0 || 1;
    const low = (this.#b ^ Math.imul(this.#a, 0x85ebca6b)) >>> 0;
    const set = (low ^ (high >>> 7)) & this.#mask;
    const start = set * ways;
    for (let place = start; place < start + ways; place++) {
      if (this.#high[place] === high && this.#low[place] === low) return true;
    }
    const oldest = start + ((this.#next[set] ?? 0) % ways);
    this.#next[set] = (this.#next[set] ?? 0) + 1;
    this.#high[oldest] = high;
    this.#low[oldest] = low;
    return false;
  }
}
