import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '@plimsoll/adapters/database';
import { etlReader } from '@plimsoll/adapters/etl';
import { highs } from '@plimsoll/adapters/highs';
import { decodeText, maxImportBytes } from '@plimsoll/adapters/importer-kit';
import { exportNativeCsv } from '@plimsoll/adapters/native-csv';
import { importerAdapters, marketDataAdapters } from '@plimsoll/adapters/registry';
import { demo } from '@plimsoll/adapters/simulated';
import { analyses } from '@plimsoll/analytics/analyses';
import type { Analysis } from '@plimsoll/analytics/analysis';
import { present, type Result } from '@plimsoll/kernel';
import type { Clock, Store } from '@plimsoll/ports';
import { createEngine } from '../create-engine.ts';
import type { Engine, ImportRequest } from '../engine.ts';
import type { EngineContext } from '../engine-context.ts';
import type { EngineFault } from '../engine-fault.ts';
import type { UploadedFile } from '../use-case.ts';

/** An engine on a real embedded store in a folder of its own, with a clock that is set by hand. */
export interface TestEngine {
  readonly engine: Engine;
  readonly store: Store;
  /** A new, empty workspace. */
  workspace(): Promise<string>;
  close(): Promise<void>;
}

export async function testEngine(
  now = '2026-06-30T12:00:00.000Z',
  over: Partial<EngineContext> = {},
): Promise<TestEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-engine-'));
  const clock = over.clock ?? { now: () => now };
  const store = await openEmbedded(join(folder, 'data'), { clock });
  const engine = engineOver(store, clock, over);
  let workspaces = 0;
  return {
    engine,
    store,
    workspace: async () => {
      const id = `test-${workspaces++}`;
      await engine.createWorkspace(id, id);
      return id;
    },
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** An engine on a store that is open already; ids differ from those of any engine before it. */
export function engineOver(store: Store, clock: Clock, over: Partial<EngineContext> = {}): Engine {
  let ids = 0;
  return createEngine({
    store,
    clock,
    newId: () => `id-${String(ids++).padStart(8, '0')}`,
    importers: Object.values(importerAdapters),
    priceReaders: Object.values(marketDataAdapters).flatMap(({ file }) => file ?? []),
    decodeText,
    maxImportBytes,
    exportNativeCsv,
    demo,
    etl: etlReader,
    compute: computeInTest,
    ...over,
  });
}

const computeInTest: EngineContext['compute'] = async (id, values) => {
  const all: readonly Analysis[] = analyses;
  const analysis = present(
    all.find((one) => one.id === id),
    id,
  );
  return analysis.compute(values as never, { solveLinear: await highs.open() });
};

/** The value, or a failed test that says why there is none. */
export function had<T>(answer: Result<T, EngineFault>): T {
  if (!answer.ok) throw new Error(`${answer.fault.code}: ${answer.fault.detail}`);
  return answer.value;
}

export const file = (name: string, content: string): UploadedFile => ({
  name,
  bytes: new TextEncoder().encode(content),
});

export const into = (account: string, more: Partial<ImportRequest> = {}): ImportRequest => ({
  account,
  acceptValid: false,
  ...more,
});
