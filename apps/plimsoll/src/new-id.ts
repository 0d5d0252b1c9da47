import { randomBytes, randomFillSync } from 'node:crypto';

/**
 * A maker of ids: UUIDs of version 7 (RFC 9562), each sorting after those made before it by the same
 * maker, also within one millisecond.
 */
export function idMaker(nowMs: () => number): () => string {
  let last = 0;
  let counter = 0;
  return () => {
    const now = nowMs();
    if (now > last) {
      last = now;
      counter = randomBytes(2).readUInt16BE() & 0x7ff;
    } else if (++counter > 0xfff) {
      last++;
      counter = 0;
    }
    return uuid7(last, counter);
  };
}

/** Random bytes fetched ahead: asking the system for eight at a time costs more than all the rest. */
const ahead = Buffer.alloc(4096);
let taken = ahead.length;

function eightRandomBytes(): Buffer {
  if (taken === ahead.length) {
    randomFillSync(ahead);
    taken = 0;
  }
  taken += 8;
  return ahead.subarray(taken - 8, taken);
}

function uuid7(ms: number, counter: number): string {
  const time = ms.toString(16).padStart(12, '0');
  const random = eightRandomBytes();
  random[0] = ((random[0] ?? 0) & 0x3f) | 0x80;
  const tail = random.toString('hex');
  const count = counter.toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}
