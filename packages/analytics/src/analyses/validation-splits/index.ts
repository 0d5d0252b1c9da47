import { ok, type Result } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure } from '../../analysis/figure.ts';
import {
  combinatorialPurged,
  purgedFolds,
  type Split,
  walkForward,
} from '../../learning/cross-validation.ts';

const source = 'Marcos López de Prado, Advances in Financial Machine Learning, 2018, §7 and §12';

/** Splits and, where they make up whole histories, how many. */
interface Made {
  readonly splits: readonly Split[];
  readonly paths: number | null;
}

export default defineAnalysis({
  id: 'validation-splits',
  group: 'statistics',
  title: 'Validation splits',
  summary: 'Which observations to learn from and which to judge by, without neighbours telling.',
  input: {
    n: { kind: 'integer', min: 2, max: 100_000, title: 'Observations' },
    method: {
      kind: 'choice',
      of: ['purged-folds', 'combinatorial', 'walk-forward', 'rolling'],
      default: 'purged-folds',
      title: 'Method',
    },
    groups: { kind: 'integer', min: 2, max: 50, default: 6, title: 'Folds or groups' },
    tested: { kind: 'integer', min: 1, max: 49, default: 2, title: 'Groups tested at once' },
    train: {
      kind: 'integer',
      min: 1,
      optional: true,
      title: 'Observations to learn from at first',
      help: 'Half of them if not given; walk-forward only.',
    },
    horizon: {
      kind: 'integer',
      min: 0,
      max: 10_000,
      default: 1,
      unit: 'observations',
      title: 'How far a label looks ahead',
    },
    embargo: {
      kind: 'integer',
      min: 0,
      max: 10_000,
      default: 0,
      unit: 'observations',
      title: 'Left out after a test',
    },
  },
  compute({ n, method, groups, tested, train, horizon, embargo }) {
    const purging = { horizon, embargo };
    const first = train ?? Math.floor(n / 2);
    const made = (): Result<Made> => {
      if (method === 'combinatorial') {
        const found = combinatorialPurged(n, groups, tested, purging);
        return found.ok
          ? ok({ splits: found.value.splits, paths: found.value.paths.length })
          : found;
      }
      const test = Math.max(1, Math.ceil((n - first) / groups));
      const found =
        method === 'purged-folds'
          ? purgedFolds(n, groups, purging)
          : walkForward(n, first, test, method === 'rolling' ? 'rolling' : 'expanding', purging);
      return found.ok ? ok({ splits: found.value, paths: null }) : found;
    };
    const found = made();
    if (!found.ok) return found;
    const { splits, paths } = found.value;
    const smallest = Math.min(...splits.map((split) => split.train.length));
    const empty = splits.filter((split) => split.train.length === 0).length;
    const shown = splits.slice(0, 500);
    return ok({
      title: 'Validation splits',
      sample: { from: null, to: null, n, missing: 0 },
      conventions: [
        'Places count from 0, oldest first; ranges name their first and last place.',
        `Labels look ${horizon} ahead; ${embargo} are left out after each test.`,
      ],
      figures: [
        figure('splits', 'Splits', splits.length, {
          unit: 'count',
          formula: method === 'combinatorial' ? 'C(N, k)' : 'one a fold or step',
          source,
        }),
        figure('paths', 'Whole histories that the tests make up', paths, {
          unit: 'count',
          formula: 'C(N − 1, k − 1)',
          source,
          why: 'only combinatorial splits make up more than one',
        }),
        figure('smallest', 'Fewest observations to learn from', smallest, {
          unit: 'count',
          formula: 'min over splits',
          source,
        }),
      ],
      tables: [
        {
          id: 'splits',
          title: 'Splits',
          columns: [
            { id: 'split', title: 'Split', unit: 'count' },
            { id: 'train', title: 'Learn from' },
            { id: 'test', title: 'Judge by' },
            { id: 'trained', title: 'Learnt from', unit: 'count' },
            { id: 'tested', title: 'Judged by', unit: 'count' },
          ],
          rows: shown.map((split, i) => [
            i + 1,
            rangesOf(split.train),
            rangesOf(split.test),
            split.train.length,
            split.test.length,
          ]),
        },
      ],
      charts: [],
      notes: [
        ...(empty > 0 ? [`${empty} splits have nothing to learn from.`] : []),
        ...(splits.length > shown.length ? [`The first ${shown.length} splits are shown.`] : []),
      ],
    });
  },
});

/** `0–9, 20–39`. */
function rangesOf(places: Int32Array): string {
  const ranges: string[] = [];
  let from = 0;
  for (let i = 1; i <= places.length; i++) {
    if (i < places.length && places[i] === (places[i - 1] ?? 0) + 1) continue;
    const [first, last] = [places[from], places[i - 1]];
    ranges.push(first === last ? `${first}` : `${first}–${last}`);
    from = i;
  }
  return places.length === 0 ? 'none' : ranges.join(', ');
}
