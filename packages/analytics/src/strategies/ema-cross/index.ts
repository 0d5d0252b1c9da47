import { averageCross } from '../../strategy-kit/average-cross.ts';

export default averageCross({
  id: 'ema-cross',
  title: 'Crossing of two exponential averages',
  summary:
    'Long while an average that weighs the newest closes most is above a slower one; flat, or short, while it is below. Turns sooner than simple averages do, and is fooled more often where prices go sideways.',
  source: 'Appel, Technical Analysis: Power Tools for Active Investors, 2005',
  average: 'ema',
  fast: 12,
  slow: 26,
});
