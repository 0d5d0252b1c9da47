import { averageCross } from '../../strategy-kit/average-cross.ts';

export default averageCross({
  id: 'sma-cross',
  title: 'Crossing of two averages',
  summary:
    'Long while the average of the last closes is above that of a longer past: trends go on longer than one would think. Flat, or short, while it is below. Loses a little at each of the many false turns of a market that goes sideways.',
  source: 'Brock, Lakonishok, LeBaron, Simple Technical Trading Rules, Journal of Finance, 1992',
  average: 'sma',
  fast: 50,
  slow: 200,
});
