import { defineConfig } from 'vitest/config';
import { filesOf, repository, type SuiteName } from './suite.ts';

const suites: readonly SuiteName[] = ['postgres', 'bus', 'power-loss', 'browser'];

/** The suites that need a server, a disk or a browser; each is run by `npm run test:<suite>`. */
export default defineConfig({
  root: repository,
  test: {
    pool: 'threads',
    isolate: false,
    // One server, one disk, one browser: two files at once would take them from each other.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: suites.map((name) => ({ extends: true, test: { name, include: filesOf(name) } })),
  },
});
