import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as a fake provider got it. */
export interface FakeRequest {
  readonly method: string;
  /** Decoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** When it came, by the server's clock. */
  readonly atMs: number;
}

/** A reply as a provider documents it; JSON where `json` is given. */
export interface FakeReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
  readonly bytes?: Uint8Array;
}

/** What no documentation describes: it writes, or does not write, as it likes. */
export type Misbehaviour = (response: ServerResponse) => void;

export type FakeAnswer = FakeReply | Misbehaviour;

/** A server on this machine that answers as it is told. */
export interface FakeProvider {
  readonly baseUrl: string;
  readonly requests: readonly FakeRequest[];
  /** How it answers from now on. */
  answer: (request: FakeRequest) => FakeAnswer;
  readonly close: () => Promise<void>;
}

/** Starts a fake provider on a free port of the loopback; its clock is the one that is passed in. */
export async function fakeProvider(
  answer: (request: FakeRequest) => FakeAnswer,
  nowMs: () => number,
): Promise<FakeProvider> {
  const requests: FakeRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const request = await taken(incoming, nowMs());
    requests.push(request);
    response.sendDate = false;
    const given = fake.answer(request);
    if (typeof given === 'function') return given(response);
    reply(response, given, nowMs());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const fake: FakeProvider = {
    baseUrl: `http://127.0.0.1:${port}`,
    requests,
    answer,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return fake;
}

async function taken(incoming: IncomingMessage, atMs: number): Promise<FakeRequest> {
  const url = new URL(incoming.url ?? '/', 'http://fake');
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return {
    method: incoming.method ?? '',
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString(),
    atMs,
  };
}

function reply(response: ServerResponse, given: FakeReply, nowMs: number): void {
  const { status = 200, headers = {}, json, text, bytes } = given;
  const type = json === undefined ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8';
  const date = new Date(nowMs).toUTCString();
  response.writeHead(status, { 'content-type': type, date, ...headers });
  response.end(bytes ?? (json === undefined ? (text ?? '') : JSON.stringify(json)));
}

/** The bytes of a reply's body. */
export const bodyOf = ({ json, text, bytes }: FakeReply): Uint8Array =>
  bytes ?? new TextEncoder().encode(json === undefined ? (text ?? '') : JSON.stringify(json));
