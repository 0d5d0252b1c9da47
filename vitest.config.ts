import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Suites that need more than Node and npm; each has its own command (`npm run test:<suite>`). */
const heavier = ['postgres', 'bus', 'power', 'browser'].map((kind) => `**/*.${kind}.test.ts`);
const web = 'apps/web/vitest.config.ts';

export default defineConfig({
  test: {
    pool: 'threads',
    isolate: false,
    // By default one processor is left idle, which is half of a small machine.
    maxWorkers: availableParallelism(),
    // What takes long because the machine is busy is not wrong for that.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          setupFiles: ['tools/fixed-seed.ts'],
          include: ['{packages,apps,tools,golden,bench,examples}/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', 'apps/web/**', ...heavier],
        },
      },
      ...(existsSync(new URL(web, import.meta.url)) ? [web] : []),
    ],
  },
});
