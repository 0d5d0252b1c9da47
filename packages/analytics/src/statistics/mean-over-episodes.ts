import type { DrawdownEpisode } from './drawdown-path.ts';
import type { ReturnSample } from './return-sample.ts';

/** The mean of something about drawdowns, over those that have it. NaN where none has. */
export function meanOverEpisodes(
  { episodes }: ReturnSample,
  of: (episode: DrawdownEpisode) => number | null,
): number {
  let total = 0;
  let count = 0;
  for (const episode of episodes) {
    const value = of(episode);
    if (value === null) continue;
    total += value;
    count++;
  }
  return total / count;
}
