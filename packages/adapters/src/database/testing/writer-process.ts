/**
 * A process to be killed: `node writer-process.ts FOLDER WORKSPACE ACKNOWLEDGED`. Checks the record,
 * says `ready {…}` and then records purchases for ever; the id of each goes to the file ACKNOWLEDGED,
 * outside the data folder, once its commit has returned. Makes the workspace where there is none.
 */
import { openSync, writeSync } from 'node:fs';
import { rawEmbedded } from './raw-database.ts';
import { purchase } from './sample-workspace.ts';
import { systemClock } from './system-clock.ts';
import { writerWorkspace } from './writer-workspace.ts';

const [, , folder = '', workspace = '', acknowledged = ''] = process.argv;
const log = openSync(acknowledged, 'a');
const began = performance.now();
const { store, database } = await rawEmbedded(folder, systemClock);
const openMs = Math.round(performance.now() - began);
let stopping = false;
process.on('SIGTERM', () => {
  stopping = true;
});
await writerWorkspace(store, workspace);
const { findings } = await store.verify();
const { seq } = await store.read(workspace, ({ ledger }) => ledger.head());
writeSync(1, `ready ${JSON.stringify({ findings, seq, openMs })}\n`);

for (let next = seq + 1; !stopping; next++) {
  const size = 1 + (next % 3);
  const ids = Array.from({ length: size }, (_, index) => `p${next + index}`);
  const answer = {
    key: `k${next}`,
    operation: 'test',
    requestHash: 'ab'.repeat(32),
    status: 201,
    body: next,
  };
  await store.write(workspace, async ({ ledger, idempotency }) => {
    await ledger.append(ids.map((id) => purchase(id, '2', { fingerprint: id })));
    await idempotency.save(answer);
  });
  writeSync(log, `${ids.join('\n')}\n`);
  next += size - 1;
  // New log files and checkpoints are where a crash hurts most: have many of them.
  if (next % 40 < size)
    await database.session((session) => session.script('SELECT pg_switch_wal()'));
  if (next % 100 < size) await database.session((session) => session.script('CHECKPOINT'));
}
await store.close();
