import { busConformance } from '@plimsoll/ports/conformance';
import { type OwnServer, ownServer } from '@plimsoll/testkit';
import { afterAll, beforeAll, describe } from 'vitest';
import { doomedMember } from '../../bus-kit/testing/doomed-member.ts';
import { itKeepsCredentials, itLeavesNothingBehind } from '../../bus-kit/testing/manners.ts';
import definition from './index.ts';

let server: OwnServer;
beforeAll(async () => {
  server = await ownServer('redis-server', (port, folder) => [
    ...['--bind', '127.0.0.1', '--port', String(port), '--dir', folder],
    ...['--appendonly', 'yes', '--save', ''],
  ]);
  await server.start();
});
afterAll(() => server.remove());

const address = (prefix: string): string => `redis://127.0.0.1:${server.port}?prefix=${prefix}`;
const world = { clock: { now: () => new Date().toISOString() }, random: Math.random };

busConformance('redis', {
  open: (prefix) => definition.open(address(prefix), world),
  doomedMember: (prefix, topic, group) => doomedMember('redis', address(prefix), topic, group),
  outage: { begin: () => server.kill(), end: () => server.start() },
  countsAcrossDeaths: true,
  close: async () => undefined,
});

itLeavesNothingBehind('redis', () => address('tidy'));

describe('a server with a password', () => {
  let guarded: OwnServer;
  beforeAll(async () => {
    guarded = await ownServer('redis-server', (port, folder) => [
      ...['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--save', ''],
      ...['--requirepass', 'r1ght/secret'],
    ]);
    await guarded.start();
  });
  afterAll(() => guarded.remove());
  itKeepsCredentials(
    definition,
    (who) => `redis://${who}@127.0.0.1:${guarded.port}`,
    'default:r1ght%2Fsecret',
  );
});
