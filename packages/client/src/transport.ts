import { foreignProblem, isProblem, ProblemError, UnreachableError } from './problem-error.ts';

/** Where the server is, which workspace is meant, and what reaches the network. */
export interface TransportOptions {
  /** `http://127.0.0.1:4680`; empty for the origin of the page. */
  readonly origin: string;
  readonly workspace: string;
  readonly fetch: typeof globalThis.fetch;
  /** A fresh UUID for each write. */
  readonly newKey: () => string;
}

/** A query's parameters; what is undefined or empty is not sent. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Send {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Query | undefined;
  readonly body?: unknown;
  readonly form?: FormData;
  /** The answer is taken as the bytes that it is. */
  readonly bytes?: true;
  readonly signal?: AbortSignal | undefined;
}

export type Transport = (send: Send) => Promise<unknown>;

/** `/v1/holdings?at=2026-03-31`, parameters in the order given. */
export function addressOf(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return `/v1${path}${text === '' ? '' : `?${text}`}`;
}

/** Sends requests, reads JSON, and turns every refusal into a `ProblemError`. */
export function createTransport(options: TransportOptions): Transport {
  return async (send) => {
    const address = `${options.origin}${addressOf(send.path, send.query)}`;
    const response = await reach(address, requestOf(send, options), options.fetch);
    if (send.bytes && response.ok) return new Uint8Array(await response.arrayBuffer());
    const text = await response.text();
    if (!response.ok) throw new ProblemError(problemOf(response.status, text));
    if (text === '') return undefined;
    const csv = response.headers.get('content-type')?.startsWith('text/csv') ?? false;
    return csv ? text : parsed(response.status, text);
  };
}

function requestOf(send: Send, options: TransportOptions): RequestInit {
  const headers: Record<string, string> = {
    accept: 'application/json',
    'plimsoll-workspace': options.workspace,
  };
  if (send.method !== 'GET') headers['idempotency-key'] = options.newKey();
  if (send.body !== undefined) headers['content-type'] = 'application/json';
  return {
    method: send.method,
    headers,
    ...(send.form ? { body: send.form } : {}),
    ...(send.body === undefined ? {} : { body: JSON.stringify(send.body) }),
    ...(send.signal ? { signal: send.signal } : {}),
  };
}

async function reach(address: string, init: RequestInit, fetch: typeof globalThis.fetch) {
  try {
    return await fetch(address, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new UnreachableError(address, error);
  }
}

function problemOf(status: number, text: string) {
  try {
    const body: unknown = JSON.parse(text);
    if (isProblem(body)) return body;
  } catch {
    // Not JSON: an HTML page of a proxy, say. The foreign problem quotes it.
  }
  return foreignProblem(status, text);
}

function parsed(status: number, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError(foreignProblem(status, text));
  }
}
