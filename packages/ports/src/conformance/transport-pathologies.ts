import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { bodyOf, type FakeAnswer, type FakeReply } from './fake-provider.ts';

/** What can go wrong between a provider and us, made of a good reply. */
export interface TransportPathology {
  readonly name: string;
  readonly make: (good: FakeReply) => FakeAnswer;
  /** Nothing comes for longer than anyone waits: the subject gets a short deadline. */
  readonly slow?: boolean;
  /** The good reply is still whole: it may be taken. */
  readonly harmless?: boolean;
}

const page = '<!DOCTYPE html><html><head><title>Be right back</title></head><body>…</body></html>';
const html = { 'content-type': 'text/html; charset=utf-8' };

let bomb: Uint8Array | undefined;
/** Some kilobytes that unpack to more than is taken. */
function gzipBomb(): Uint8Array {
  bomb ??= gzipSync(new Uint8Array(66 * 1024 * 1024));
  return bomb;
}

const status = (code: number, headers: Record<string, string> = {}) => ({
  status: code,
  headers,
  text: 'no',
});

/** Sends the beginning, then a byte now and then until the other side has had enough. */
function drip(response: ServerResponse, body: Uint8Array): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  let at = 0;
  const timer = setInterval(() => response.write(body.subarray(at, ++at)), 40);
  response.on('close', () => clearInterval(timer));
}

const half = (body: Uint8Array): Uint8Array => body.subarray(0, Math.floor(body.length / 2));
const json = { 'content-type': 'application/json' };

export const transportPathologies: readonly TransportPathology[] = [
  { name: 'an empty body', make: () => ({ text: '' }) },
  { name: 'a web page with status 200', make: () => ({ text: page, headers: html }) },
  { name: 'a web page that says it is JSON', make: () => ({ text: `\n${page}`, headers: json }) },
  { name: 'a web page with status 403', make: () => ({ status: 403, text: page, headers: html }) },
  { name: 'JSON of another kind', make: () => ({ json: { status: 'ok' } }) },
  { name: 'a JSON list of nothing', make: () => ({ json: [null, null] }) },
  { name: 'a JSON number', make: () => ({ json: 5 }) },
  { name: 'binary rubbish', make: () => ({ bytes: new Uint8Array(1000).map((_, i) => i * 7) }) },
  {
    name: 'a body cut short',
    make: (good) => ({ ...good, json: undefined, bytes: cutJson(bodyOf(good)) }),
  },
  {
    name: 'a packed body cut short',
    make: (good) => ({
      bytes: half(gzipSync(bodyOf(good))),
      headers: { 'content-encoding': 'gzip' },
    }),
  },
  {
    name: 'a body that is not packed as it says',
    make: (good) => ({ bytes: bodyOf(good), headers: { 'content-encoding': 'gzip' } }),
  },
  {
    name: 'an unknown packing',
    make: (good) => ({ bytes: bodyOf(good), headers: { 'content-encoding': 'zpaq' } }),
  },
  {
    name: '66 megabytes packed in little',
    make: () => ({ bytes: gzipBomb(), headers: { 'content-encoding': 'gzip' } }),
  },
  {
    name: 'a body of 500 MB',
    make: () => (response) => {
      response.writeHead(200, { 'content-length': String(500 * 1024 * 1024) });
      response.write(new Uint8Array(64 * 1024));
    },
  },
  {
    name: 'a connection reset before the reply',
    make: () => (response) => response.socket?.resetAndDestroy(),
  },
  {
    name: 'a connection reset within the body',
    make: (good) => (response) => {
      const body = bodyOf(good);
      response.writeHead(200, { ...json, 'content-length': String(body.length) });
      response.write(half(body), () => response.socket?.destroy());
    },
  },
  { name: 'no reply at all', make: () => () => undefined, slow: true },
  {
    name: 'headers and no body',
    make: () => (response) => response.writeHead(200, json).flushHeaders(),
    slow: true,
  },
  {
    name: 'a byte now and then',
    make: (good) => (response) => drip(response, bodyOf(good)),
    slow: true,
  },
  {
    name: 'bytes that are no HTTP',
    make: () => (response) => response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n'),
  },
  ...[500, 502, 503, 504].map((code) => ({ name: `status ${code}`, make: () => status(code) })),
  { name: 'status 400', make: () => status(400) },
  { name: 'status 401', make: () => status(401) },
  { name: 'status 429', make: () => status(429) },
  { name: 'status 429 until tomorrow', make: () => status(429, { 'retry-after': '86400' }) },
  { name: 'status 429 until never', make: () => status(429, { 'retry-after': 'never' }) },
  {
    name: 'a redirect into the network of the user',
    make: () => status(302, { location: 'http://169.254.169.254/latest/meta-data/' }),
  },
  { name: 'a redirect to a file', make: () => status(302, { location: 'file:///etc/passwd' }) },
  { name: 'a redirect to itself', make: () => status(302, { location: '?again=1' }) },
  { name: 'a redirect to nowhere', make: () => status(302) },
  {
    name: 'a clock that is 30 days off',
    make: (good) => ({
      ...good,
      headers: { ...good.headers, date: new Date(0).toUTCString() },
    }),
    harmless: true,
  },
];

/** JSON loses its end; of lines, the last is broken within its first cell. */
function cutJson(body: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(body).trimEnd();
  const isJson = text.startsWith('{') || text.startsWith('[');
  const cut = isJson ? Math.floor(text.length * 0.6) : text.lastIndexOf('\n') + 4;
  return new TextEncoder().encode(text.slice(0, cut));
}
