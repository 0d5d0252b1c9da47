import type { LearningBars } from '../learning/labels.ts';
import { adjustedColumns } from './adjusted-bars.ts';
import type { BacktestInstrument, BacktestMarket } from './market.ts';
import type { BacktestSettings } from './settings.ts';

type Adjust = BacktestSettings['adjust'];

/** The bars of one instrument as features see them: what happened to its units is carried forward. */
const learningBarsOf = ({ id, bars, events }: BacktestInstrument, adjust: Adjust): LearningBars => {
  const { open, high, low, close, volume } = adjustedColumns(bars, events, adjust);
  return { instrument: id, open, high, low, close, volume, knownAt: bars.known };
};

/**
 * The bars of a market that models learn from and foretell by, by the order of the instruments' ids so
 * that nothing depends on that in which they were named. Options are left out.
 */
export const learningBars = (
  { instruments }: Pick<BacktestMarket, 'instruments'>,
  adjust: Adjust,
): readonly LearningBars[] =>
  instruments
    .filter(({ option }) => option === null)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((one) => learningBarsOf(one, adjust));
