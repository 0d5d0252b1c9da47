import type { Digest } from './feature-definition.ts';
import type { FeatureMatrix } from './feature-matrix.ts';
import type { LearningBars } from './labels.ts';

/** The digest of all bars, by which to know whether data have changed. */
export function barsFingerprint(bars: readonly LearningBars[], digest: Digest): string {
  const of = ({ buffer, byteOffset, byteLength }: Float64Array): string =>
    digest(new Uint8Array(buffer, byteOffset, byteLength));
  return digest(
    bars
      .map(({ instrument, open, high, low, close, volume, knownAt }) =>
        [instrument, ...[open, high, low, close, volume, knownAt].map(of)].join(' '),
      )
      .join('\n'),
  );
}

/** Keeps features that were computed, those used last longest. */
export interface FeatureCache {
  /** What was computed of that definition (`featureVersion`) from those bars, or computes it. */
  get(version: string, fingerprint: string, compute: () => FeatureMatrix): FeatureMatrix;
  /** Numbers held. */
  readonly cells: number;
}

/** A cache of at most so many numbers; what is larger alone is not kept. */
export function featureCache(mostCells: number): FeatureCache {
  const held = new Map<string, FeatureMatrix>();
  let cells = 0;
  return {
    get cells() {
      return cells;
    },
    get(version, fingerprint, compute) {
      const key = `${version} ${fingerprint}`;
      const known = held.get(key);
      const found = known ?? compute();
      const size = found.x.data.length;
      if (known) held.delete(key);
      else if (size > mostCells) return found;
      else cells += size;
      held.set(key, found);
      for (const [oldest, { x }] of held) {
        if (cells <= mostCells) break;
        held.delete(oldest);
        cells -= x.data.length;
      }
      return found;
    },
  };
}
