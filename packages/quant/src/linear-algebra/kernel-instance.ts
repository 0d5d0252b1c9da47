import { bytes } from './kernels.gen.ts';
import { instantiate, type WithMemory } from './web-assembly.ts';

/** What kernels.as exports; all pointers are bytes into `memory`. */
export interface Kernels extends WithMemory {
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

let instance: Kernels | null | undefined;

/**
 * The WebAssembly kernels, made at the first call; null where the platform has no WebAssembly with
 * 128-bit vectors, and the plain loops serve.
 */
export function kernelInstance(): Kernels | null {
  if (instance === undefined) instance = instantiate<Kernels>(bytes);
  return instance;
}
