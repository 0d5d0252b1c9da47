import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'web',
    pool: 'threads',
    isolate: false,
    // As for all other tests; projects that differ would run one after the other.
    maxWorkers: availableParallelism(),
    include: ['src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts'],
  },
});
