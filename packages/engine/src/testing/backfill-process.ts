/**
 * A process to be killed: `node backfill-process.ts FOLDER REQUESTS SYMBOLS DAYS`. Opens the record,
 * makes a workspace with so many instruments and asks for a back-fill of them where there is no job
 * yet, or goes on with the one that is there; says `ready`, and `done {…}` when the job has ended.
 * The provider is in this process: each request it was asked goes to the file REQUESTS.
 */
import { randomUUID } from 'node:crypto';
import { openSync, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { openEmbedded } from '@plimsoll/adapters/database';
import { plainInstrument } from '@plimsoll/domain';
import { dayFromNumber, dayNumber } from '@plimsoll/kernel';
import { closeBars, scriptedProvider, scriptedSources, worldOf } from './scripted-market.ts';
import { engineOver } from './test-engine.ts';

const [, , folder = '', requests = '', symbols = '500', days = '60'] = process.argv;
const log = openSync(requests, 'a');
/** Twenty times as fast as it is, in every process alike: a dead holder's time runs out soon. */
const speed = 20;
const zeroMs = Date.parse('2026-01-01T00:00:00.000Z');
const clock = { now: () => new Date(zeroMs + (Date.now() - zeroMs) * speed).toISOString() };
const world = worldOf(speed);
const store = await openEmbedded(folder, { clock });

const first = dayNumber('2024-01-01');
const closes = Object.fromEntries(
  Array.from({ length: Number(days) }, (_, i) => [dayFromNumber(first + i), 100 + (i % 7)]),
);
const provider = scriptedProvider('local');
const bars = closeBars(closes);
const marketData = scriptedSources(() => [
  {
    ...provider,
    daily: async ({ symbol }) => {
      writeSync(log, `${symbol}\n`);
      await pause(1);
      return { ok: true, value: { bars, actions: [], currency: 'USD', rejected: [] } };
    },
  },
]);
const engine = engineOver(store, clock, { marketData, world, newId: randomUUID });

const isNew = !(await engine.workspaces()).some(({ id }) => id === 'w');
if (isNew) await engine.createWorkspace('w', 'w');
const [job] = await latestJob();
if (job === undefined) {
  await store.write('w', ({ catalogue }) =>
    catalogue.saveInstruments(
      Array.from({ length: Number(symbols) }, (_, i) =>
        plainInstrument({
          id: `i${i}`,
          kind: 'equity',
          name: `S${i}`,
          symbol: `S${i}`,
          currency: 'USD',
        }),
      ),
    ),
  );
  const request = { kind: 'backfill', instruments: [] } as const;
  const asked = await engine.refreshPrices('w', request, { actor: 'test' });
  if (!asked.ok) throw new Error(asked.fault.detail);
} else {
  await engine.resumeJobs();
}
writeSync(1, 'ready\n');
for (;;) {
  const [now] = await latestJob();
  if (now !== undefined && now.finishedAt !== null) {
    writeSync(1, `done ${JSON.stringify(now)}\n`);
    break;
  }
  await pause(20);
}
await engine.endJobs();
await store.close();

async function latestJob() {
  const jobs = await engine.jobs('w', 1);
  if (!jobs.ok) throw new Error(jobs.fault.detail);
  return jobs.value;
}
