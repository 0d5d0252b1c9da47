import { InvariantError } from '@plimsoll/kernel';
import type { ProviderWorld } from '@plimsoll/ports';

/** The world of a provider on the network; whoever creates one must give it. */
export function worldOf(id: string, world: ProviderWorld | undefined): ProviderWorld {
  if (world) return world;
  throw new InvariantError(`The provider ${id} was created without a clock.`);
}
