import { type QuoteMessage, type QuoteRequest, quoteRequest } from '@plimsoll/contracts';
import { type Engine, type QuoteDesk, type QuoteView, withLive } from '@plimsoll/engine';
import type { FanoutClient, QuoteFanout } from './quote-fanout.ts';

interface SessionOptions {
  readonly engine: Pick<Engine, 'quotes'>;
  readonly workspace: string;
  readonly desk: QuoteDesk;
  readonly fanout: QuoteFanout;
  readonly client: FanoutClient;
  readonly nowMs: () => number;
  readonly quotesPerClient: number;
}

/** What one client has said, and what it is answered. */
export class QuoteSession {
  readonly #options: SessionOptions;
  /** By the instrument's id: its number and the symbol that it was asked for by. */
  readonly #wanted = new Map<string, { readonly number: number; readonly symbol: string }>();
  #work: Promise<void> = Promise.resolve();

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Takes a message; they are answered one after the other. */
  hear(text: string): Promise<void> {
    this.#work = this.#work.then(() => this.#answer(text));
    return this.#work;
  }

  say(message: QuoteMessage): void {
    this.#options.client.sink.send(JSON.stringify(message));
  }

  refuse(code: string, detail: string): void {
    this.say({ type: 'error', code, detail });
  }

  async #answer(text: string): Promise<void> {
    const request = read(text);
    if (typeof request === 'string') return this.refuse('request.invalid', request);
    if (request.type === 'ping') {
      return this.say({ type: 'pong', ...(request.id === undefined ? {} : { id: request.id }) });
    }
    if (request.type === 'unsubscribe') return this.#unsubscribe(request);
    await this.#subscribe(request);
  }

  async #subscribe({
    symbols,
    instruments,
    everyMs,
  }: Extract<QuoteRequest, { type: 'subscribe' }>) {
    const { engine, workspace, desk, client, nowMs, quotesPerClient } = this.#options;
    const answer = await engine.quotes(workspace, { symbols, instruments });
    if (!answer.ok) return this.refuse(answer.fault.code, answer.fault.detail);
    const { quotes, unknown } = answer.value;
    const live = quotes.filter(({ quoteId }) => quoteId !== null);
    const fresh = live.filter(({ instrumentId }) => !this.#wanted.has(instrumentId));
    if (this.#wanted.size + fresh.length > quotesPerClient) {
      return this.refuse(
        'request.too-large',
        `A connection takes at most ${quotesPerClient} instruments; it has ${this.#wanted.size}, and these are ${fresh.length} more.`,
      );
    }
    for (const { instrumentId, quoteId, symbol } of live) {
      const number = desk.numberOf(quoteId ?? '');
      this.#wanted.set(instrumentId, { number, symbol });
    }
    if (everyMs !== undefined) client.everyMs = everyMs;
    this.#want();
    const now = nowMs();
    const views = quotes.map((quote) => this.#newest(quote, now));
    this.say({ type: 'snapshot', at: new Date(now).toISOString(), quotes: views, unknown });
  }

  /** The engine answered a moment ago; the desk may know more by now. */
  #newest(quote: QuoteView, now: number): QuoteView {
    return quote.quoteId === null
      ? quote
      : withLive(quote, this.#options.desk.live(quote.quoteId), now);
  }

  #unsubscribe({ symbols, instruments }: Extract<QuoteRequest, { type: 'unsubscribe' }>): void {
    const all = symbols === undefined && instruments === undefined;
    const gone: string[] = [];
    for (const [instrumentId, { number, symbol }] of this.#wanted) {
      if (!all && !symbols?.includes(symbol) && !instruments?.includes(instrumentId)) continue;
      this.#wanted.delete(instrumentId);
      gone.push(this.#options.desk.quoteIds[number] ?? '');
    }
    this.#want();
    this.say({ type: 'unsubscribed', quoteIds: gone });
  }

  #want(): void {
    this.#options.client.want(new Set([...this.#wanted.values()].map(({ number }) => number)));
  }
}

/** The request, or what is wrong with it. */
function read(text: string): QuoteRequest | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // What it was is told to whoever sent it.
    return 'The message is not JSON.';
  }
  const parsed = quoteRequest.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.join('.') ?? '';
  return `${path === '' ? 'The message' : path}: ${issue?.message ?? 'is wrong'}. It takes "subscribe", "unsubscribe" and "ping".`;
}
