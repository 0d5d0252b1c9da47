import { kernels } from './kernels.gen.ts';

/** What kernels.as exports; all pointers are bytes into `memory`. */
export interface Kernels {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  packRows(source: number, stride: number, panels: number, depth: number, packed: number): void;
  packColumns(source: number, stride: number, panels: number, depth: number, packed: number): void;
  multiplyPacked(
    a: number,
    rowPanels: number,
    b: number,
    columnPanels: number,
    depth: number,
    c: number,
    stride: number,
    isFresh: boolean,
    lead: number,
  ): void;
  factor(a: number, n: number, block: number, least: number, packed: number): number;
  solveForward(l: number, n: number, b: number, m: number, isLower: boolean, packed: number): void;
}

/** The part of the WebAssembly global that is used; absent where the platform has none. */
interface Platform {
  readonly WebAssembly?: {
    validate(bytes: Uint8Array): boolean;
    readonly Module: new (bytes: Uint8Array) => object;
    readonly Instance: new (module: object) => { readonly exports: unknown };
  };
}

let instance: Kernels | null | undefined;

/**
 * The WebAssembly kernels, made at the first call; null where the platform has no WebAssembly with
 * 128-bit vectors, and the plain loops serve.
 */
export function kernelInstance(): Kernels | null {
  if (instance === undefined) instance = instantiate();
  return instance;
}

function instantiate(): Kernels | null {
  const { WebAssembly } = globalThis as unknown as Platform;
  const bytes = Uint8Array.from(atob(kernels), (letter) => letter.charCodeAt(0));
  if (!WebAssembly?.validate(bytes)) return null;
  const module = new WebAssembly.Module(bytes);
  return new WebAssembly.Instance(module).exports as Kernels;
}

const page = 65_536;

/** A view of the kernels' memory that is at least `bytes` long. It only grows, and is not kept clean. */
export function scratch({ memory }: Kernels, bytes: number): Float64Array {
  const lacking = bytes - memory.buffer.byteLength;
  if (lacking > 0) memory.grow(Math.ceil(lacking / page));
  return new Float64Array(memory.buffer);
}
