import { type ModelRecord, type Scores, scoresOfTask } from '@plimsoll/analytics/learning';
import type { RunFigure } from '../runs/run-use-cases.ts';

type Judged = Pick<
  ModelRecord,
  'task' | 'scores' | 'mean' | 'last' | 'placebo' | 'warnings' | 'tries' | 'validation'
>;

const shown = (value: number | null | undefined): string => value?.toPrecision(4) ?? 'none';

/** The scores of a model out of fold, each beside those of its baselines. */
export const learntFigures = ({ task, scores, mean, last }: Judged): readonly RunFigure[] =>
  scoresOfTask[task].map(({ id, title, formula, better }) => ({
    id,
    title,
    value: scores[id] ?? null,
    unit: 'ratio',
    convention: `out of fold; ${better} is better; the mean scores ${shown(mean[id])}, the last label ${shown(last[id])}; ${formula}`,
  }));

/** How far to trust what was learnt, warnings first. */
export function learntTrust(record: Judged): readonly string[] {
  const { task, scores, mean, placebo, warnings, tries, validation } = record;
  const [primary] = scoresOfTask[task];
  const beats = (one: Scores, other: Scores): boolean | null => {
    const [a, b] = [one[primary.id] ?? null, other[primary.id] ?? null];
    if (a === null || b === null) return null;
    return primary.better === 'higher' ? a > b : a < b;
  };
  const better = beats(scores, mean);
  return [
    ...warnings,
    better === true
      ? `Its ${primary.title.toLowerCase()} out of fold, ${shown(scores[primary.id])}, beats the mean of the training rows, ${shown(mean[primary.id])}.`
      : 'It is no better than the mean of the training rows: do not trade on it.',
    placebo === null
      ? 'It was not checked on shuffled labels.'
      : beats(placebo, mean) === true
        ? `Learnt from shuffled labels it scores ${shown(placebo[primary.id])}, better than the mean: something leaks.`
        : `Learnt from shuffled labels it scores ${shown(placebo[primary.id])}, no better than the mean, as it must.`,
    `Rows whose label shares time with a tested one were purged, and ${validation.embargo} bars after each tested part left out.`,
    tries === 1
      ? 'It is the first parameter set tried under this name on these data.'
      : `It is one of ${tries} parameter sets tried under this name on these data: the best of many owes much to luck.`,
  ];
}
