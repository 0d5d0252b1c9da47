import { busConformance } from '@plimsoll/ports/conformance';
import { type OwnServer, ownServer } from '@plimsoll/testkit';
import { afterAll, beforeAll, describe } from 'vitest';
import { doomedMember } from '../../bus-kit/testing/doomed-member.ts';
import { itKeepsCredentials, itLeavesNothingBehind } from '../../bus-kit/testing/manners.ts';
import definition from './index.ts';

let server: OwnServer;
beforeAll(async () => {
  server = await ownServer('nats-server', (port, folder) => [
    ...['--addr', '127.0.0.1', '--port', String(port), '--jetstream', '--store_dir', folder],
  ]);
  await server.start();
});
afterAll(() => server.remove());

const address = (prefix: string): string => `nats://127.0.0.1:${server.port}?prefix=${prefix}`;
const world = { clock: { now: () => new Date().toISOString() }, random: Math.random };

busConformance('nats', {
  open: (prefix) => definition.open(address(prefix), world),
  doomedMember: (prefix, topic, group) => doomedMember('nats', address(prefix), topic, group),
  outage: { begin: () => server.kill(), end: () => server.start() },
  countsAcrossDeaths: true,
  close: async () => undefined,
});

itLeavesNothingBehind('nats', () => address('tidy'));

describe('a server with a password', () => {
  let guarded: OwnServer;
  beforeAll(async () => {
    guarded = await ownServer('nats-server', (port, folder) => [
      ...['--addr', '127.0.0.1', '--port', String(port), '--jetstream', '--store_dir', folder],
      ...['--user', 'house', '--pass', 'r1ght/secret'],
    ]);
    await guarded.start();
  });
  afterAll(() => guarded.remove());
  itKeepsCredentials(
    definition,
    (who) => `nats://${who}@127.0.0.1:${guarded.port}`,
    'house:r1ght%2Fsecret',
  );
});
