import type { FastifyRequest } from 'fastify';
import { type Refusal, RequestRefusal } from './problem-reply.ts';

const loopbackNames: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
const reads: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses what another site makes a browser send. The Host must be this machine by name and port, so
 * that no foreign name can be rebound to it; a write must come from a page that this server served,
 * or from a program that is no browser.
 */
export function guard(request: FastifyRequest): void {
  const { host, origin, 'sec-fetch-site': site } = request.headers;
  if (!isOurs(host, request.socket.localPort)) throw foreign(`Host ${quoted(host)}`);
  if (reads.includes(request.method)) return;
  if (origin !== undefined && origin !== `http://${host}`)
    throw foreign(`Origin ${quoted(origin)}`);
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw foreign(`Sec-Fetch-Site ${quoted(String(site))}`);
  }
}

/**
 * Refuses the handshake of a socket that a page of another site makes. A browser sends it as a GET and
 * lets any page read what comes, so it is held against the Origin as a write is.
 */
export function guardSocket(request: FastifyRequest): void {
  const { host, origin } = request.headers;
  if (origin !== undefined && origin !== `http://${host}`)
    throw foreign(`Origin ${quoted(origin)}`);
}

/** Whether the Host header names this very server. */
function isOurs(host: string | undefined, localPort: number | undefined): boolean {
  const [, name = '', port = '80'] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(host ?? '') ?? [];
  return loopbackNames.includes(name.toLowerCase()) && Number(port) === (localPort ?? 80);
}

const quoted = (value: string | undefined): string =>
  value === undefined ? 'is missing' : `"${value.slice(0, 100)}"`;

const foreign = (what: string): RequestRefusal =>
  new RequestRefusal({
    code: 'request.foreign-origin',
    detail: `${what} does not belong to this server. Open it by the address it printed when it started.`,
  } satisfies Refusal);
