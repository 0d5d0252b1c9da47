import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeConformance } from '@plimsoll/ports/conformance';
import { afterAll } from 'vitest';
import { openEmbedded } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

storeConformance('embedded PGlite', (clock) => openEmbedded(folder, { clock }));
