import type { BusDefinition } from '@plimsoll/ports';

/** A member that takes its first message and never finishes it: `ID ADDRESS TOPIC GROUP`. */
const [id = '', address = '', topic = '', group = ''] = process.argv.slice(2);
const { default: definition }: { default: BusDefinition } = await import(
  `../../bus/${id}/index.ts`
);
// Whoever started it may die first; it must not outlive them.
process.stdin.on('end', () => process.exit()).resume();
const world = { clock: { now: () => new Date().toISOString() }, random: Math.random };
const bus = await definition.open(address, world);
await bus.subscribe({ topics: [topic], group }, async (delivery) => {
  process.stdout.write(`took ${delivery.id}\n`);
  await new Promise(() => undefined);
});
process.stdout.write('ready\n');
