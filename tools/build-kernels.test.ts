import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { kernelSources, kernelsModule } from './build-kernels.ts';

it.each(kernelSources.map((path) => [basename(path), path] as const))(
  'the embedded WebAssembly of %s is that of its source',
  async (_, path) => {
    expect(readFileSync(`${path}.gen.ts`, 'utf8')).toBe(await kernelsModule(path));
  },
  60_000,
);
