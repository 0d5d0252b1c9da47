import { ok, type Result, refuse } from '@plimsoll/kernel';
import type {
  MarketDataFault,
  ProviderHealth,
  ProviderState,
  ProviderWorld,
} from '@plimsoll/ports';
import { cancelled } from '../refusals.ts';
import { CircuitBreaker } from './circuit-breaker.ts';
import { follow } from './follow.ts';
import { judge, type Verdict } from './judge.ts';
import { ProviderHealthLog } from './provider-health-log.ts';
import { type ProviderReply, providerReply } from './reply.ts';
import { freshForMs, type KeptReply, mayKeep, ResponseCache } from './response-cache.ts';
import { type Rate, TokenBucket } from './token-bucket.ts';

export interface LineOptions {
  readonly id: string;
  readonly title: string;
  readonly world: ProviderWorld;
  readonly rates: readonly Rate[];
  readonly timeoutMs: number;
  readonly retries: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly faultOf: ((reply: ProviderReply) => MarketDataFault | undefined) | undefined;
}

export interface LineRequest {
  readonly url: URL;
  readonly signal: AbortSignal;
  readonly headers: Readonly<Record<string, string>>;
  readonly cacheForMs: number;
  /** Sends this as a POST. */
  readonly post: string | undefined;
}

type Answer<T> = Promise<Result<T, MarketDataFault>>;

/** Whoever would wait longer is told so instead. */
const longestWaitMs = 90_000;
/** A key that was refused is not tried again for so long: providers bar who insists. */
const keyRestMs = 60_000;
const firstBackOffMs = 500;
const longestBackOffMs = 20_000;
const keptBytes = 32 * 1024 * 1024;

const seconds = (ms: number): string =>
  ms < 120_000 ? `${Math.ceil(ms / 1000)} s` : `${Math.ceil(ms / 60_000)} minutes`;

/** What is kept of one provider's connection: its limits, its breaker, its replies, its health. */
export class ProviderLine {
  readonly #options: LineOptions;
  readonly #buckets: readonly TokenBucket[];
  readonly #breaker: CircuitBreaker;
  readonly #cache = new ResponseCache(keptBytes);
  readonly #log: ProviderHealthLog;
  /** The key was refused a moment ago. */
  #refused: { readonly fault: MarketDataFault; readonly until: number } | undefined;

  constructor(options: LineOptions) {
    this.#options = options;
    this.#buckets = options.rates.map((rate) => new TokenBucket(rate, options.world));
    this.#breaker = new CircuitBreaker(options.world.nowMs);
    this.#log = new ProviderHealthLog(options.id, options.world);
  }

  health(): ProviderHealth {
    const isHeld = this.#buckets.some((bucket) => bucket.isHeld());
    return this.#log.read(this.#waitingMs(), isHeld);
  }

  /** Refuses a reply that came but is of no use, and keeps that in mind. */
  unusable(why: string, state?: ProviderState): Result<never, MarketDataFault> {
    const detail = this.#clean(`${this.#options.title} ${why}`);
    const fault: MarketDataFault = { code: 'market-data.unreadable', detail };
    this.#log.failed(fault, state);
    return refuse(fault);
  }

  async ask(request: LineRequest): Answer<ProviderReply> {
    const kept = this.#keptFor(request);
    if (kept && kept.freshUntil > this.#options.world.nowMs()) return ok(replyOf(kept));
    for (let made = 1; ; made++) {
      const turn = await this.#turn(request.signal);
      if (!turn.ok) return turn;
      const verdict = await this.#once(request);
      if (verdict === 'aborted') return cancelled();
      if (verdict.kind === 'good') return ok(verdict.reply);
      const { fault, again } = verdict;
      const isLast = made > this.#options.retries || request.post !== undefined;
      if (!again || isLast) return refuse(fault);
      const rested = await this.#rest(fault, made, request.signal);
      if (!rested.ok) return rested;
    }
  }

  /** Between two tries; refused with the fault where that is too long. */
  async #rest(fault: MarketDataFault, made: number, signal: AbortSignal): Answer<null> {
    const ms = fault.retryAfterMs ?? this.#backOff(made);
    if (ms > longestWaitMs) return refuse(fault);
    // What the provider's own limit asks for is waited for in turn.
    if (fault.code === 'market-data.rate-limited') return ok(null);
    return this.#wait(() => this.#options.world.wait(ms, signal), signal);
  }

  /** Waits for the buckets and passes the breaker. */
  async #turn(signal: AbortSignal): Answer<null> {
    if (signal.aborted) return cancelled();
    const refused = this.#refused;
    if (refused && refused.until > this.#options.world.nowMs()) return refuse(refused.fault);
    const waitingMs = this.#waitingMs();
    if (waitingMs > longestWaitMs) {
      const detail = `${this.#options.title} may be asked again in ${seconds(waitingMs)}: its limit of requests is used up.`;
      return refuse({ code: 'market-data.rate-limited', detail, retryAfterMs: waitingMs });
    }
    const closedMs = this.#breaker.waitingMs();
    if (closedMs > 0) return this.#closed(closedMs);
    const waited = await this.#wait(async () => {
      for (const bucket of this.#buckets) await bucket.take(signal);
    }, signal);
    if (!waited.ok) return waited;
    const stillMs = this.#breaker.enter();
    return stillMs > 0 ? this.#closed(stillMs) : ok(null);
  }

  async #wait(wait: () => Promise<void>, signal: AbortSignal): Answer<null> {
    try {
      await wait();
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    return signal.aborted ? cancelled() : ok(null);
  }

  #closed(ms: number): Result<never, MarketDataFault> {
    const detail = `${this.#options.title} failed several times in a row; it is asked again in ${seconds(ms)}.`;
    return refuse({ code: 'market-data.unavailable', detail, retryAfterMs: ms });
  }

  #waitingMs(): number {
    return Math.max(0, ...this.#buckets.map((bucket) => bucket.waitingMs()));
  }

  /** Full jitter: anything up to a limit that doubles with each try. */
  #backOff(made: number): number {
    const most = Math.min(longestBackOffMs, firstBackOffMs * 2 ** (made - 1));
    return this.#options.world.random() * most;
  }

  /** One try, and what follows from it for limits, breaker, cache and health. */
  async #once(request: LineRequest): Promise<Verdict | 'aborted'> {
    const { world, title, faultOf, timeoutMs, headers } = this.#options;
    const kept = this.#keptFor(request);
    this.#log.sent();
    const sent = await follow(request.url, {
      method: request.post === undefined ? 'GET' : 'POST',
      headers: {
        'accept-encoding': 'gzip, deflate, br',
        ...headers,
        ...request.headers,
        ...(kept?.etag ? { 'if-none-match': kept.etag } : {}),
        ...(kept?.lastModified ? { 'if-modified-since': kept.lastModified } : {}),
      },
      ...(request.post === undefined ? {} : { body: request.post }),
      timeoutMs,
      signal: request.signal,
    });
    if ('kind' in sent && sent.kind === 'aborted') {
      this.#breaker.abandoned();
      return 'aborted';
    }
    const same = kept && !('kind' in sent) && sent.status === 304;
    const outcome = same ? replyOf(kept) : sent;
    if (!('kind' in sent)) this.#log.clock(sent.header('date'));
    const verdict = judge(outcome, { title, faultOf, nowMs: world.nowMs() });
    if (verdict.kind === 'good') {
      this.#breaker.succeeded();
      this.#log.succeeded();
      this.#keep(request, verdict.reply, 'kind' in sent ? undefined : sent, kept);
      return verdict;
    }
    return this.#learn(verdict);
  }

  #learn(verdict: Extract<Verdict, { kind: 'fault' }>): Verdict {
    const fault = { ...verdict.fault, detail: this.#clean(verdict.fault.detail) };
    this.#log.failed(fault, verdict.state);
    if (verdict.forAll) this.#refused = { fault, until: this.#options.world.nowMs() + keyRestMs };
    if (verdict.state === 'down') this.#breaker.failed();
    else if (verdict.state === 'throttled') this.#breaker.abandoned();
    else this.#breaker.succeeded();
    if (verdict.state === 'throttled') {
      const until = this.#options.world.nowMs() + (fault.retryAfterMs ?? longestBackOffMs);
      for (const bucket of this.#buckets) bucket.holdUntil(until);
    }
    return { ...verdict, fault };
  }

  #keptFor({ url, post }: LineRequest): KeptReply | undefined {
    return post === undefined ? this.#cache.get(url.href) : undefined;
  }

  #keep(
    { url, post, cacheForMs }: LineRequest,
    good: ProviderReply,
    sent: ProviderReply | undefined,
    kept: KeptReply | undefined,
  ): void {
    const control = sent?.header('cache-control');
    const freshMs = Math.max(cacheForMs, freshForMs(control));
    const etag = sent?.header('etag') ?? kept?.etag;
    const lastModified = sent?.header('last-modified') ?? kept?.lastModified;
    const isUseful = freshMs > 0 || etag !== undefined || lastModified !== undefined;
    if (post !== undefined || good.status !== 200 || !mayKeep(control) || !isUseful) return;
    const freshUntil = this.#options.world.nowMs() + freshMs;
    this.#cache.set(url.href, { body: good.bytes, etag, lastModified, freshUntil });
  }

  /** The text without a key that a provider repeats in its own words. */
  #clean(text: string): string {
    return this.#options.secrets.reduce((rest, secret) => rest.replaceAll(secret, '[key]'), text);
  }
}

const replyOf = ({ body }: KeptReply): ProviderReply =>
  providerReply({ status: 200, headers: {}, body });
