/** The part of the WebAssembly global that is used; absent where the platform has none. */
interface Platform {
  readonly WebAssembly?: {
    validate(bytes: Uint8Array): boolean;
    readonly Module: new (bytes: Uint8Array) => object;
    readonly Instance: new (module: object) => { readonly exports: unknown };
  };
}

/** A module with one memory of its own. */
export interface WithMemory {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
}

/** An instance of a module given as base64; null where the platform cannot run it. */
export function instantiate<Exports extends WithMemory>(base64: string): Exports | null {
  const { WebAssembly } = globalThis as unknown as Platform;
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  if (!WebAssembly?.validate(bytes)) return null;
  return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as Exports;
}

const page = 65_536;

/** A view of a module's memory that is at least `bytes` long. It only grows, and is not kept clean. */
export function scratch({ memory }: WithMemory, bytes: number): Float64Array {
  const lacking = bytes - memory.buffer.byteLength;
  if (lacking > 0) memory.grow(Math.ceil(lacking / page));
  return new Float64Array(memory.buffer);
}
