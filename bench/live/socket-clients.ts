/** Clients of a process of their own: they measure how long messages take from the server to them. */
import { setTimeout as pause } from 'node:timers/promises';

const [port = '', count = '0', perClient = '0', quotes = '0'] = process.argv.slice(2);
const bucketMs = 0.5;
const buckets = new Uint32Array(20_000);
let messages = 0;
let bytes = 0;
let changes = 0;

const note = (ms: number): void => {
  const bucket = Math.min(buckets.length - 1, Math.max(0, Math.floor(ms / bucketMs)));
  buckets[bucket] = (buckets[bucket] ?? 0) + 1;
};

/** The stamp of the newest change: the server puts the time of publishing into `receivedAt`. */
function take(text: string): void {
  messages++;
  bytes += text.length;
  if (!text.startsWith('{"type":"update"')) return;
  const now = performance.timeOrigin + performance.now();
  let newest = 0;
  for (
    let at = text.indexOf('"receivedAt":');
    at >= 0;
    at = text.indexOf('"receivedAt":', at + 13)
  ) {
    changes++;
    newest = Math.max(newest, Number.parseFloat(text.slice(at + 13, at + 40)));
  }
  note(now - newest);
}

const sockets: WebSocket[] = [];
for (let i = 0; i < Number(count); i++) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/quotes`);
  sockets.push(socket);
  socket.addEventListener('message', ({ data }) => take(String(data)));
  socket.addEventListener('close', ({ code, reason }) => process.send?.({ closed: code, reason }));
  socket.addEventListener('open', () => {
    const first = Math.floor(Math.random() * Number(quotes));
    const symbols = Array.from(
      { length: Number(perClient) },
      (_, k) => `S${(first + k) % Number(quotes)}`,
    );
    socket.send(JSON.stringify({ type: 'subscribe', symbols }));
  });
  // A thousand handshakes at one moment are another test.
  if (i % 20 === 19) await pause(20);
}
process.send?.({ connected: sockets.length });
process.on('message', (order: string) => {
  if (order === 'begin') {
    buckets.fill(0);
    messages = 0;
    bytes = 0;
    changes = 0;
  } else if (order === 'report') {
    process.send?.({ buckets: Array.from(buckets), messages, bytes, changes, bucketMs });
  } else process.exit(0);
});
