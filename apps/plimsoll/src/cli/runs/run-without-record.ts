import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type EngineFault, type FileRun, type RunView, runOnFiles } from '@plimsoll/engine';
import type { Result } from '@plimsoll/kernel';
import { barAdapters, loadPriceReaders } from '../../compose.ts';
import { environment, inFolder, readConfig } from '../../config.ts';
import { codeVersion } from '../../runs/code-version.ts';
import { openRuns } from '../../runs/open-runs.ts';
import { reportPageName } from '../../runs/run-pages.ts';
import { systemClock } from '../../system-clock.ts';
import type { Call } from '../command.ts';
import { priceFilesIn, readGiven } from '../read-files.ts';
import { CommandRefusal } from '../refusals.ts';
import { progressLineOf, progressText } from './progress-line.ts';

/** What is asked for, and where a strategy ./NAME.ts is looked for first. */
export interface RecordlessRequest {
  readonly kind: RunView['kind'];
  readonly config: unknown;
  readonly prices: readonly string[];
  readonly beside: string;
}

/** Carries a run out on files of prices. No record is opened, and nothing of the run is kept. */
export async function runWithoutRecord(
  call: Call,
  { kind, config, prices, beside }: RecordlessRequest,
): Promise<Result<FileRun, EngineFault>> {
  const files = await Promise.all((await priceFilesIn(prices)).map(readGiven));
  const folders = readConfig(environment(), inFolder(call.dataFolder));
  const { runs, close } = openRuns({ adapters: barAdapters, config: folders, beside });
  const { compute, strategies, page } = runs;
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.once('SIGINT', onInterrupt);
  const line = progressLineOf(call);
  try {
    const done = await runOnFiles(
      {
        compute,
        strategies,
        page,
        codeVersion,
        readers: await loadPriceReaders(),
        clock: systemClock,
      },
      { kind, config },
      files,
      {
        signal: stop.signal,
        onProgress: (progress) => line.show(progressText({ ...progress, expectedAt: null })),
      },
    );
    if (stop.signal.aborted) {
      throw new CommandRefusal({ code: 'run.cancelled', detail: 'The run was cancelled.' });
    }
    return done;
  } finally {
    process.off('SIGINT', onInterrupt);
    line.clear();
    await close();
  }
}

/** Writes the report of such a run, and its files, where they are asked for. */
export async function writeFiles(call: Call, { artifacts }: FileRun): Promise<void> {
  const target = call.text('report');
  if (target !== undefined) {
    const page = artifacts.find(({ name }) => name === reportPageName);
    if (page === undefined) {
      throw new CommandRefusal({
        code: 'run.artifact-unknown',
        detail: 'The run is too short for a report.',
      });
    }
    await writeFile(target, page.bytes);
    call.output.note(`The report is in ${target}.`);
  }
  const folder = call.text('out');
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  for (const { name, bytes } of artifacts) await writeFile(join(folder, name), bytes);
  call.output.note(`${artifacts.length} files are in ${folder}.`);
}
