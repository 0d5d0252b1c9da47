import type { MessagePort } from 'node:worker_threads';
import type { BusSubscription, Delivery, RunningSubscription } from '@plimsoll/ports';
import type { MemoryBus } from './memory-bus.ts';
import type { Answer, Request, SentSubscription, Take } from './protocol.ts';
import { Talk } from './talk.ts';

const done: Answer = { ok: true, value: null };

/** Lets a thread take part in the bus. What it has in hand as its port closes goes to others. */
export function servePort(bus: MemoryBus, port: MessagePort): void {
  const running = new Map<number, RunningSubscription>();
  const take = async (taken: Omit<Take, 'kind'>): Promise<void> => {
    await talk.ask({ kind: 'take', ...taken });
  };
  const subscribe = async (number: number, sent: SentSubscription): Promise<void> => {
    const { takesDead, ...rest } = sent;
    const onDead: BusSubscription['onDead'] = (delivery, reason) =>
      take({ number, delivery, reason });
    const subscription = takesDead ? { ...rest, onDead } : rest;
    const handle = (delivery: Delivery) => take({ number, delivery, reason: null });
    running.set(number, await bus.subscribe(subscription, handle, talk.over));
  };
  const answer = async (asked: Request): Promise<Answer> => {
    switch (asked.kind) {
      case 'publish':
        await bus.publish(asked.messages);
        return done;
      case 'subscribe':
        await subscribe(asked.number, asked.subscription);
        return done;
      case 'stop':
        await running.get(asked.number)?.stop();
        running.delete(asked.number);
        return done;
      case 'replay':
        await bus.replay(asked.topics, asked.since, (delivery) =>
          take({ number: asked.number, delivery, reason: null }),
        );
        return done;
      case 'health':
        return { ok: true, value: await bus.health() };
    }
  };
  const talk = new Talk<Take, Request>(port, answer);
  talk.over.addEventListener('abort', () => {
    for (const subscription of running.values()) void subscription.stop();
  });
}
