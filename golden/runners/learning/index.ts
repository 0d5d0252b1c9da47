import {
  classificationScores,
  combinatorialCounts,
  combinatorialPurged,
  explainTrees,
  fractionalDifference,
  fractionalWeights,
  logisticChances,
  logisticRegression,
  overfittingProbability,
  predictionOf,
  purgedFolds,
  readXgboostModel,
  type Split,
  treeMargin,
  walkForward,
} from '@plimsoll/analytics/learning';
import { matrix } from '@plimsoll/quant/linear-algebra';
import { type Check, same } from '../../check.ts';
import type { GoldenCase } from '../../golden-case.ts';
import { select } from '../../golden-data.ts';
import type { Outcome, Runner, Surroundings } from '../../runner.ts';
import {
  agrees,
  type Facts,
  list,
  listAgrees,
  numberOf,
  numbersOf,
  record,
  textOf,
} from '../pricing/read-case.ts';

type Run = (golden: GoldenCase, surroundings: Surroundings, tolerance: number) => Outcome;

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

const crossValidation: Run = (golden) => {
  const input = record(golden['input']);
  const expected = record(golden['expected']);
  const checks: Check[] = [];
  for (const row of [...list(expected['cases']), { ...input, ...expected }]) {
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
  const rows = list(expected['folds'] ?? expected['splits']);
  const splits = rows.length > 0 ? splitsOf(input) : undefined;
  for (const [i, row] of rows.entries()) {
    const split = splits?.[i];
    if (split) checks.push(...splitChecks(split, row, `fold ${i + 1}`));
  }
  return { checks, listed: checks.length > 0 ? [] : ['no splits of a kind that is known'] };
};

/** A column of a file over a range of days, logarithms where the case asks for them. */
function seriesOf(input: Facts, { data }: Surroundings): Float64Array | undefined {
  const given = numbersOf(input['series'] ?? input['values'] ?? input['x']);
  if (given.length > 0) return Float64Array.from(given);
  const file = textOf(input, 'file');
  if (file === undefined) return undefined;
  const column = textOf(input, 'column', 'asset', 'ticker');
  const range = input['range'] as readonly [string, string] | undefined;
  const { values } = select(data.columns(file), {
    ...(column === undefined ? {} : { names: [column] }),
    ...(range === undefined ? {} : { range }),
  });
  return input['log'] === true || /log/i.test(textOf(input, 'transform', 'of') ?? '')
    ? values.map(Math.log)
    : values;
}

const fractional: Run = (golden, surroundings, tolerance) => {
  const input = record(golden['input']);
  const expected = record(golden['expected']);
  const order = numberOf(input, 'd', 'order') ?? 0.4;
  const wanted = numbersOf(expected['weights']);
  const checks: Check[] = [
    ...listAgrees('weight', fractionalWeights(order, wanted.length), wanted, tolerance),
  ];
  const series = seriesOf(input, surroundings);
  const threshold = numberOf(input, 'threshold', 'thres', 'tau');
  if (series && threshold !== undefined) {
    const found = fractionalDifference(series, order, threshold);
    if (!found.ok) return { checks, listed: [found.fault.detail] };
    const { values, window } = found.value;
    const size = numberOf(expected, 'window', 'n_weights', 'width');
    if (size !== undefined) checks.push(same('window', window, size));
    const all = numbersOf(expected['values'] ?? expected['series']);
    checks.push(...listAgrees('value', values, all, tolerance));
    const first = numberOf(expected, 'first');
    if (first !== undefined) checks.push(agrees('first', values[0], first, tolerance));
    const last = numberOf(expected, 'last');
    if (last !== undefined) checks.push(agrees('last', values.at(-1), last, tolerance));
  }
  return { checks, listed: [] };
};

/** Rows of numbers of a file with or without a head and a first column of days. */
function matrixOf(text: string): { readonly values: Float64Array; readonly width: number } {
  const rows = text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => line.split(',').map(Number));
  const numeric = rows.filter((row) => row.slice(1).every(Number.isFinite));
  const from = numeric.some(([first]) => Number.isNaN(first)) ? 1 : 0;
  const kept = numeric.map((row) => row.slice(from));
  return { values: Float64Array.from(kept.flat()), width: kept[0]?.length ?? 0 };
}

const middle = (values: Float64Array): number => {
  const sorted = values.toSorted();
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
};

const overfitting: Run = (golden, { data }, tolerance) => {
  const input = record(golden['input']);
  const expected = record(golden['expected']);
  const inline = input['matrix'] ?? input['returns'];
  const { values, width } = Array.isArray(inline)
    ? matrixOf(inline.map((row) => numbersOf(row).join(',')).join('\n'))
    : matrixOf(data.text((textOf(input, 'file', 'matrix_file') ?? '').split(' ')[0] ?? ''));
  const blocks = numberOf(input, 'S', 'n_blocks', 'blocks', 'n_partitions', 'partitions') ?? 16;
  const metric = textOf(input, 'metric', 'statistic', 'performance') ?? 'sharpe';
  const score = /mean/i.test(metric) && !/sharpe/i.test(metric) ? 'mean' : 'sharpe';
  const found = overfittingProbability(values, width, blocks, score);
  if (!found.ok) return { checks: [], listed: [found.fault.detail] };
  const { logits, probability, probabilityOfLoss, degradation } = found.value;
  const mean = logits.reduce((sum, each) => sum + each, 0) / logits.length;
  const figures: Readonly<Record<string, number | null>> = {
    pbo: probability,
    probability,
    n_combinations: logits.length,
    n_splits: logits.length,
    combinations: logits.length,
    n_logits: logits.length,
    mean_logit: mean,
    logit_mean: mean,
    median_logit: middle(logits),
    logit_median: middle(logits),
    prob_loss: probabilityOfLoss,
    prob_oos_loss: probabilityOfLoss,
    p_loss: probabilityOfLoss,
    probability_of_loss: probabilityOfLoss,
    slope: degradation,
    degradation_slope: degradation,
    performance_degradation: degradation,
  };
  const checks: Check[] = [];
  const listed: string[] = [];
  for (const [name, wanted] of Object.entries(expected)) {
    if (name in figures) checks.push(agrees(name, figures[name], wanted, tolerance));
    else if (/logits/.test(name)) {
      checks.push(...listAgrees('logit', logits, numbersOf(wanted), tolerance));
    } else listed.push(`${name} is no figure of ours`);
  }
  return { checks, listed };
};

const treeExplanation: Run = (golden, { data }, tolerance) => {
  const input = record(golden['input']);
  const expected = record(golden['expected']);
  const file = (textOf(input, 'model_file', 'model') ?? '').split(' ')[0] ?? '';
  const read = readXgboostModel(JSON.parse(data.text(file)));
  if (!read.ok) return { checks: [], listed: [read.fault.detail] };
  const model = read.value;
  const rows = Array.isArray(input['rows']) ? input['rows'].map(numbersOf) : [];
  const checks = rows.flatMap((row, i) => {
    const { contributions, bias } = explainTrees(model, row);
    const margin = treeMargin(model, row);
    const at = (name: string): unknown => (expected[name] as readonly unknown[] | undefined)?.[i];
    const one = (name: string, found: number): Check[] =>
      at(name) === undefined ? [] : [agrees(`row ${i + 1} ${name}`, found, at(name), tolerance)];
    return [
      ...listAgrees(`row ${i + 1} shap`, contributions, numbersOf(at('shap')), tolerance),
      ...one('bias', bias),
      ...one('margin', margin),
      ...one('prediction', predictionOf(model, margin)),
      ...one('probability', predictionOf(model, margin)),
    ];
  });
  return { checks, listed: [] };
};

/** Logistic regression on the first rows of a file of features, scored on the rest. */
const classification: Run = (golden, { data }, tolerance) => {
  const input = record(golden['input']);
  const expected = record(golden['expected']);
  const file = textOf(input, 'file', 'data') ?? 'ml_features_AAPL.csv';
  const table = data.columns(file.split(' ')[0] ?? file);
  const target = textOf(input, 'target', 'label', 'y') ?? 'y';
  const named = input['features'];
  const names = Array.isArray(named)
    ? named.map(String)
    : table.names.filter((name) => name !== target);
  const learnt = numberOf(input, 'n_train', 'train_rows', 'train', 'train_size', 'split');
  const strength = numberOf(input, 'C');
  const penalty =
    strength === undefined ? (numberOf(input, 'l2', 'lambda', 'penalty') ?? 1) : 1 / strength;
  if (learnt === undefined)
    return { checks: [], listed: ['the case says no number of rows to learn from'] };
  const features = select(table, { names }).values;
  const labels = select(table, { names: [target] }).values;
  const width = names.length;
  const count = learnt < 1 ? Math.floor(labels.length * learnt) : learnt;
  if (input['standardise'] !== false && input['standardize'] !== false) {
    for (let j = 0; j < width; j++) {
      const column = Float64Array.from({ length: count }, (_, i) => features[i * width + j] ?? 0);
      const mean = column.reduce((sum, value) => sum + value, 0) / count;
      const spread = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count);
      for (let i = 0; i < labels.length; i++) {
        features[i * width + j] = ((features[i * width + j] ?? 0) - mean) / spread;
      }
    }
  }
  const part = (from: number, until: number) => ({
    x: matrix(until - from, width, features.slice(from * width, until * width)),
    y: labels.slice(from, until),
  });
  const past = part(0, count);
  const fitted = logisticRegression(past.x, past.y, penalty);
  if (!fitted.ok) return { checks: [], listed: [fitted.fault.detail] };
  const after = part(count, labels.length);
  const scores = classificationScores(logisticChances(after.x, fitted.value), after.y);
  const figures: Readonly<Record<string, number | null>> = {
    intercept: fitted.value.intercept,
    log_loss: scores.logLoss,
    logloss: scores.logLoss,
    brier: scores.brier,
    accuracy: scores.accuracy,
    auc: scores.areaUnderCurve.value,
    roc_auc: scores.areaUnderCurve.value,
  };
  const coefficients = expected['coef'] ?? expected['coefficients'];
  const checks: Check[] = [
    ...listAgrees('coefficient', fitted.value.coefficients, numbersOf(coefficients), tolerance),
  ];
  const listed: string[] = [];
  for (const [name, wanted] of Object.entries(expected)) {
    const bare = name.replace(/^(test|oos)_|_(test|oos)$/g, '');
    if (bare in figures) checks.push(agrees(name, figures[bare], wanted, tolerance));
    else if (!/^coef/.test(name)) listed.push(`${name} is no figure of ours`);
  }
  return { checks, listed };
};

const runs: Readonly<Record<string, Run>> = {
  ml: classification,
  cv: crossValidation,
  fracdiff: fractional,
  pbo: overfitting,
  ml_shap: treeExplanation,
};

export const runners: readonly Runner[] = Object.entries(runs).map(([name, run]) => ({
  category: name,
  handles: ({ category }) => category === name,
  run: (golden, surroundings) =>
    run(golden, surroundings, Number(golden['suggested_tolerance'] ?? 1e-9)),
}));
