import { seededRandom } from '@plimsoll/kernel';
import type { LearningBars } from '../labels.ts';

const dayMs = 86_400_000;

/** Daily bars of a random walk, known at 21:00 UTC. */
export function sampleBars(instrument: string, n: number, seed: number): LearningBars {
  const random = seededRandom(seed);
  let level = 100;
  const close = Float64Array.from({ length: n }, () => {
    level *= Math.exp(0.01 * random.normal());
    return level;
  });
  return barsOfCloses(instrument, close, 0.003);
}

/** Daily bars whose highs and lows lie that far from closes. */
export function barsOfCloses(
  instrument: string,
  close: Float64Array,
  spread: number,
): LearningBars {
  return {
    instrument,
    open: close.map((each, t) => (t === 0 ? each : (close[t - 1] as number))),
    high: close.map((each) => each * (1 + spread)),
    low: close.map((each) => each * (1 - spread)),
    close,
    volume: close.map((_, t) => 1e6 + 1e4 * (t % 17)),
    knownAt: Float64Array.from(close, (_, t) => (19_000 + t) * dayMs + 75_600_000),
  };
}
