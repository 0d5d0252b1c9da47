import {
  combinatorialCounts,
  combinatorialPurged,
  purgedFolds,
  type Split,
  walkForward,
} from '@plimsoll/analytics/learning';
import { expectedOf, type Facts, factsOf, listOf, numberOf, textOf } from '../../case-facts.ts';
import { type Check, same } from '../../check.ts';
import type { Run } from './run.ts';

const purgingOf = (facts: Facts, n: number) => {
  const embargo = numberOf(facts, 'embargo', 'embargo_bars', 'pct_embargo', 'embargo_pct') ?? 0;
  return {
    horizon: numberOf(facts, 'horizon', 'label_horizon', 'purge', 'h', 'label_span') ?? 1,
    embargo: embargo > 0 && embargo < 1 ? Math.floor(embargo * n) : embargo,
  };
};

/** The splits that a case asks for, or undefined where it names no kind that is known. */
function splitsOf(facts: Facts): readonly Split[] | undefined {
  const n = numberOf(facts, 'n', 'T', 'n_samples', 'n_obs', 'length');
  if (n === undefined) return undefined;
  const purging = purgingOf(facts, n);
  const groups = numberOf(facts, 'N', 'n_groups', 'groups');
  if (groups !== undefined) {
    const tested = numberOf(facts, 'k', 'n_test_groups', 'tested') ?? 2;
    const found = combinatorialPurged(n, groups, tested, purging);
    return found.ok ? found.value.splits : undefined;
  }
  const train = numberOf(facts, 'train', 'train_size', 'window');
  if (train !== undefined) {
    const test = numberOf(facts, 'test', 'test_size', 'step') ?? train;
    const kind =
      facts['expanding'] === true || /expand|anchor/i.test(textOf(facts, 'kind', 'mode') ?? '')
        ? 'expanding'
        : 'rolling';
    const found = walkForward(n, train, test, kind, purging);
    return found.ok ? found.value : undefined;
  }
  const folds = numberOf(facts, 'n_splits', 'folds', 'k', 'K');
  const found = folds === undefined ? undefined : purgedFolds(n, folds, purging);
  return found?.ok ? found.value : undefined;
}

/** One split against what a row says of it: lists of places, ends, or counts. */
function splitChecks(split: Split, row: Facts, label: string): Check[] {
  const checks: Check[] = [];
  for (const side of ['train', 'test'] as const) {
    const places = split[side];
    const wanted = row[side] ?? row[`${side}_idx`] ?? row[`${side}_index`];
    if (Array.isArray(wanted)) checks.push(same(`${label} ${side}`, [...places], wanted));
    const count = numberOf(row, `n_${side}`, `${side}_size`, `${side}_n`);
    if (count !== undefined) checks.push(same(`${label} ${side} size`, places.length, count));
    const start = numberOf(row, `${side}_start`);
    if (start !== undefined) checks.push(same(`${label} ${side} start`, places[0], start));
  }
  return checks;
}

/** Splits for validation: their counts, and their places where a case lists them. */
export const crossValidation: Run = (golden) => {
  const input = factsOf(golden['input']);
  const expected = expectedOf(golden);
  const checks: Check[] = [];
  for (const row of [...listOf(expected['cases']), { ...input, ...expected }]) {
    const facts: Facts = { ...input, ...row };
    const groups = numberOf(facts, 'N', 'n_groups');
    const tested = numberOf(facts, 'k', 'n_test_groups');
    if (groups === undefined || tested === undefined) continue;
    const counts = combinatorialCounts(groups, tested);
    const splits = numberOf(facts, 'splits', 'n_splits', 'combinations');
    const paths = numberOf(facts, 'paths', 'n_paths');
    const label = `${tested} of ${groups}`;
    if (splits !== undefined) checks.push(same(`${label} splits`, counts.splits, splits));
    if (paths !== undefined) checks.push(same(`${label} paths`, counts.paths, paths));
  }
  const rows = listOf(expected['folds'] ?? expected['splits']);
  const splits = rows.length > 0 ? splitsOf(input) : undefined;
  for (const [i, row] of rows.entries()) {
    const split = splits?.[i];
    if (split) checks.push(...splitChecks(split, row, `fold ${i + 1}`));
  }
  return { checks, listed: checks.length > 0 ? [] : ['no splits of a kind that is known'] };
};
