import { defineConfig } from 'vitest/config';

/** The suite that needs Chromium and the built page: `npm run test:browser`. */
export default defineConfig({
  test: {
    name: 'browser',
    include: ['e2e/**/*.browser.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
