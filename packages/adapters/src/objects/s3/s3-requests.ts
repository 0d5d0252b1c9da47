import { setTimeout } from 'node:timers/promises';
import { type Clock, ObjectRefusal } from '@plimsoll/ports';
import { AwsClient } from 'aws4fetch';
import { hashBytes } from '../../objects-kit/hash-file.ts';
import { unavailable } from '../../objects-kit/refusals.ts';

export interface S3Options {
  /** `https://s3.eu-central-1.amazonaws.com`, `http://127.0.0.1:9000`. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** Before every name, without slashes at its ends; may be empty. */
  readonly prefix: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly clock: Clock;
  /** How long one attempt may take. */
  readonly timeoutMs?: number;
  /** Attempts before it is told; the wait between them doubles from `backoffMs`, with jitter. */
  readonly attempts?: number;
  readonly backoffMs?: number;
}

interface Extras {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface S3Reply {
  /** 200 to 299, or 404 where one file was asked for that is not there. */
  readonly status: number;
  readonly bytes: Uint8Array;
}

/** A request that is worth sending again, and what came of it. */
interface Failed {
  readonly why: string;
  readonly cause?: unknown;
  readonly waitMs?: number;
}

const longestWaitMs = 30_000;

/** Signed requests to one bucket, sent again where the server is busy, out of order or cut off. */
export class S3Requests {
  readonly #client: AwsClient;
  readonly #options: S3Options;

  constructor(options: S3Options) {
    const { accessKeyId, secretAccessKey, region } = options;
    this.#client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3' });
    this.#options = options;
  }

  async send(method: string, key: string, extras: Extras = {}): Promise<S3Reply> {
    const { attempts = 5, backoffMs = 200 } = this.#options;
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#attempt(method, key, extras);
      if ('status' in outcome) return outcome;
      if (attempt === attempts) {
        throw unavailable(
          `${method} ${this.#where(key)} failed ${attempts} times: ${outcome.why}`,
          outcome.cause,
        );
      }
      const wait = outcome.waitMs ?? backoffMs * 2 ** (attempt - 1) * (0.5 + Math.random());
      await setTimeout(Math.min(wait, longestWaitMs));
    }
  }

  async #attempt(method: string, key: string, extras: Extras): Promise<S3Reply | Failed> {
    let response: Response;
    let bytes: Uint8Array;
    try {
      response = await fetch(await this.#signed(method, key, extras), {
        signal: AbortSignal.timeout(this.#options.timeoutMs ?? 60_000),
        redirect: 'manual',
      });
      bytes = new Uint8Array(await response.arrayBuffer());
    } catch (cause) {
      return { why: `no whole answer (${reason(cause)}).`, cause };
    }
    return this.#judge(key, response, bytes);
  }

  #signed(method: string, key: string, { query, body }: Extras): Promise<Request> {
    const url = new URL(`${this.#options.endpoint.replace(/\/$/, '')}/${this.#options.bucket}/`);
    url.pathname += key.split('/').map(encodeURIComponent).join('/');
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
    const datetime = this.#options.clock.now().replace(/[:-]|\.\d+/g, '');
    return this.#client.sign(url, {
      method,
      headers: { 'X-Amz-Content-Sha256': hashBytes(body ?? new Uint8Array(0)) },
      ...(body && { body: body as Uint8Array<ArrayBuffer> }),
      aws: { datetime },
    });
  }

  #judge(key: string, response: Response, bytes: Uint8Array): S3Reply | Failed {
    const { status } = response;
    if (status >= 200 && status < 300) return { status, bytes };
    const code = errorCode(bytes);
    const why = `it answered ${status}${code === '' ? '' : ` ${code}`}.`;
    if (status === 404 && key !== '' && code !== 'NoSuchBucket') return { status, bytes };
    if (status === 401 || status === 403) {
      throw new ObjectRefusal({
        code: 'objects.unauthorised',
        detail: `${this.#where(key)} is refused: ${why} Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, the region and what the keys may do.`,
      });
    }
    if (status === 429 || status >= 500) return { why, ...retryAfter(response) };
    throw unavailable(`${this.#where(key)} cannot be used: ${why}`);
  }

  #where(key: string): string {
    return `${this.#options.endpoint}/${this.#options.bucket}/${key}`;
  }
}

/** `<Error><Code>SlowDown</Code>…`, or empty where the server says nothing of the kind. */
const errorCode = (bytes: Uint8Array): string =>
  /<Code>([A-Za-z0-9]{1,60})<\/Code>/.exec(
    new TextDecoder().decode(bytes.subarray(0, 4_096)),
  )?.[1] ?? '';

function retryAfter(response: Response): { readonly waitMs?: number } {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return seconds >= 0 ? { waitMs: seconds * 1_000 } : {};
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
