import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { line, megabytes, ms, title } from '../report.ts';
import type { StepReport } from './import-once.ts';
import { makeCsv } from './make-csv.ts';

const transactions = 200_000;
const once = fileURLToPath(new URL('./import-once.ts', import.meta.url));

/** Each step in a process of its own, so that its memory is its own too. */
function take(step: string, folder: string, file: string): StepReport {
  const node = ['--disable-warning=ExperimentalWarning', once, step, folder, file];
  return JSON.parse(execFileSync(process.execPath, node, { encoding: 'utf8' }));
}

/** A large file taken into the embedded, durable database: looked at, taken, taken again, undone. */
export async function run(): Promise<void> {
  title(`Import of ${transactions} rows of native CSV (100 symbols × 10 years), embedded database`);
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  try {
    const file = join(folder, 'history.csv');
    writeFileSync(file, makeCsv(transactions));
    const data = join(folder, 'data');
    const least = take('floor', data, file);
    line(
      'work',
      'wall',
      'CPU, all threads',
      'rows a second',
      '× floor',
      'peak RSS',
      'of it, to open',
    );
    const tell = (what: string, report: StepReport): void =>
      line(
        what,
        ms(report.wallMs),
        ms(report.cpuMs),
        ((1000 * transactions) / report.wallMs).toFixed(0),
        (report.cpuMs / least.cpuMs).toFixed(1),
        megabytes(report.peakBytes),
        megabytes(report.openBytes),
      );
    tell('floor: read rows, keep their text', least);
    tell('preview', take('preview', data, file));
    const taken = take('import', data, file);
    tell(`import (${taken.added} added)`, taken);
    const again = take('import', data, file);
    tell(`the same file again (${again.skipped} skipped)`, again);
    tell('undo', take('undo', data, file));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
