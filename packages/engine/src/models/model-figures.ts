import { type ModelRecord, type Scores, scoresOfTask } from '@plimsoll/analytics/learning';
import type { RunFigure } from '../runs/run-use-cases.ts';

type Judged = Pick<
  ModelRecord,
  'task' | 'scores' | 'mean' | 'last' | 'placebo' | 'warnings' | 'tries' | 'validation' | 'data'
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
  const { task, scores, mean, warnings, tries, validation } = record;
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
    placeboText(record),
    `Rows whose label shares time with a tested one were purged, and ${validation.embargo} bars after each tested part left out.`,
    tries === 1
      ? 'It is the first parameter set tried under this name on these data.'
      : `It is one of ${tries} parameter sets tried under this name on these data: the best of many owes much to luck.`,
  ];
}

/** Beyond so many standard errors a score on shuffled labels is no chance. */
const mostErrors = 4;

/**
 * What learning from shuffled labels came to, by a score whose value under chance is known: the area
 * under the curve is ½ with a standard error of about 1 ÷ √(3 n), a correlation 0 with 1 ÷ √n.
 */
function placeboText({ task, placebo, data }: Judged): string {
  if (placebo === null) return 'It was not checked on shuffled labels.';
  const [id, title, chance, error] =
    task === 'classification'
      ? (['auc', 'area under the ROC curve', 0.5, 1 / Math.sqrt(3 * data.rows)] as const)
      : (['ic', 'information coefficient', 0, 1 / Math.sqrt(data.rows)] as const);
  const value = placebo[id] ?? null;
  if (value === null) return 'Learnt from shuffled labels it foretells nothing, as it must.';
  return value - chance > mostErrors * error
    ? `Learnt from shuffled labels its ${title} is ${value.toFixed(3)}, better than chance allows (${chance}): something leaks.`
    : `Learnt from shuffled labels its ${title} is ${value.toFixed(3)}, within chance of ${chance}, as it must.`;
}
