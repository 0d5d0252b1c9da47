import type {
  ProviderSymbol,
  ProviderWorld,
  QuoteStream,
  QuoteStreamSink,
  StreamState,
} from '@plimsoll/ports';
import { type ReconnectingSocket, reconnectingSocket } from './reconnecting-socket.ts';
import type { StreamFrame, StreamNews, StreamProtocol } from './stream-protocol.ts';
import { TickWriter } from './tick-writer.ts';

/** How a stream is kept; the times are the provider's own. */
export interface QuoteStreamTerms {
  readonly world: ProviderWorld;
  /** A connection that is silent for so long is made anew; 60 s where absent. */
  readonly staleMs?: number;
  readonly ping?: { readonly everyMs: number; readonly frame: StreamFrame };
}

/**
 * A provider's stream: connects, greets, asks for the wanted symbols and for them again after each
 * loss, and hands on the ticks of each frame as columns.
 */
export function quoteStream(
  protocol: StreamProtocol,
  terms: QuoteStreamTerms,
  sink: QuoteStreamSink,
  signal: AbortSignal,
): QuoteStream {
  return new Streaming(protocol, terms, sink, signal);
}

class Streaming implements QuoteStream {
  readonly #protocol: StreamProtocol;
  readonly #terms: QuoteStreamTerms;
  readonly #sink: QuoteStreamSink;
  readonly #signal: AbortSignal;
  readonly #ticks: TickWriter;
  readonly #socket: ReconnectingSocket;
  /** Wanted symbols by the provider's spelling. */
  #wanted: ReadonlyMap<string, string> = new Map();
  /** Wanted symbols that the provider cannot have, until that was said. */
  #unknown: readonly string[] = [];
  /** Spellings that this connection was asked for. */
  readonly #asked = new Set<string>();
  #ready = false;
  #saidUnreadable = false;
  #outbox: StreamFrame[] = [];
  #sending = false;

  constructor(
    protocol: StreamProtocol,
    terms: QuoteStreamTerms,
    sink: QuoteStreamSink,
    signal: AbortSignal,
  ) {
    this.#protocol = protocol;
    this.#terms = terms;
    this.#sink = sink;
    this.#signal = signal;
    this.#ticks = new TickWriter(terms.world.nowMs);
    this.#socket = reconnectingSocket({
      url: protocol.address,
      world: terms.world,
      signal,
      staleMs: terms.staleMs ?? 60_000,
      ...(terms.ping ? { ping: terms.ping } : {}),
      onOpen: (send) => this.#connected(send),
      onMessage: (frame) => this.#received(frame),
      onState: (state, detail) => this.#changed(state, detail),
    });
  }

  get ended(): Promise<void> {
    return this.#socket.ended;
  }

  want(symbols: readonly ProviderSymbol[]): void {
    const wanted = new Map<string, string>();
    const unknown: string[] = [];
    for (const symbol of symbols) {
      const spelling = this.#protocol.spelling(symbol);
      if (spelling === undefined) unknown.push(symbol.symbol);
      else wanted.set(spelling, symbol.symbol);
    }
    this.#wanted = wanted;
    this.#ticks.want(wanted);
    this.#unknown = unknown;
    if (this.#ready) this.#ask();
  }

  #connected(send: (frame: StreamFrame) => void): void {
    this.#asked.clear();
    this.#outbox = [];
    this.#saidUnreadable = false;
    for (const frame of this.#protocol.greeting) send(frame);
    if (this.#protocol.readyAtOnce) this.#becomeReady();
  }

  #changed(state: StreamState, detail: string): void {
    if (state !== 'open') {
      this.#ready = false;
      this.#sink.state(state, detail);
    }
  }

  #becomeReady(): void {
    if (this.#ready) return;
    this.#ready = true;
    this.#sink.state('open', '');
    this.#ask();
  }

  /** Asks for what is wanted and not asked for yet, and lets go of the rest. */
  #ask(): void {
    if (this.#unknown.length > 0) {
      const names = this.#unknown.slice(0, 5).join(', ').slice(0, 120);
      const detail = `${this.#unknown.length} symbols cannot be streamed here (${names}).`;
      this.#sink.state('open', detail);
      this.#unknown = [];
    }
    const more = [...this.#wanted.keys()].filter((spelling) => !this.#asked.has(spelling));
    const less = [...this.#asked].filter((spelling) => !this.#wanted.has(spelling));
    for (const spelling of less) this.#asked.delete(spelling);
    for (const spelling of more) this.#asked.add(spelling);
    if (less.length > 0) this.#send(this.#protocol.unsubscribe(less));
    if (more.length > 0) this.#send(this.#protocol.subscribe(more));
  }

  #send(frames: readonly StreamFrame[]): void {
    const { paceMs = 0 } = this.#protocol;
    if (paceMs === 0) {
      for (const frame of frames) this.#socket.send(frame);
      return;
    }
    this.#outbox.push(...frames);
    if (!this.#sending) void this.#sendPaced(paceMs);
  }

  /** One frame at a time; what is left of a lost connection was asked for anew by the next. */
  async #sendPaced(paceMs: number): Promise<void> {
    this.#sending = true;
    for (let frame = this.#outbox.shift(); frame !== undefined; frame = this.#outbox.shift()) {
      this.#socket.send(frame);
      await this.#rest(paceMs);
    }
    this.#sending = false;
  }

  async #rest(ms: number): Promise<void> {
    try {
      await this.#terms.world.wait(ms, this.#signal);
    } catch (error) {
      if (!this.#signal.aborted) throw error;
      this.#outbox = [];
    }
  }

  #received(frame: StreamFrame): void {
    this.#ticks.begin();
    const news = this.#protocol.read(frame, this.#ticks);
    const batch = this.#ticks.take();
    if (batch) this.#sink.ticks(batch);
    if (news) this.#heed(news);
  }

  #heed({ kind, detail }: StreamNews): void {
    if (kind === 'ready') this.#becomeReady();
    else if (kind === 'lost') this.#socket.reconnect(detail);
    else if (kind === 'refused') this.#socket.refuse(detail);
    else if (kind === 'note' && this.#ready) this.#sink.state('open', detail);
    else if (kind === 'unreadable' && this.#ready && !this.#saidUnreadable) {
      this.#saidUnreadable = true;
      this.#sink.state('open', 'The stream sent a frame that cannot be read; it is passed over.');
    }
  }
}
