/**
 * Adds up what the parts of `.ci/run` left behind: a Vitest report (`NAME.json`) and an exit code
 * (`NAME.status`) each. Prints a line a part and, last, `N passed, N failed` over all of them.
 * Plain JavaScript without dependencies, so that it still speaks when nothing could be installed.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * @typedef {{ absent?: boolean, numPassedTests?: number, numFailedTests?: number,
 *   numPendingTests?: number, numTodoTests?: number }} Report
 * @typedef {{ name: string, passed: number, failed: number, skipped: number, words: string }} Line
 */

/**
 * What one part has to show. A part that ended badly counts as a failure even when no single test
 * failed: a file that did not load, a time-out, a check.
 * @param {string} name @param {number} status @param {Report} [report]
 * @returns {Line}
 */
export function lineOf(name, status, report) {
  if (report?.absent && status === 0) {
    return { name, passed: 0, failed: 0, skipped: 0, words: 'absent, no test of this kind' };
  }
  const passed = report?.numPassedTests ?? 0;
  const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
  const failed = Math.max(report?.numFailedTests ?? 0, status === 0 ? 0 : 1);
  const tests = `${passed} passed, ${failed} failed, ${skipped} skipped`;
  const words = report === undefined && status === 0 ? 'holds' : `${tests} (exit ${status})`;
  return { name, passed, failed, skipped, words };
}

/** @param {string} folder @returns {Line[]} */
export function linesOf(folder) {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.status'))
    .sort()
    .map((file) => {
      const name = file.slice(0, -'.status'.length);
      const path = join(folder, `${name}.json`);
      const report = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
      return lineOf(name, Number(readFileSync(join(folder, file), 'utf8')), report);
    });
}

/** @param {string} folder */
function main(folder) {
  const lines = linesOf(folder);
  for (const { name, words } of lines) console.log(`${name}: ${words}`);
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
    lines.reduce((total, line) => total + line[key], 0);
  const [passed, failed] = [sum('passed'), sum('failed')];
  console.log(`${passed} passed, ${failed} failed, ${sum('skipped')} skipped`);
  if (failed > 0 || passed === 0) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main(process.argv[2] ?? '.');
