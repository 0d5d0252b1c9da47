import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { busMessage, type TopicName, topics } from '@plimsoll/contracts';
import type { Delivery } from '@plimsoll/ports';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBus } from './compose.ts';
import { ConfigRefusal, inFolder, readConfig } from './config.ts';
import { type RunningServer, startServer } from './server.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-events-'));
const configOf = () =>
  readConfig({ PLIMSOLL_PORT: '0', PLIMSOLL_LOG_LEVEL: 'error' }, inFolder(join(folder, 'data')));
const fail = (error: Error): void => {
  throw error;
};
let server: RunningServer;
const seen: Delivery[] = [];
beforeAll(async () => {
  server = await startServer(configOf(), { onDeath: fail, onGivenUp: fail });
  const subscription = { topics: Object.keys(topics), group: null };
  await server.events.bus.subscribe(subscription, async (delivery) => void seen.push(delivery));
}, 60_000);
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const post = async (path: string, body: unknown): Promise<Record<string, string>> => {
  const reply = await fetch(`${server.address}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify(body),
  });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${path}: ${text}`);
  return JSON.parse(text);
};

it('publishes what is recorded over HTTP, as its contract says', async () => {
  const account = await post('/v1/accounts', { name: 'Broker', currency: 'EUR' });
  const instrument = await post('/v1/instruments', {
    ...{ kind: 'equity', name: 'Acme', currency: 'EUR', symbol: 'ACM' },
  });
  const deposit = {
    ...{ type: 'deposit', accountId: account['id'], effectiveAt: '2026-01-02' },
    ...{ amount: '100', currency: 'EUR' },
  };
  await post('/v1/transactions', { transactions: [deposit] });
  const prices = [{ day: '2026-01-05', close: '10' }];
  await post('/v1/prices', { instrumentId: instrument['id'], prices });
  await expect
    .poll(() => seen.map(({ topic }) => topic), { timeout: 20_000 })
    .toEqual(['ledger.recorded', 'prices.changed']);
  for (const { attempt, ...message } of seen) {
    expect(attempt).toBe(1);
    expect(busMessage.parse(message)).toMatchObject({ workspaceId: 'main', key: 'main' });
    expect(topics[message.topic as TopicName].payload.parse(message.payload)).toEqual(
      message.payload,
    );
  }
  await expect
    .poll(() => server.events.metrics(), { timeout: 20_000 })
    .toMatchObject({ state: 'publishing', pending: 0, unsettled: 0, published: 2 });
});

it.each([
  ['amqp://me:secret@host', /begins with none of .*nats.*redis/],
  ['redis://me:secret@host?prefix=Not%20a%20word', /The prefix "Not a word"/],
])('refuses the bus address %s, and repeats no password', async (busUrl, words) => {
  const refused = await openBus({ busUrl }, fail as never).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ConfigRefusal);
  const { mistakes } = refused as ConfigRefusal;
  expect(mistakes.join()).toMatch(words);
  expect(mistakes.join()).not.toContain('secret');
});
