/** What became of the ticks of one source since it began. */
export interface TickCounts {
  /** Shown, stored and rolled up. */
  taken: number;
  /** Without a usable price, or of a symbol that nobody wants. */
  unusable: number;
  duplicate: number;
  /** Far from all that is known of the instrument: not shown. */
  heldBack: number;
  /** Older than what is shown already; rolled up where its bar is still open. */
  outOfOrder: number;
  /** Stamped later than our clock allows; the time of arrival was taken instead. */
  ahead: number;
  /** How far its stamps lay ahead of our clock at most, milliseconds. */
  aheadMs: number;
  /** Of an instrument whose preferred source is there. */
  spare: number;
}

/** What a symbol of a source stands for. */
export interface SymbolTerms {
  readonly of: number;
  /** 0 is the instrument's preferred source. */
  readonly rank: number;
}

/** One source as the intake knows it. */
export class TickSource {
  readonly provider: string;
  readonly number: number;
  readonly counts: TickCounts = {
    taken: 0,
    unusable: 0,
    duplicate: 0,
    heldBack: 0,
    outOfOrder: 0,
    ahead: 0,
    aheadMs: 0,
    spare: 0,
  };
  /** Whether it can be relied on at present. */
  usable = false;
  /** Instrument and rank of each number in the list of symbols; −1 is no instrument. */
  of = new Int32Array(64);
  rank = new Uint8Array(64);
  readonly #wanted = new Map<string, SymbolTerms>();
  #symbols: readonly string[] = [];
  #known = 0;

  constructor(provider: string, number: number) {
    this.provider = provider;
    this.number = number;
  }

  /** Ticks of these symbols are taken from now on, instead of those before. */
  want(symbols: ReadonlyMap<string, SymbolTerms>): void {
    this.#wanted.clear();
    for (const [symbol, terms] of symbols) this.#wanted.set(symbol, terms);
    this.#known = 0;
  }

  /** Looks up the symbols that a batch counts in; a list that only grows is read on from where it was. */
  learn(symbols: readonly string[]): void {
    if (symbols !== this.#symbols) this.#known = 0;
    this.#symbols = symbols;
    if (symbols.length > this.of.length) this.#reach(symbols.length);
    for (; this.#known < symbols.length; this.#known++) {
      const terms = this.#wanted.get(symbols[this.#known] ?? '');
      this.of[this.#known] = terms?.of ?? -1;
      this.rank[this.#known] = terms?.rank ?? 0;
    }
  }

  #reach(count: number): void {
    const room = 2 ** Math.ceil(Math.log2(count));
    this.of = new Int32Array(room);
    this.rank = new Uint8Array(room);
    this.#known = 0;
  }
}
