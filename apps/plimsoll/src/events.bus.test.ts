import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OwnServer, ownServer } from '@plimsoll/testkit';
import { afterEach, expect, it } from 'vitest';
import { openBus } from './compose.ts';
import { inFolder, readConfig } from './config.ts';
import { startServer } from './server.ts';

const patience = { timeout: 60_000, interval: 50 };
const fail = (error: Error): void => {
  throw error;
};

const servers = {
  redis: () =>
    ownServer('redis-server', (port, folder) => [
      ...['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--save', ''],
    ]),
  nats: () =>
    ownServer('nats-server', (port, folder) => [
      ...['--addr', '127.0.0.1', '--port', String(port), '--jetstream', '--store_dir', folder],
    ]),
};

const ended: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).toReversed()) await end();
});

async function started(busServer: OwnServer, scheme: string) {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bus-'));
  ended.push(async () => rmSync(folder, { recursive: true, force: true }));
  const env = {
    PLIMSOLL_PORT: '0',
    PLIMSOLL_LOG_LEVEL: 'silent',
    PLIMSOLL_BUS: `${scheme}://127.0.0.1:${busServer.port}`,
  };
  const config = readConfig(env, inFolder(join(folder, 'data')));
  const server = await startServer(config, { onDeath: fail, onGivenUp: fail });
  ended.push(() => server.stop());
  const post = async (path: string, body: unknown): Promise<{ id: string }> => {
    const reply = await fetch(`${server.address}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(await reply.text());
    return (await reply.json()) as { id: string };
  };
  const account = await post('/v1/accounts', { name: 'Broker', currency: 'EUR' });
  const deposit = (amount: string) =>
    post('/v1/transactions', {
      transactions: [
        {
          ...{ type: 'deposit', accountId: account.id, effectiveAt: '2026-01-02' },
          ...{ amount, currency: 'EUR' },
        },
      ],
    });
  return { config, server, deposit };
}

it.each(['redis', 'nats'] as const)(
  'a server on %s records while the bus is away, and what it recorded arrives afterwards',
  async (scheme) => {
    const busServer = await servers[scheme]();
    ended.push(() => busServer.remove());
    // The bus is not even there when the server starts.
    const { config, server, deposit } = await started(busServer, scheme);
    await deposit('1');
    await expect.poll(() => server.events.metrics().state, patience).toBe('failing');
    await busServer.start();
    const elsewhere = await openBus(config, () => undefined);
    ended.push(() => elsewhere.close());
    await expect.poll(async () => (await elsewhere.health()).state, patience).toBe('up');
    const seen = new Set<string>();
    const subscription = { topics: ['ledger.recorded'], group: 'elsewhere' };
    await elsewhere.subscribe(subscription, async ({ id }) => void seen.add(id));
    await expect.poll(() => seen.size, patience).toBe(1);
    await busServer.kill();
    await deposit('2');
    await deposit('3');
    await busServer.start();
    await expect.poll(() => seen.size, patience).toBe(3);
    expect([...seen].every((id) => id.startsWith('main/ledger:'))).toBe(true);
  },
);
