import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { StreamFrame } from '../stream-protocol.ts';

/** What a message of ours means to a provider's server. */
export interface FeedReply {
  readonly answer?: readonly StreamFrame[];
  readonly subscribed?: readonly string[];
  readonly unsubscribed?: readonly string[];
  /** The server hangs up. */
  readonly close?: boolean;
}

/** One connection as the server sees it. */
export interface FeedConnection {
  /** Path and query that it came by. */
  readonly path: string;
  /** Spellings that it is subscribed to now. */
  readonly subscribed: ReadonlySet<string>;
  readonly messages: readonly string[];
  readonly send: (...frames: readonly StreamFrame[]) => void;
  readonly drop: () => void;
  readonly isOpen: () => boolean;
}

export interface FakeFeed {
  readonly url: string;
  readonly connections: readonly FeedConnection[];
  readonly close: () => Promise<void>;
}

export interface FeedScript {
  readonly welcome?: readonly StreamFrame[];
  readonly receive: (message: string) => FeedReply;
  /** Whether the handshake is granted, by the path; granted where absent. */
  readonly admits?: (path: string) => boolean;
}

/** A WebSocket server on this machine that speaks as a provider documents. */
export async function fakeFeed(script: FeedScript): Promise<FakeFeed> {
  const connections: FeedConnection[] = [];
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    verifyClient: ({ req }: { readonly req: IncomingMessage }) =>
      script.admits?.(req.url ?? '') ?? true,
  });
  server.on('connection', (socket, request) => {
    connections.push(connected(socket, request.url ?? '', script));
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}`,
    connections,
    close: () =>
      new Promise((resolve) => {
        for (const socket of server.clients) socket.terminate();
        server.close(() => resolve());
      }),
  };
}

function connected(socket: WebSocket, path: string, script: FeedScript): FeedConnection {
  const subscribed = new Set<string>();
  const messages: string[] = [];
  const send = (...frames: readonly StreamFrame[]): void => {
    for (const frame of frames) socket.send(frame);
  };
  socket.on('message', (data) => {
    const message = data.toString();
    messages.push(message);
    const reply = script.receive(message);
    for (const spelling of reply.unsubscribed ?? []) subscribed.delete(spelling);
    for (const spelling of reply.subscribed ?? []) subscribed.add(spelling);
    send(...(reply.answer ?? []));
    if (reply.close) socket.close(1008);
  });
  send(...(script.welcome ?? []));
  return {
    path,
    subscribed,
    messages,
    send,
    drop: () => socket.terminate(),
    isOpen: () => socket.readyState === socket.OPEN,
  };
}
