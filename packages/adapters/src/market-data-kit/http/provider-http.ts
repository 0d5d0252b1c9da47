import { ok, type Result } from '@plimsoll/kernel';
import type { MarketDataFault, ProviderHealth, ProviderWorld } from '@plimsoll/ports';
import type { z } from 'zod';
import { addressOf, type Query } from './address.ts';
import { ProviderLine } from './provider-line.ts';
import type { ProviderReply } from './reply.ts';
import type { Rate } from './token-bucket.ts';

export interface ProviderHttpOptions {
  readonly id: string;
  /** Begins the text of each fault. */
  readonly title: string;
  /** Paths are below it; nothing is sent to another host. */
  readonly baseUrl: string;
  readonly world: ProviderWorld;
  /** All of them hold. */
  readonly rates: readonly Rate[];
  /** For one try, connection, headers and body together; 30 s where absent. */
  readonly timeoutMs?: number;
  /** Tries after the first; 3 where absent. */
  readonly retries?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent with each request: the key of providers that want it in the address. */
  readonly query?: Query;
  /** Texts that no fault and no health may show. */
  readonly secrets?: readonly (string | undefined)[];
  /**
   * What the provider's own error replies mean where their status does not tell: asked for every
   * reply below 500. `rate-limited` empties the bucket until its `retryAfterMs`.
   */
  readonly faultOf?: (reply: ProviderReply) => MarketDataFault | undefined;
}

export interface ProviderRequest {
  readonly signal: AbortSignal;
  /** The reply is used for so long without asking, whatever its headers say. */
  readonly cacheForMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sends this as a POST; neither kept nor tried again. */
  readonly post?: string;
}

type Answer<T> = Promise<Result<T, MarketDataFault>>;

/**
 * A provider's HTTP interface behind its limits. A path begins with `/`, or is a whole address on the
 * provider's own host. No call throws, hangs, or shows a secret.
 */
export interface ProviderHttp {
  /** The body as the shape reads it; `unreadable` where it is another. */
  json<T>(
    path: string,
    query: Query,
    options: ProviderRequest & { readonly shape: z.ZodType<T> },
  ): Answer<T>;
  text(path: string, query: Query, options: ProviderRequest): Answer<string>;
  bytes(path: string, query: Query, options: ProviderRequest): Answer<Uint8Array>;
  /** Refuses a reply that came but cannot be used, and keeps that in mind: `why` follows the title. */
  unusable(why: string): Result<never, MarketDataFault>;
  health(): ProviderHealth;
}

/**
 * Asks a provider within its limits: token bucket, retries with full jitter, circuit breaker,
 * deadline, replies kept with their validators, redirects on the same host alone.
 */
export function providerHttp(options: ProviderHttpOptions): ProviderHttp {
  const { baseUrl, query: always = {}, secrets = [] } = options;
  const line = new ProviderLine({
    ...options,
    timeoutMs: options.timeoutMs ?? 30_000,
    retries: options.retries ?? 3,
    headers: options.headers ?? {},
    secrets: secrets
      .filter((text) => text !== undefined && text !== '')
      .flatMap((text) => [text as string, encodeURIComponent(text as string)]),
    faultOf: options.faultOf,
  });
  const ask = async (
    path: string,
    query: Query,
    request: ProviderRequest,
  ): Answer<ProviderReply> => {
    const url = addressOf(baseUrl, path, { ...query, ...always });
    if (!url.ok) return line.unusable(url.fault.detail);
    const { signal, headers = {}, cacheForMs = 0, post } = request;
    return line.ask({ url: url.value, signal, headers, cacheForMs, post });
  };
  return {
    async json(path, query, request) {
      const answer = await ask(path, query, request);
      return answer.ok ? shaped(line, answer.value, request.shape) : answer;
    },
    async text(path, query, request) {
      const answer = await ask(path, query, request);
      return answer.ok ? ok(answer.value.text()) : answer;
    },
    async bytes(path, query, request) {
      const answer = await ask(path, query, request);
      return answer.ok ? ok(answer.value.bytes) : answer;
    },
    unusable: (why) => line.unusable(why),
    health: () => line.health(),
  };
}

function shaped<T>(
  line: ProviderLine,
  reply: ProviderReply,
  shape: z.ZodType<T>,
): Result<T, MarketDataFault> {
  const body = reply.json();
  if (body === undefined) {
    const size = reply.bytes.length;
    const what = size === 0 ? 'an empty body' : `${size} bytes that are not JSON`;
    return line.unusable(`answered with ${what}.`, 'down');
  }
  const read = shape.safeParse(body);
  if (read.success) return ok(read.data);
  const [issue] = read.error.issues;
  const where = issue?.path.join('.').slice(0, 80) ?? '';
  const what = `${where === '' ? 'the reply' : where}: ${issue?.message ?? 'is wrong'}`;
  return line.unusable(`answered in another shape than it documents (${what}).`);
}
