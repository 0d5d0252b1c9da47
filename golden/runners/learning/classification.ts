import {
  classificationScores,
  logisticChances,
  logisticRegression,
} from '@plimsoll/analytics/learning';
import { matrix } from '@plimsoll/quant/linear-algebra';
import { expectedOf, factsOf, numberOf, numbersOf, textOf } from '../../case-facts.ts';
import type { Check } from '../../check.ts';
import { agrees, listAgrees } from '../../check.ts';
import { select } from '../../golden-data.ts';
import type { Run } from './run.ts';

/** Logistic regression on the first rows of a file of features, scored on the rest. */
export const classification: Run = (golden, { data }, tolerance) => {
  const input = factsOf(golden['input']);
  const expected = expectedOf(golden);
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
