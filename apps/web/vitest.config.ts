import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'web',
    pool: 'threads',
    isolate: false,
    include: ['src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts'],
  },
});
