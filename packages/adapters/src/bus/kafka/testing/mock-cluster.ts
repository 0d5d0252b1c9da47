import { type ChildProcess, spawn } from 'node:child_process';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** A Kafka cluster that librdkafka plays, reached through a port of our own that stays the same. */
export interface MockCluster {
  readonly port: number;
  /** Starts a cluster with nothing in it. */
  start(): Promise<void>;
  kill(): Promise<void>;
  remove(): Promise<void>;
}

const apiVersions = 18;
const listOffsets = 2;

/**
 * The mock of kcat, behind a proxy that does two things to its answers: it puts the proxy's port where
 * the mock names its own, and offers ListOffsets up to version 3 only, as the client and the mock do
 * not understand each other in later ones.
 */
export async function mockCluster(): Promise<MockCluster> {
  let target = 0;
  let child: ChildProcess | undefined;
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => socket.destroy());
    }
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
    const asking = new Set<number>();
    client.on(
      'data',
      frames((frame) => {
        if (frame.readInt16BE(4) === apiVersions) asking.add(frame.readInt32BE(8));
        upstream.write(frame);
      }),
    );
    upstream.on(
      'data',
      frames((frame) => {
        if (asking.delete(frame.readInt32BE(4))) capListOffsets(frame);
        movePort(frame, target, portOf(proxy));
        client.write(frame);
      }),
    );
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const kill = async (): Promise<void> => {
    const ended = new Promise((resolve) => child?.once('exit', resolve));
    if (child === undefined) return;
    child.kill('SIGKILL');
    await ended;
    child = undefined;
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: portOf(proxy),
    start: async () => {
      child = spawn(
        'kcat',
        ['-P', '-b', '127.0.0.1:1', '-t', 'x', '-X', 'test.mock.num.brokers=1', '-d', 'mock'],
        { stdio: ['pipe', 'ignore', 'pipe'] },
      );
      target = await announcedPort(child);
    },
    kill,
    remove: async () => {
      await kill();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port');
  return address.port;
}

async function announcedPort({ stderr }: ChildProcess): Promise<number> {
  if (stderr === null) throw new Error('kcat says nothing');
  return new Promise((resolve) => {
    createInterface({ input: stderr }).on('line', (line) => {
      const port = /bootstrap\.servers=127\.0\.0\.1:(\d+)/.exec(line)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
  });
}

/** Calls back with whole frames: a length of four bytes and what it counts. */
function frames(take: (frame: Buffer) => void): (chunk: Buffer) => void {
  let held = Buffer.alloc(0);
  return (chunk) => {
    held = Buffer.concat([held, chunk]);
    while (held.length >= 4 && held.length >= 4 + held.readInt32BE(0)) {
      const end = 4 + held.readInt32BE(0);
      take(Buffer.from(held.subarray(0, end)));
      held = held.subarray(end);
    }
  };
}

/** Entries are: key, least and greatest version, 16 bits each (and a tag byte in flexible versions). */
function capListOffsets(frame: Buffer): void {
  for (let at = 8; at + 6 <= frame.length; at++) {
    const [key, least, greatest] = [0, 2, 4].map((more) => frame.readInt16BE(at + more));
    if (
      key === listOffsets &&
      least === 0 &&
      greatest !== undefined &&
      greatest > 3 &&
      greatest < 20
    ) {
      frame.writeInt16BE(3, at + 4);
      return;
    }
  }
}

/** Hosts and ports stand together in answers: the text 127.0.0.1, then 32 bits. */
function movePort(frame: Buffer, from: number, to: number): void {
  const host = Buffer.from('127.0.0.1');
  for (let at = frame.indexOf(host); at >= 0; at = frame.indexOf(host, at + 1)) {
    const place = at + host.length;
    if (place + 4 <= frame.length && frame.readInt32BE(place) === from)
      frame.writeInt32BE(to, place);
  }
}
