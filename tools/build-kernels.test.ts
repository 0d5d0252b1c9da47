import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { kernelsFile, kernelsModule } from './build-kernels.ts';

it('the embedded WebAssembly kernels are those of their source', async () => {
  expect(readFileSync(kernelsFile, 'utf8')).toBe(await kernelsModule());
}, 60_000);
