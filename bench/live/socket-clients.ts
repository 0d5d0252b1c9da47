/** Clients in a process of their own, on bare sockets, so that they cost little beside the server that is measured. */
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const [port = '', count = '0', perClient = '0', quotes = '0'] = process.argv.slice(2);
const bucketMs = 0.5;
const buckets = new Uint32Array(20_000);
let messages = 0;
let bytes = 0;

const opcode = { text: 1, close: 8, ping: 9 } as const;
const stamp = Buffer.from('"receivedAt":');
const update = Buffer.from('{"type":"update"');

/** The server puts the time of publishing into `receivedAt`; in one message all are of one moment. */
function take(payload: Buffer): void {
  messages++;
  bytes += payload.length;
  if (!payload.subarray(0, update.length).equals(update)) return;
  const at = payload.lastIndexOf(stamp) + stamp.length;
  const published = Number.parseFloat(payload.toString('latin1', at, at + 24));
  const ms = performance.timeOrigin + performance.now() - published;
  const bucket = Math.min(buckets.length - 1, Math.max(0, Math.floor(ms / bucketMs)));
  buckets[bucket] = (buckets[bucket] ?? 0) + 1;
}

/** A frame as a client sends it, masked with zeros. */
function frame(code: number, payload: Buffer): Buffer {
  const long = payload.length > 125;
  const head = Buffer.alloc(long ? 8 : 6);
  head.writeUInt8(0x80 | code, 0);
  head.writeUInt8(0x80 | (long ? 126 : payload.length), 1);
  if (long) head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}

/** Where the payload of the frame at the start begins and ends; null where it has not all come. */
function bounds(data: Buffer): readonly [number, number] | null {
  if (data.length < 4) return null;
  const short = (data[1] ?? 0) & 127;
  const start = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (data.length < start) return null;
  const length =
    short < 126 ? short : short === 126 ? data.readUInt16BE(2) : Number(data.readBigUInt64BE(2));
  return data.length < start + length ? null : [start, start + length];
}

function hear(socket: Socket, code: number, payload: Buffer): void {
  if (code === opcode.text) take(payload);
  else if (code === opcode.ping) socket.write(frame(10, payload));
  else if (code === opcode.close) process.send?.({ closed: true, reason: payload.toString() });
}

function listen(socket: Socket): void {
  let rest: Buffer = Buffer.alloc(0);
  let isOpen = false;
  socket.on('data', (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const answered = isOpen ? 0 : rest.indexOf('\r\n\r\n') + 4;
    if (answered === 3) return;
    rest = rest.subarray(answered);
    isOpen = true;
    for (let found = bounds(rest); found !== null; found = bounds(rest)) {
      hear(socket, (rest[0] ?? 0) & 15, rest.subarray(...found));
      rest = rest.subarray(found[1]);
    }
  });
}

for (let i = 0; i < Number(count); i++) {
  const socket = connect(Number(port), '127.0.0.1');
  listen(socket);
  const lines = [
    'GET /ws/quotes HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const first = (i * 7919) % Number(quotes);
  const symbols = Array.from(
    { length: Number(perClient) },
    (_, k) => `S${(first + k) % Number(quotes)}`,
  );
  socket.write(frame(opcode.text, Buffer.from(JSON.stringify({ type: 'subscribe', symbols }))));
  // A thousand handshakes at one moment are another test.
  if (i % 20 === 19) await pause(20);
}
process.send?.({ connected: Number(count) });
process.on('message', (order: string) => {
  if (order === 'begin') {
    buckets.fill(0);
    messages = 0;
    bytes = 0;
  } else if (order === 'report') {
    process.send?.({ buckets: Array.from(buckets), messages, bytes, bucketMs });
  } else process.exit(0);
});
