import { ChangedRows } from './changed-rows.ts';

/** One bar: a stretch of so many numbers, and what stands where in it. */
const stride = 10;
const start = 0;
const open = 1;
const openAt = 2;
const high = 3;
const low = 4;
const close = 5;
const closeAt = 6;
const volume = 7;
const ticks = 8;
const changed = 9;

/**
 * The bars of many instruments that may still change, in a ring for each instrument: the bar that
 * starts at `from` has the place `from ÷ frame` modulo the ring's length. The ring is as long as a
 * bar can stay open, so that what a newer bar drives out was final already.
 */
export class OpenBars {
  readonly #frame: number;
  /** From the start of a bar to when it is final. */
  readonly #lifetime: number;
  readonly #ring: number;
  readonly #rows = new ChangedRows();
  #state = new Float64Array(0);
  /** Time of the newest tick of each instrument. */
  #newest = new Float64Array(0);
  /** Places in the state that hold a bar. */
  #places = new Int32Array(64);
  #held = 0;

  constructor(frame: number, lateMs: number) {
    this.#frame = frame;
    this.#lifetime = frame + lateMs;
    this.#ring = Math.ceil(lateMs / frame) + 2;
  }

  /** False, and nothing happens, where the tick's bar is final: by the instrument's newest tick or by `now`. */
  take(of: number, at: number, price: number, size: number, now: number): boolean {
    if (of >= this.#newest.length) this.#grow(of + 1);
    const from = Math.floor(at / this.#frame) * this.#frame;
    const newest = this.#newest[of] as number;
    if (from + this.#lifetime <= Math.max(newest, now)) return false;
    if (at > newest) this.#newest[of] = at;
    const place = (of * this.#ring + ((from / this.#frame) % this.#ring)) * stride;
    if (this.#state[place + start] === from) this.#update(place, at, price, size);
    else this.#begin(of, place, from, at, price, size);
    return true;
  }

  /** The rows that changed or became final; final bars are let go. */
  drain(now: number) {
    let kept = 0;
    for (let i = 0; i < this.#held; i++) {
      const place = this.#places[i] as number;
      const of = Math.floor(place / (this.#ring * stride));
      const until = (this.#state[place + start] as number) + this.#lifetime;
      const final = until <= Math.max(this.#newest[of] as number, now);
      if (final || this.#state[place + changed] === 1) this.#tell(of, place, final);
      if (final) this.#state[place + start] = Number.NaN;
      else this.#places[kept++] = place;
    }
    this.#held = kept;
    return this.#rows.take();
  }

  #update(place: number, at: number, price: number, size: number): void {
    const state = this.#state;
    if (at < (state[place + openAt] as number)) {
      state[place + open] = price;
      state[place + openAt] = at;
    }
    if (at >= (state[place + closeAt] as number)) {
      state[place + close] = price;
      state[place + closeAt] = at;
    }
    if (price > (state[place + high] as number)) state[place + high] = price;
    if (price < (state[place + low] as number)) state[place + low] = price;
    if (!Number.isNaN(size)) {
      const before = state[place + volume] as number;
      state[place + volume] = Number.isNaN(before) ? size : before + size;
    }
    state[place + ticks] = (state[place + ticks] as number) + 1;
    state[place + changed] = 1;
  }

  #begin(of: number, place: number, from: number, at: number, price: number, size: number): void {
    const state = this.#state;
    if (Number.isNaN(state[place + start] as number)) this.#hold(place);
    else this.#tell(of, place, true);
    state[place + start] = from;
    state[place + open] = price;
    state[place + openAt] = at;
    state[place + high] = price;
    state[place + low] = price;
    state[place + close] = price;
    state[place + closeAt] = at;
    state[place + volume] = size;
    state[place + ticks] = 1;
    state[place + changed] = 1;
  }

  #tell(of: number, place: number, final: boolean): void {
    const state = this.#state;
    this.#rows.add([
      of,
      state[place + start] as number,
      state[place + open] as number,
      state[place + high] as number,
      state[place + low] as number,
      state[place + close] as number,
      state[place + volume] as number,
      state[place + ticks] as number,
      final ? 1 : 0,
    ]);
    state[place + changed] = 0;
  }

  #hold(place: number): void {
    if (this.#held === this.#places.length) {
      const places = this.#places;
      this.#places = new Int32Array(2 * places.length);
      this.#places.set(places);
    }
    this.#places[this.#held++] = place;
  }

  #grow(instruments: number): void {
    const [state, newest] = [this.#state, this.#newest];
    const room = Math.max(instruments, 2 * newest.length, 16);
    this.#newest = new Float64Array(room).fill(Number.NEGATIVE_INFINITY);
    this.#newest.set(newest);
    this.#state = new Float64Array(room * this.#ring * stride).fill(Number.NaN);
    this.#state.set(state);
  }
}
