/**
 * Compiles the AssemblyScript sources in the folders of `packages/quant/src` (`<name>.as`) to
 * WebAssembly and embeds the bytes in `<name>.gen.ts` beside each. The pinned compiler gives the same
 * bytes everywhere.
 *
 *   node tools/launch.mjs run tools/build-kernels.ts
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

const folder = join(import.meta.dirname, '../packages/quant/src');

/** Paths of the sources, without their ending. */
export const kernelSources = readdirSync(folder, { encoding: 'utf8', recursive: true })
  .filter((name) => name.endsWith('.as'))
  .sort()
  .map((name) => join(folder, name.replace(/\.as$/, '')));

/** A module's bytes. Throws with the compiler's messages where the source does not compile. */
async function compile(source: string): Promise<Uint8Array> {
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
  if (error || !bytes) throw new Error(`The kernels do not compile:\n${stderr.toString()}`);
  return bytes;
}

/** The text of the generated file of a source. */
export async function kernelsModule(path: string): Promise<string> {
  const bytes = await compile(readFileSync(`${path}.as`, 'utf8'));
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,96}/g) ?? [];
  return `// Generated from the .as file of the same name by tools/build-kernels.ts. Do not edit.
/** A WebAssembly module, as base64. */
export const bytes = [
${lines.map((line) => `  '${line}',`).join('\n')}
].join('');
`;
}

if (import.meta.main) {
  for (const path of kernelSources) writeFileSync(`${path}.gen.ts`, await kernelsModule(path));
}
