import { PlainRows } from './plain-rows.ts';
import type { SweepRows } from './sweep-rows.ts';
import { WasmRows } from './wasm-rows.ts';

/**
 * Room for rows of this length: in the memory of a WebAssembly module with 128-bit vectors, or, where
 * the platform has none, of plain loops that give the same bits.
 */
export const openSweepRows = (length: number): SweepRows =>
  WasmRows.open(length) ?? new PlainRows(length);
