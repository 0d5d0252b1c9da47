import { busConformance } from '@plimsoll/ports/conformance';
import { afterAll, beforeAll } from 'vitest';
import { doomedMember } from '../../bus-kit/testing/doomed-member.ts';
import { itLeavesNothingBehind } from '../../bus-kit/testing/manners.ts';
import definition from './index.ts';
import { type MockCluster, mockCluster } from './testing/mock-cluster.ts';

let cluster: MockCluster;
beforeAll(async () => {
  cluster = await mockCluster();
  await cluster.start();
});
afterAll(() => cluster.remove());

const address = (prefix: string): string => `kafka://127.0.0.1:${cluster.port}?prefix=${prefix}`;
const world = { clock: { now: () => new Date().toISOString() }, random: Math.random };

busConformance('kafka, as librdkafka plays it', {
  open: (prefix) => definition.open(address(prefix), world),
  doomedMember: (prefix, topic, group) => doomedMember('kafka', address(prefix), topic, group),
  outage: { begin: () => cluster.kill(), end: () => cluster.start() },
  countsAcrossDeaths: false,
  close: async () => undefined,
});

itLeavesNothingBehind('kafka', () => address('tidy'));
