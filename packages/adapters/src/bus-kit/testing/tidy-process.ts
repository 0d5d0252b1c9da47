import type { BusDefinition, Delivery } from '@plimsoll/ports';

/**
 * Uses a bus in every way and closes it: `ID ADDRESS`. The process has to end by itself then, as
 * nothing is left that keeps it alive.
 */
const [id = '', address = ''] = process.argv.slice(2);
const { default: definition }: { default: BusDefinition } = await import(
  `../../bus/${id}/index.ts`
);
const world = { clock: { now: () => new Date().toISOString() }, random: Math.random };
const bus = await definition.open(address, world);
const both = Promise.withResolvers<void>();
let seen = 0;
const take = async (_: Delivery) => {
  if (++seen === 2) both.resolve();
};
await bus.subscribe({ topics: ['a.b'], group: 'g' }, take);
await bus.subscribe({ topics: ['a.b'], group: null }, take);
const message = { id: '1', topic: 'a.b', key: 'k', workspaceId: null, payload: null };
await bus.publish([{ ...message, at: world.clock.now() }]);
await both.promise;
await bus.replay(['a.b'], '2000-01-01T00:00:00.000Z', async () => undefined);
await bus.health();
await bus.close();
process.stdout.write('closed\n');
