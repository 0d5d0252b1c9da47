import type { FeedState } from './feed.ts';
import type { LiveStatus } from './live-pipeline.ts';
import type { QuoteView } from './live-use-cases.ts';
import { fieldOf, noSource, QuoteBoard, type QuoteUpdate } from './quote-board.ts';

/** What the pipeline tells whoever shows quotes. Crosses threads as it is. */
export type LiveNews =
  /** What the updates to come count in; told before the first of them, and when it has grown. */
  | {
      readonly kind: 'names';
      readonly quoteIds: readonly string[];
      readonly providers: readonly string[];
    }
  | { readonly kind: 'quotes'; readonly update: QuoteUpdate }
  | { readonly kind: 'status'; readonly status: LiveStatus };

/** What is known live of an instrument. NaN where unknown, times in milliseconds. */
export interface LiveQuote {
  readonly bid: number;
  readonly ask: number;
  readonly last: number;
  readonly size: number;
  readonly previousClose: number;
  readonly tradeAt: number;
  readonly quoteAt: number;
  readonly receivedAt: number;
  readonly heldBack: number;
  readonly source: string | null;
  readonly stale: boolean;
}

/** The latest quotes where they are shown, under numbers that stay while pipelines come and go. */
export class QuoteDesk {
  readonly board = new QuoteBoard();
  readonly #ids: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #providers: string[] = [];
  /** Our numbers of what the pipeline counts in. */
  #instruments = new Uint32Array(0);
  #sources = new Uint8Array(0);
  #status: LiveStatus = { sources: [], stored: 0, lost: 0, trouble: '' };

  /** By number. */
  get quoteIds(): readonly string[] {
    return this.#ids;
  }

  get status(): LiveStatus {
    return this.#status;
  }

  get sources(): readonly FeedState[] {
    return this.#status.sources.map(({ counts: _counts, ...state }) => state);
  }

  /** The number of what goes by an id, given to it where it has none yet. */
  numberOf(quoteId: string): number {
    const known = this.#numbers.get(quoteId);
    if (known !== undefined) return known;
    const number = this.#ids.push(quoteId) - 1;
    this.#numbers.set(quoteId, number);
    this.board.reach(number);
    return number;
  }

  providerOf(number: number): string | null {
    return this.#providers[this.board.sourceOf(number)] ?? null;
  }

  /** Takes over what the pipeline tells. */
  hear(news: LiveNews): void {
    if (news.kind === 'status') this.#status = news.status;
    else if (news.kind === 'quotes') this.board.apply(this.#renumbered(news.update));
    else {
      this.#instruments = Uint32Array.from(news.quoteIds, (id) => this.numberOf(id));
      this.#sources = Uint8Array.from(news.providers, (id) => this.#provider(id));
    }
  }

  /** Nobody tells anything any more: what is shown is what was last known. */
  lose(): void {
    for (let of = 0; of < this.board.count; of++) {
      if (this.board.sourceOf(of) !== noSource) this.board.setStale(of, true);
    }
    this.#status = { ...this.#status, sources: [] };
  }

  /** What is known live; null where nothing ever was. */
  live(quoteId: string): LiveQuote | null {
    const number = this.#numbers.get(quoteId);
    if (number === undefined || this.board.sourceOf(number) === noSource) return null;
    const get = (field: keyof typeof fieldOf) => this.board.get(number, fieldOf[field]);
    return {
      bid: get('bid'),
      ask: get('ask'),
      last: get('last'),
      size: get('size'),
      previousClose: get('previousClose'),
      tradeAt: get('tradeAt'),
      quoteAt: get('quoteAt'),
      receivedAt: get('receivedAt'),
      heldBack: get('heldBack'),
      source: this.providerOf(number),
      stale: this.board.isStale(number),
    };
  }

  #provider(id: string): number {
    const known = this.#providers.indexOf(id);
    return known >= 0 ? known : this.#providers.push(id) - 1;
  }

  #renumbered(update: QuoteUpdate): QuoteUpdate {
    return {
      ...update,
      of: update.of.map((of) => this.#instruments[of] ?? 0),
      source: update.source.map((source) => this.#sources[source] ?? noSource),
    };
  }
}

const known = (value: number): number | null => (Number.isNaN(value) ? null : value);
/** What comes later than this after it was true is delayed on purpose. */
const delayMs = 60_000;

/** A quote by the record with what is known live in its place. */
export function withLive(quote: QuoteView, live: LiveQuote | null, now: number): QuoteView {
  if (live === null) return quote;
  const atMs = Math.max(...[live.tradeAt, live.quoteAt].filter((time) => !Number.isNaN(time)));
  const { heldBack } = live;
  return {
    ...quote,
    bid: known(live.bid),
    ask: known(live.ask),
    last: known(live.last),
    size: known(live.size),
    previousClose: known(live.previousClose) ?? quote.last,
    at: new Date(atMs).toISOString(),
    receivedAt: Number.isNaN(live.receivedAt) ? null : new Date(live.receivedAt).toISOString(),
    age: Math.max(0, Math.round((now - atMs) / 1000)),
    source: live.source,
    state: live.stale ? 'stale' : 'live',
    delayed: live.receivedAt - atMs > delayMs,
    heldBack: known(heldBack),
    note: Number.isNaN(heldBack)
      ? live.stale
        ? 'Its provider is not heard any more; this is what was last known.'
        : ''
      : `A price of ${heldBack} was held back: it is far from all that is known.`,
  };
}
