import type { Highs } from 'highs';

/** Reads and compiles HiGHS; each call makes a runtime with a memory of its own. */
export async function loadHighs(): Promise<Highs> {
  const module: unknown = (await import('highs')).default;
  // The package describes its CommonJS entry; imported, its default is the loader itself.
  return (module as () => Promise<Highs>)();
}
