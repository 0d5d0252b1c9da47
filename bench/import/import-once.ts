import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { openEmbedded } from '@plimsoll/adapters/database';
import { importerAdapters } from '@plimsoll/adapters/registry';
import { computeHere, engineOn } from '../../apps/plimsoll/src/compose.ts';
import { systemClock } from '../../apps/plimsoll/src/system-clock.ts';
import { rawEmbedded } from '../../packages/adapters/src/database/testing/raw-database.ts';
import { type Taken, take } from '../report.ts';

const workspace = 'bench';
const by = { actor: 'bench' };

/** What one step of an import took; printed as one line of JSON for the bench that asked. */
export interface StepReport extends Taken {
  readonly added: number;
  readonly skipped: number;
  readonly refused: number;
  /** Of the process with the database open and nothing done yet, and at its most. */
  readonly openBytes: number;
  readonly peakBytes: number;
}

type Step = 'floor' | 'preview' | 'import' | 'undo';

/** The least that could be done: read the rows, and put the lines into a bare table in one statement. */
async function floor(folder: string, path: string): Promise<StepReport> {
  const { store, database } = await rawEmbedded(folder, systemClock);
  try {
    await database.session((session) => session.script('CREATE TABLE public.bare (line text)'));
    const openBytes = process.memoryUsage.rss();
    const bytes = readFileSync(path);
    const { result, wallMs, cpuMs } = await take(async () => {
      const text = bytes.toString('utf8');
      const { rows } = importerAdapters['plimsoll-csv'].parse(
        { name: basename(path), bytes, text },
        {},
      );
      const lines = JSON.stringify(text.split('\n'));
      await database.session((session) =>
        session.query('INSERT INTO public.bare SELECT json_array_elements_text($1::json)', [lines]),
      );
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
    const openBytes = process.memoryUsage.rss();
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
