import type {
  Quote,
  QuoteChange,
  QuoteMessage,
  QuoteRequest,
  QuoteSource,
} from '@plimsoll/contracts';

/** `lost` is tried again; `refused` (the session has ended, too much was asked) is not. */
export type SocketState = 'connecting' | 'open' | 'lost' | 'refused';

export interface QuoteSocketOptions {
  /** `http://127.0.0.1:4680`; a page gives `location.origin`. */
  readonly origin: string;
  readonly workspace: string;
  /** The browser's, or Node's. */
  readonly WebSocket: typeof globalThis.WebSocket;
  /** In [0, 1), so that many clients do not come back at once. */
  readonly random: () => number;
  /** Instruments whose quotes are new or other ones now. */
  readonly onQuotes: (instrumentIds: readonly string[]) => void;
  readonly onState?: (state: SocketState, detail: string) => void;
  readonly onSources?: (sources: readonly QuoteSource[]) => void;
  /** What could not be carried out of what was asked for. */
  readonly onProblem?: (code: string, detail: string) => void;
}

export interface QuotesWanted {
  readonly symbols?: readonly string[];
  readonly instruments?: readonly string[];
  /** Updates come at most so often; 200 ms where not given. */
  readonly everyMs?: number;
}

/** Quotes that are kept up to date while the connection holds, and after it was made anew. */
export interface QuoteSocket {
  /** Wants these quotes, instead of those before. */
  want(wanted: QuotesWanted): void;
  /** By instrument. */
  readonly quotes: ReadonlyMap<string, Quote>;
  close(): void;
}

const shortestPauseMs = 500;
const longestPauseMs = 30_000;
/** The server says something at least every 15 seconds. */
const silenceMs = 40_000;
const policyViolation = 1008;

/** Connects to `/ws/quotes` and stays connected until it is closed. */
export function openQuoteSocket(options: QuoteSocketOptions): QuoteSocket {
  return new ReconnectingQuotes(options);
}

class ReconnectingQuotes implements QuoteSocket {
  readonly quotes = new Map<string, Quote>();
  readonly #options: QuoteSocketOptions;
  #wanted: QuotesWanted | null = null;
  #socket: WebSocket | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pauseMs = shortestPauseMs;
  #closed = false;

  constructor(options: QuoteSocketOptions) {
    this.#options = options;
    this.#connect();
  }

  want(wanted: QuotesWanted): void {
    this.#wanted = wanted;
    this.quotes.clear();
    if (this.#socket?.readyState !== 1) return;
    this.#say({ type: 'unsubscribe' });
    this.#subscribe();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  #connect(): void {
    const { origin, workspace, WebSocket, onState } = this.#options;
    onState?.('connecting', '');
    const query = `workspace=${encodeURIComponent(workspace)}`;
    const address = `${origin.replace(/^http/, 'ws')}/ws/quotes?${query}`;
    const socket = new WebSocket(address);
    this.#socket = socket;
    this.#expectNews();
    socket.addEventListener('open', () => {
      onState?.('open', '');
      this.#subscribe();
    });
    socket.addEventListener('message', ({ data }) => {
      this.#expectNews();
      // The server's messages are tested against the contract; here they are types only.
      if (!this.#closed) this.#hear(JSON.parse(String(data)) as QuoteMessage);
    });
    socket.addEventListener('close', ({ code, reason }) => this.#lose(code, reason));
  }

  /** A connection that is silent for too long is as good as lost. */
  #expectNews(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#socket?.close(), silenceMs);
  }

  #lose(code: number, reason: string): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    this.#socket = null;
    const { onState, random, onQuotes } = this.#options;
    for (const [id, quote] of this.quotes) {
      if (quote.state === 'live') this.quotes.set(id, { ...quote, state: 'stale' });
    }
    onQuotes([...this.quotes.keys()]);
    if (code === policyViolation) {
      onState?.('refused', reason);
      return;
    }
    onState?.('lost', reason);
    this.#timer = setTimeout(() => this.#connect(), this.#pauseMs * (0.5 + random()));
    this.#pauseMs = Math.min(2 * this.#pauseMs, longestPauseMs);
  }

  #subscribe(): void {
    if (this.#wanted === null) return;
    const { symbols, instruments, everyMs } = this.#wanted;
    this.#say({
      type: 'subscribe',
      ...(symbols ? { symbols: [...symbols] } : {}),
      ...(instruments ? { instruments: [...instruments] } : {}),
      ...(everyMs === undefined ? {} : { everyMs }),
    });
  }

  #say(request: QuoteRequest): void {
    this.#socket?.send(JSON.stringify(request));
  }

  #hear(message: QuoteMessage): void {
    const { onQuotes, onSources, onProblem } = this.#options;
    if (message.type === 'snapshot') {
      // Only now is it known that the server takes us.
      this.#pauseMs = shortestPauseMs;
      for (const quote of message.quotes) this.quotes.set(quote.instrumentId, quote);
      onQuotes(message.quotes.map(({ instrumentId }) => instrumentId));
    } else if (message.type === 'update') onQuotes(this.#apply(message.quotes));
    else if (message.type === 'status') onSources?.(message.sources);
    else if (message.type === 'error') onProblem?.(message.code, message.detail);
  }

  #apply(changes: readonly QuoteChange[]): string[] {
    const byId = new Map(changes.map((change) => [change.quoteId, change]));
    const changed: string[] = [];
    for (const [instrumentId, quote] of this.quotes) {
      const change = quote.quoteId === null ? undefined : byId.get(quote.quoteId);
      if (change === undefined) continue;
      this.quotes.set(instrumentId, changedQuote(quote, change));
      changed.push(instrumentId);
    }
    return changed;
  }
}

const instantOf = (ms: number | null | undefined): string | undefined =>
  ms === null || ms === undefined ? undefined : new Date(ms).toISOString();

const noteOf = (heldBack: number | null): string =>
  heldBack === null
    ? ''
    : `A price of ${heldBack} was held back: it is far from all that is known.`;

/** Whether the provider itself told something. */
const isHeard = ({ tradeAt, quoteAt, stale }: QuoteChange): boolean =>
  tradeAt !== undefined || quoteAt !== undefined || stale !== undefined;

/** A quote after a change. */
function changedQuote(quote: Quote, change: QuoteChange): Quote {
  const { quoteId: _, tradeAt, quoteAt, receivedAt, stale, ...rest } = change;
  const known = { ...quote, ...(rest as Partial<Quote>) };
  const wasHeard = quote.state === 'live' || quote.state === 'stale';
  // A new previous close alone is no live price: what is known only as a close stays one.
  if (!wasHeard && !isHeard(change)) return known;
  const received = instantOf(receivedAt) ?? quote.receivedAt;
  const before = wasHeard ? (quote.at ?? '') : '';
  const at = [before, instantOf(tradeAt) ?? '', instantOf(quoteAt) ?? ''].sort().at(-1) ?? '';
  const isStale = stale ?? quote.state === 'stale';
  return {
    ...known,
    ...agesOf(quote, at, received),
    receivedAt: received,
    state: isStale ? 'stale' : 'live',
    note: isStale
      ? 'Its provider is not heard any more; this is what was last known.'
      : noteOf(change.heldBack ?? null),
  };
}

const delayedMs = 60_000;

/** When it was true, and how long before it came. Its age counts from `at`; whoever shows it keeps counting. */
function agesOf(
  quote: Quote,
  at: string,
  received: string | null,
): Pick<Quote, 'at' | 'age' | 'delayed'> {
  if (at === '') return { at: quote.at, age: quote.age, delayed: false };
  if (received === null) return { at, age: quote.age, delayed: false };
  const behindMs = Date.parse(received) - Date.parse(at);
  return { at, age: Math.max(0, Math.round(behindMs / 1000)), delayed: behindMs > delayedMs };
}
