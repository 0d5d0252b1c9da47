import { type Random, seededRandom } from '@plimsoll/kernel';

/**
 * A stream of chance of its own for each name, so that adding an instrument changes no other.
 * Source: FNV-1a, 32 bits (Fowler, Noll, Vo).
 */
export function streamOf(seed: number, name: string): Random {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < name.length; i++) {
    hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  }
  return seededRandom(hash);
}

/** Student's t with ν degrees of freedom, scaled to variance 1: bad days are worse than normal ones. */
export function fatTailed(random: Random, degrees: 3 | 4 | 5 | 6): number {
  const normal = random.normal();
  let chiSquared = 0;
  for (let i = 0; i < degrees; i++) chiSquared += random.normal() ** 2;
  return normal * Math.sqrt((degrees - 2) / chiSquared);
}
