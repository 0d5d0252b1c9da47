import { fieldOf, type QuoteDesk, quoteFields } from '@plimsoll/engine';

/** Where a client's messages go. */
export interface ClientSink {
  /** Bytes that were sent and that the client has not taken yet. */
  readonly bufferedAmount: number;
  send(text: string): void;
  close(code: number, reason: string): void;
}

export interface FanoutLimits {
  readonly clients: number;
  readonly quotesPerClient: number;
  /** A client with more than this waiting gets nothing until it has caught up. */
  readonly bufferedBytes: number;
  /** A client that stays behind for so long is closed. */
  readonly behindMs: number;
}

export const fanoutLimits: FanoutLimits = {
  clients: 2_000,
  quotesPerClient: 1_000,
  bufferedBytes: 256 * 1024,
  behindMs: 30_000,
};

/** A message may come so much before its time: changes that come as often as messages go out meet them. */
const earlyMs = 50;
/** The service will be there again: the client had better come back later. */
const tryAgainLater = 1013;
const sourceBit = 2 ** quoteFields.length;
const staleBit = 2 ** (quoteFields.length + 1);

/** One client: what it wants, and what has changed of it since it was last told. Its memory is constant. */
export class FanoutClient {
  readonly sink: ClientSink;
  everyMs = 200;
  /** Numbers of the quotes it wants, rising, and which fields of each it has not been told. */
  wanted = new Uint32Array(0);
  pending = new Uint16Array(0);
  /** Whether anything is pending at all. */
  isPending = false;
  sentAt = Number.NEGATIVE_INFINITY;
  /** Since when it has been behind; NaN while it is not. */
  behindSince = Number.NaN;

  constructor(sink: ClientSink) {
    this.sink = sink;
  }

  /** Wants these quotes; those that it wanted already keep what is pending. */
  want(numbers: ReadonlySet<number>): void {
    const before = new Map(Array.from(this.wanted, (of, place) => [of, this.pending[place] ?? 0]));
    this.wanted = Uint32Array.from(numbers).sort();
    this.pending = Uint16Array.from(this.wanted, (of) => before.get(of) ?? 0);
  }
}

/**
 * Tells clients what changed. Between two messages to a client changes are only noted, one mask of
 * fields a quote; a message then says the newest state of those fields. A client that does not take
 * its messages is told nothing, and the newest state once it does: nothing ever queues for it.
 */
export class QuoteFanout {
  readonly #desk: QuoteDesk;
  readonly #limits: FanoutLimits;
  readonly #nowMs: () => number;
  readonly #clients = new Set<FanoutClient>();
  /** By number: fields that changed since clients were last told to note it. */
  #changed = new Uint16Array(1024);
  readonly #list: number[] = [];
  /** Texts of this round by quote and mask: each is written once, however many clients get it. */
  readonly #texts = new Map<number, string>();

  constructor(desk: QuoteDesk, nowMs: () => number, limits: FanoutLimits = fanoutLimits) {
    this.#desk = desk;
    this.#limits = limits;
    this.#nowMs = nowMs;
  }

  get clients(): ReadonlySet<FanoutClient> {
    return this.#clients;
  }

  /** Null where there are as many clients as there may be. */
  add(sink: ClientSink): FanoutClient | null {
    if (this.#clients.size >= this.#limits.clients) return null;
    const client = new FanoutClient(sink);
    this.#clients.add(client);
    return client;
  }

  remove(client: FanoutClient): void {
    this.#clients.delete(client);
  }

  /** Notes changes of the board; to be called with every update that it took. */
  note(): void {
    const update = this.#desk.board.take();
    if (update === null) return;
    for (let row = 0; row < update.of.length; row++) {
      const of = update.of[row] ?? 0;
      if (of >= this.#changed.length) this.#grow(of);
      const before = this.#changed[of] ?? 0;
      if (before === 0) this.#list.push(of);
      this.#changed[of] = before | (update.changed[row] ?? 0);
    }
  }

  /** One round: tells each client whose time has come. Gives way to others after every so many. */
  async round(yieldNow: () => Promise<void>, atOnce = 100): Promise<void> {
    // One time for all: who comes last in this round is not late for the next one.
    const now = this.#nowMs();
    this.#spread();
    this.#texts.clear();
    let count = 0;
    for (const client of this.#clients) {
      if (!client.isPending) continue;
      this.#tell(client, now);
      if (++count % atOnce === 0) {
        await yieldNow();
        // What changed meanwhile must not be left out of texts that are yet to be written.
        this.note();
        this.#spread();
        this.#texts.clear();
      }
    }
  }

  /** Whether it may be sent anything now. */
  isBehind({ sink }: FanoutClient): boolean {
    return sink.bufferedAmount > this.#limits.bufferedBytes;
  }

  /** Puts what changed into the clients' own masks. */
  #spread(): void {
    if (this.#list.length === 0) return;
    for (const client of this.#clients) {
      const { wanted, pending } = client;
      for (let place = 0; place < wanted.length; place++) {
        const mask = this.#changed[wanted[place] ?? 0] ?? 0;
        if (mask === 0) continue;
        pending[place] = (pending[place] ?? 0) | mask;
        client.isPending = true;
      }
    }
    for (const of of this.#list) this.#changed[of] = 0;
    this.#list.length = 0;
  }

  #tell(client: FanoutClient, now: number): void {
    if (this.isBehind(client)) {
      if (Number.isNaN(client.behindSince)) client.behindSince = now;
      else if (now - client.behindSince > this.#limits.behindMs) {
        this.remove(client);
        client.sink.close(tryAgainLater, 'You have taken no messages for too long.');
      }
      return;
    }
    client.behindSince = Number.NaN;
    if (now - client.sentAt < client.everyMs - earlyMs) return;
    client.sentAt = now;
    client.isPending = false;
    client.sink.send(this.#update(client));
    client.pending.fill(0);
  }

  #update({ wanted, pending }: FanoutClient): string {
    let text = '';
    for (let place = 0; place < wanted.length; place++) {
      const mask = pending[place] ?? 0;
      if (mask === 0) continue;
      const change = this.#change(wanted[place] ?? 0, mask);
      text = text === '' ? change : `${text},${change}`;
    }
    return `{"type":"update","quotes":[${text}]}`;
  }

  #change(of: number, mask: number): string {
    const key = of * 65_536 + mask;
    const known = this.#texts.get(key);
    if (known !== undefined) return known;
    const text = changeText(this.#desk, of, mask);
    this.#texts.set(key, text);
    return text;
  }

  #grow(of: number): void {
    const wider = new Uint16Array(2 ** Math.ceil(Math.log2(of + 1)));
    wider.set(this.#changed);
    this.#changed = wider;
  }
}

/** The fields of a mask as they are on the board. */
function changeText(desk: QuoteDesk, of: number, mask: number): string {
  const { board } = desk;
  let text = `{"quoteId":${JSON.stringify(desk.quoteIds[of])}`;
  for (const field of quoteFields) {
    if ((mask & (2 ** fieldOf[field])) === 0) continue;
    const value = board.get(of, fieldOf[field]);
    text += `,"${field}":${Number.isNaN(value) ? 'null' : value}`;
  }
  if ((mask & sourceBit) !== 0) text += `,"source":${JSON.stringify(desk.providerOf(of))}`;
  if ((mask & staleBit) !== 0) text += `,"stale":${board.isStale(of)}`;
  return `${text}}`;
}
