import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { openEmbedded } from '@plimsoll/adapters/database';
import { importerAdapters } from '@plimsoll/adapters/registry';
import { computeHere, engineOn } from '../../apps/plimsoll/src/compose.ts';
import { systemClock } from '../../apps/plimsoll/src/system-clock.ts';
import { type Taken, take } from '../report.ts';

const workspace = 'bench';
const by = { actor: 'bench' };

/** What one step of an import took; printed as one line of JSON for the bench that asked. */
export interface StepReport extends Taken {
  readonly added: number;
  readonly skipped: number;
  readonly refused: number;
  /** The most the process took until the database was open, and until the work was done. */
  readonly openBytes: number;
  readonly peakBytes: number;
}

type Step = 'floor' | 'preview' | 'import' | 'undo';

/** The least that could be done: read the rows, and commit their text as it is, in one insert. */
async function floor(folder: string, path: string): Promise<StepReport> {
  const store = await openEmbedded(folder, { clock: systemClock });
  try {
    const createdAt = systemClock.now();
    await store.createWorkspace({ id: workspace, name: 'Bench', demo: false, createdAt });
    const openBytes = process.resourceUsage().maxRSS * 1024;
    const bytes = readFileSync(path);
    const { result, wallMs, cpuMs } = await take(async () => {
      const text = bytes.toString('utf8');
      const { rows } = importerAdapters['plimsoll-csv'].parse(
        { name: basename(path), bytes, text },
        {},
      );
      const kept = { operation: 'bench', key: 'floor', requestHash: '', status: 200, body: text };
      await store.write(workspace, (unit) => unit.idempotency.save(kept));
      return rows.length;
    });
    const peakBytes = process.resourceUsage().maxRSS * 1024;
    return { wallMs, cpuMs, added: result, skipped: 0, refused: 0, openBytes, peakBytes };
  } finally {
    await store.close();
  }
}

async function run(
  step: Exclude<Step, 'floor'>,
  folder: string,
  path: string,
): Promise<StepReport> {
  const store = await openEmbedded(folder, { clock: systemClock });
  try {
    const engine = await engineOn(store, computeHere);
    await engine.createWorkspace(workspace, 'Bench');
    const openBytes = process.resourceUsage().maxRSS * 1024;
    const files = [{ name: basename(path), bytes: readFileSync(path) }];
    const request = { account: 'Bench', acceptValid: false };
    const { result, wallMs, cpuMs } = await take(async () => {
      if (step === 'preview') return engine.previewImport(workspace, files, request);
      if (step === 'import') return engine.importFiles(workspace, files, request, by);
      const imports = await engine.imports(workspace);
      const [last] = imports.ok ? imports.value : [];
      return engine.undoImport(workspace, last?.id ?? '', by);
    });
    if (!result.ok) throw new Error(result.fault.detail);
    const summary = 'value' in result.value ? result.value.value : result.value;
    const { added, skipped, refused } = summary;
    return {
      wallMs,
      cpuMs,
      added,
      skipped,
      refused: typeof refused === 'number' ? refused : refused.length,
      openBytes,
      peakBytes: process.resourceUsage().maxRSS * 1024,
    };
  } finally {
    await store.close();
  }
}

const [step, folder = '', path = ''] = process.argv.slice(2);
const asked = step as Step;
const report = await (asked === 'floor' ? floor(folder, path) : run(asked, folder, path));
process.stdout.write(`${JSON.stringify(report)}\n`);
