import { parentPort, workerData } from 'node:worker_threads';
import { present } from '@plimsoll/kernel';
import { connectInProcess } from '../index.ts';

/** A member that takes its first message and never finishes it. */
const main = present(parentPort, 'the thread that started us');
const { port, topic, group } = workerData;
const bus = connectInProcess(port);
await bus.subscribe({ topics: [topic], group }, async ({ id }) => {
  main.postMessage({ took: id });
  await new Promise(() => undefined);
});
main.postMessage({ ready: true });
