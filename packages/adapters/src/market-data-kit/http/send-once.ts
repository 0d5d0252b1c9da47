import { type IncomingHttpHeaders, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

/** Larger replies are refused, packed or unpacked. */
const maxBodyBytes = 64 * 1024 * 1024;

/** What a server answered; the body is unpacked. */
export interface RawReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

/** Why there is no usable answer. `lost`: worth another try; `unreadable`: an answer that is none. */
export interface SendFailure {
  readonly kind: 'lost' | 'unreadable' | 'aborted';
  readonly why: string;
}

export interface SendOptions {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For the whole of it: connection, headers and body. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const unpackers: Readonly<Record<string, typeof gunzip>> = {
  gzip: gunzip,
  'x-gzip': gunzip,
  deflate: inflate,
  br: brotliDecompress,
};

/**
 * One request, no redirect followed. Unpacks by itself and strictly, as `fetch` takes a packed body
 * that was cut short for a whole one.
 */
export async function sendOnce(url: URL, options: SendOptions): Promise<RawReply | SendFailure> {
  // Signals of one's own, taken away afterwards: joined ones live as long as the longest of them.
  const over = new AbortController();
  let isLate = false;
  const giveUp = (): void => over.abort();
  const timer = setTimeout(() => {
    isLate = true;
    giveUp();
  }, options.timeoutMs);
  options.signal.addEventListener('abort', giveUp, { once: true });
  try {
    if (options.signal.aborted) giveUp();
    const packed = await exchange(url, { ...options, signal: over.signal });
    return 'kind' in packed ? packed : await unpacked(packed);
  } catch (error) {
    if (options.signal.aborted) return { kind: 'aborted', why: 'the request was cancelled' };
    if (isLate) {
      return { kind: 'lost', why: `no complete answer within ${options.timeoutMs / 1000} s` };
    }
    if (!(error instanceof Error)) throw error;
    return { kind: 'lost', why: `the connection failed (${codeOf(error)})` };
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener('abort', giveUp);
  }
}

const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : error.message;

function exchange(url: URL, options: SendOptions): Promise<RawReply | SendFailure> {
  const send = url.protocol === 'https:' ? secureRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const { method, headers, signal } = options;
    const request = send(url, { method, headers, signal }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      if (Number(response.headers['content-length'] ?? 0) > maxBodyBytes) {
        resolve(tooLarge);
        request.destroy();
      }
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size <= maxBodyBytes) return;
        resolve(tooLarge);
        request.destroy();
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks, size),
        }),
      );
    });
    request.on('error', reject);
    request.end(options.body);
  });
}

const tooLarge: SendFailure = {
  kind: 'unreadable',
  why: `has more than ${maxBodyBytes / 1024 / 1024} MB`,
};

async function unpacked(reply: RawReply): Promise<RawReply | SendFailure> {
  const encoding = (reply.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity' || encoding === '' || reply.body.length === 0) return reply;
  const unpack = unpackers[encoding];
  if (!unpack) return { kind: 'unreadable', why: `is packed as "${encoding.slice(0, 20)}"` };
  try {
    const limited = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(unpack);
    return { ...reply, body: await limited(reply.body, { maxOutputLength: maxBodyBytes }) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const code = codeOf(error);
    return code === 'ERR_BUFFER_TOO_LARGE'
      ? { ...tooLarge, why: `${tooLarge.why} when unpacked` }
      : { kind: 'unreadable', why: `is packed and damaged or cut short (${code})` };
  }
}
