/**
 * Compiles `packages/quant/src/linear-algebra/kernels.as` (AssemblyScript) to WebAssembly and embeds the
 * bytes in `kernels.gen.ts` beside it. The pinned compiler gives the same bytes everywhere.
 *
 *   node tools/launch.mjs run tools/build-kernels.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

const folder = join(import.meta.dirname, '../packages/quant/src/linear-algebra');

/** The module's bytes. Throws with the compiler's messages where the source does not compile. */
export async function compileKernels(): Promise<Uint8Array> {
  const source = readFileSync(join(folder, 'kernels.as'), 'utf8');
  let bytes: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    [
      'kernels.ts',
      '--outFile=kernels.wasm',
      '--optimizeLevel=3',
      '--shrinkLevel=0',
      '--runtime=stub',
      '--enable=simd',
      '--noAssert',
      '--use=abort=',
      '--initialMemory=1',
    ],
    {
      readFile: (name) => (name === 'kernels.ts' ? source : null),
      writeFile: (_name, contents) => {
        if (typeof contents !== 'string') bytes = contents;
      },
      listFiles: () => [],
    },
  );
  if (error || !bytes) throw new Error(`kernels.as does not compile:\n${stderr.toString()}`);
  return bytes;
}

/** The text of `kernels.gen.ts`. */
export async function kernelsModule(): Promise<string> {
  const text = Buffer.from(await compileKernels()).toString('base64');
  const lines = text.match(/.{1,96}/g) ?? [];
  return `// Generated from kernels.as by tools/build-kernels.ts. Do not edit.
/** The WebAssembly module of kernels.as, as base64. */
export const kernels = [
${lines.map((line) => `  '${line}',`).join('\n')}
].join('');
`;
}

export const kernelsFile = join(folder, 'kernels.gen.ts');

if (import.meta.main) writeFileSync(kernelsFile, await kernelsModule());
