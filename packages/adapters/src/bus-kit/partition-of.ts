/**
 * Which of `partitions` the messages of a key go through: FNV-1a (32 bit) of its UTF-16 code units.
 * Never changed, as the messages of a key that are under way would change places.
 */
export function partitionOf(key: string, partitions: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) {
    hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0) % partitions;
}
