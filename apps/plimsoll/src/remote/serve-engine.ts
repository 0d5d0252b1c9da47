import type { MessagePort } from 'node:worker_threads';
import type { Engine } from '@plimsoll/engine';
import { invariant } from '@plimsoll/kernel';
import { isMethod } from './engine-methods.ts';
import { type News, type Order, pack } from './protocol.ts';

/** Carries out what comes through the port; resolves when asked to close and the last call is done. */
export async function serveEngine(port: MessagePort, engine: Engine): Promise<void> {
  const running = new Set<Promise<void>>();
  const closed = Promise.withResolvers<void>();
  const tell = (news: News): void => port.postMessage(news);
  port.on('message', (order: Order) => {
    if (order.kind === 'connect') return; // whoever serves has its store already
    if (order.kind === 'close') return closed.resolve();
    const call = carryOut(engine, order, tell).finally(() => running.delete(call));
    running.add(call);
  });
  tell({ kind: 'ready' });
  await closed.promise;
  await Promise.all(running);
}

async function carryOut(
  engine: Engine,
  { id, method, args }: Extract<Order, { kind: 'call' }>,
  tell: (news: News) => void,
): Promise<void> {
  try {
    invariant(isMethod(method), `"${method}" is a use-case`);
    const run = engine[method] as (...args: readonly unknown[]) => Promise<unknown>;
    tell({ kind: 'value', id, value: await run.apply(engine, [...args]) });
  } catch (error) {
    // Not swallowed: it is thrown again where the call came from.
    tell({ kind: 'thrown', id, thrown: pack(error) });
  }
}
