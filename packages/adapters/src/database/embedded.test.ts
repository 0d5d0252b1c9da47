import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeConformance, tickStoreConformance } from '@plimsoll/ports/conformance';
import { afterAll } from 'vitest';
import { connectTicks, openEmbedded } from './index.ts';
import { protectionTests } from './testing/protection-tests.ts';
import { rawEmbedded } from './testing/raw-database.ts';
import { stillClock } from './testing/sample-workspace.ts';
import { tamperTests } from './testing/tamper-tests.ts';

// One folder, made once and opened by each in turn: making a database takes seconds.
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

storeConformance('embedded PGlite', (clock) => openEmbedded(folder, { clock }));
protectionTests('embedded PGlite', () => rawEmbedded(folder, stillClock));
tamperTests('embedded PGlite', () => rawEmbedded(folder, stillClock));
tickStoreConformance('embedded PGlite', async () => {
  const store = await openEmbedded(folder, { clock: stillClock });
  const ticks = connectTicks(store.connect());
  return { ...ticks, close: () => ticks.close().then(() => store.close()) };
});
