import { readFileSync, writeSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { answerOwnRequest } from './answer-own-request.ts';
import { frameHead, frameKinds, type OwnRequest } from './own-protocol.ts';

/*
 * A process of its own for one piece of work on a strategy of the user's. It is started with rights to
 * read our code and the folder of strategies, and with nothing else: no environment, no writing, no
 * other processes. The request comes by the standard input, the answer goes by the standard output,
 * which the strategy cannot reach.
 */

function write(kind: number, body: Uint8Array): void {
  const head = Buffer.alloc(frameHead);
  head.writeUInt8(kind, 0);
  head.writeDoubleLE(body.length, 1);
  for (const part of [head, body]) {
    for (let done = 0; done < part.length; ) done += writeSync(1, part, done);
  }
}

const request = deserialize(readFileSync(0)) as OwnRequest;
const answer = await answerOwnRequest(request, (progress) =>
  write(frameKinds.progress, Buffer.from(JSON.stringify(progress))),
);
write(frameKinds.answer, serialize(answer));
process.exit(0);
