/** What has changed of a quote, one bit each; the columns of a board in the order of their bits. */
export const quoteFields = [
  'bid',
  'ask',
  'last',
  'size',
  'tradeAt',
  'quoteAt',
  'receivedAt',
  'heldBack',
  'previousClose',
] as const;
export type QuoteField = (typeof quoteFields)[number];

/** Index and bit of a field. */
export const fieldOf = Object.fromEntries(
  quoteFields.map((field, index) => [field, index]),
) as Readonly<Record<QuoteField, number>>;

const width = quoteFields.length;
const everyField = 2 ** width - 1;
/** The quote's source, or whether it is stale, changed. */
const sourceBit = 2 ** width;
const staleBit = 2 ** (width + 1);

/** Quotes that changed, whole, as columns of one length. Crosses threads as it is. */
export interface QuoteUpdate {
  /** Instruments by their number. */
  readonly of: Uint32Array;
  /** Which fields changed: bits in the order of `quoteFields`, then the source, then staleness. */
  readonly changed: Uint32Array;
  /** Row-major, shape [quotes × fields]. */
  readonly values: Float64Array;
  /** Numbers of providers; 255 where none has told anything yet. */
  readonly source: Uint8Array;
  /** 1 where the source has gone and the quote only is what was last known. */
  readonly stale: Uint8Array;
}

/** No source yet. */
export const noSource = 255;

/**
 * The latest quote of each instrument, in columns. Counts what changed since it was last taken, so
 * that between two takes each quote is handed on once, in its newest form.
 */
export class QuoteBoard {
  #room = 256;
  #count = 0;
  #values = new Float64Array(this.#room * width).fill(Number.NaN);
  #source = new Uint8Array(this.#room).fill(noSource);
  #stale = new Uint8Array(this.#room);
  #changed = new Uint32Array(this.#room);
  #list = new Uint32Array(this.#room);
  #listed = 0;

  /** Instruments from 0 on. */
  get count(): number {
    return this.#count;
  }

  /** Makes room for instruments up to this number. */
  reach(of: number): void {
    if (of >= this.#room) this.#grow(of);
    if (of >= this.#count) this.#count = of + 1;
  }

  get(of: number, field: number): number {
    return this.#values[of * width + field] ?? Number.NaN;
  }

  sourceOf(of: number): number {
    return this.#source[of] ?? noSource;
  }

  isStale(of: number): boolean {
    return this.#stale[of] === 1;
  }

  /** Sets a field; says so only where the value is another one. */
  set(of: number, field: number, value: number): void {
    const place = of * width + field;
    if (Object.is(this.#values[place], value)) return;
    this.#values[place] = value;
    this.#mark(of, 2 ** field);
  }

  setSource(of: number, source: number): void {
    if (this.#source[of] === source) return;
    this.#source[of] = source;
    this.#mark(of, sourceBit);
  }

  setStale(of: number, stale: boolean): void {
    const flag = stale ? 1 : 0;
    if (this.#stale[of] === flag) return;
    this.#stale[of] = flag;
    this.#mark(of, staleBit);
  }

  /** What changed since the last call; null where nothing did. */
  take(): QuoteUpdate | null {
    if (this.#listed === 0) return null;
    const update = this.#copy(this.#list.slice(0, this.#listed), (of) => this.#changed[of] ?? 0);
    for (const of of update.of) this.#changed[of] = 0;
    this.#listed = 0;
    return update;
  }

  /** All quotes that there are, as if everything had changed. */
  all(): QuoteUpdate {
    const of = Uint32Array.from({ length: this.#count }, (_, number) => number);
    return this.#copy(of, () => everyField | sourceBit | staleBit);
  }

  /** Takes over what another board gave. */
  apply(update: QuoteUpdate): void {
    for (let row = 0; row < update.of.length; row++) {
      const of = update.of[row] ?? 0;
      this.reach(of);
      for (let field = 0; field < width; field++) {
        this.set(of, field, update.values[row * width + field] ?? Number.NaN);
      }
      this.setSource(of, update.source[row] ?? noSource);
      this.setStale(of, update.stale[row] === 1);
    }
  }

  #copy(of: Uint32Array, changedOf: (of: number) => number): QuoteUpdate {
    const values = new Float64Array(of.length * width);
    const source = new Uint8Array(of.length);
    const stale = new Uint8Array(of.length);
    const changed = new Uint32Array(of.length);
    for (let row = 0; row < of.length; row++) {
      const number = of[row] ?? 0;
      values.set(this.#values.subarray(number * width, (number + 1) * width), row * width);
      source[row] = this.#source[number] ?? noSource;
      stale[row] = this.#stale[number] ?? 0;
      changed[row] = changedOf(number);
    }
    return { of, changed, values, source, stale };
  }

  #mark(of: number, bit: number): void {
    const before = this.#changed[of] ?? 0;
    if (before === 0) this.#list[this.#listed++] = of;
    this.#changed[of] = before | bit;
  }

  #grow(of: number): void {
    const room = 2 ** Math.ceil(Math.log2(of + 1));
    const values = new Float64Array(room * width).fill(Number.NaN);
    values.set(this.#values);
    const source = new Uint8Array(room).fill(noSource);
    source.set(this.#source);
    const wider = (column: Uint32Array) => {
      const copy = new Uint32Array(room);
      copy.set(column);
      return copy;
    };
    const stale = new Uint8Array(room);
    stale.set(this.#stale);
    this.#values = values;
    this.#source = source;
    this.#stale = stale;
    this.#changed = wider(this.#changed);
    this.#list = wider(this.#list);
    this.#room = room;
  }
}
