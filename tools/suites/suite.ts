import { spawnSync } from 'node:child_process';
import { globSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Tests that need more than Node; `npm test` leaves them out. */
export type SuiteName = 'postgres' | 'bus' | 'power-loss' | 'browser';

/** The repository's root. */
export const repository = dirname(dirname(import.meta.dirname));

const endings: Record<SuiteName, string> = {
  postgres: 'postgres.test.ts',
  bus: 'bus.test.ts',
  'power-loss': 'power.test.ts',
  browser: 'browser.test.ts',
};

/** The test files of a suite, relative to the repository. */
export function filesOf(suite: SuiteName): string[] {
  return globSync(`{packages,apps,tools,golden,bench,examples}/**/*.${endings[suite]}`, {
    cwd: repository,
    exclude: (path) => path.split(/[\\/]/).includes('node_modules'),
  });
}

/**
 * Whether the suite has any test. Where it has none this says so, in words and in the report that
 * `.ci/run` adds up, because a suite that ran nothing has not passed.
 */
export function isPresent(suite: SuiteName): boolean {
  if (filesOf(suite).length > 0) return true;
  console.log(`suite ${suite}: absent, no file named *.${endings[suite]}`);
  const report = process.env['PLIMSOLL_TEST_REPORT'];
  if (report !== undefined) writeFileSync(report, JSON.stringify({ absent: true }));
  return false;
}

/** Runs the suite's tests with the given additions to the environment; gives Vitest's exit code. */
export function runVitest(suite: SuiteName, env: Record<string, string>): number {
  const report = process.env['PLIMSOLL_TEST_REPORT'];
  const reporters =
    report === undefined
      ? []
      : ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const vitest = join(repository, 'node_modules/vitest/vitest.mjs');
  const config = join('tools', 'suites', 'vitest.config.ts');
  const run = spawnSync(
    process.execPath,
    [vitest, 'run', '--config', config, '--project', suite, ...reporters, ...process.argv.slice(2)],
    { cwd: repository, stdio: 'inherit', env: { ...process.env, ...env } },
  );
  if (run.error) throw run.error;
  return run.status ?? 1;
}
