import { ok, refuse } from '@plimsoll/kernel';
import { matrix } from '@plimsoll/quant/linear-algebra';
import { cell } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure } from '../../analysis/figure.ts';
import type { Figure } from '../../analysis/report.ts';
import { classificationScores } from '../../learning/classification-scores.ts';
import { logisticChances, logisticRegression } from '../../learning/logistic-regression.ts';

const source =
  'Trevor Hastie, Robert Tibshirani and Jerome Friedman, The Elements of Statistical Learning, 2nd ed., 2009, §4.4';
const brier = 'Glenn Brier, Verification of forecasts expressed in terms of probability, 1950';
const hanley =
  'James Hanley and Barbara McNeil, The meaning and use of the area under a ROC curve, 1982';

export default defineAnalysis({
  id: 'logistic-regression',
  group: 'forecasting',
  title: 'Logistic regression',
  summary:
    'The chance of an event from features, fitted on the past and scored on what came after.',
  input: {
    features: { kind: 'panel', of: 'levels', title: 'Features, oldest first' },
    labels: {
      kind: 'numbers',
      title: 'Labels',
      help: '1 where the event came, 0 where it did not.',
    },
    train: {
      kind: 'number',
      above: 0,
      max: 1,
      default: 0.7,
      title: 'Share to learn from',
      help: 'The oldest; the rest is judged by.',
    },
    penalty: {
      kind: 'number',
      min: 0,
      default: 1,
      title: 'L2 penalty λ',
      help: 'Of features scaled to a standard deviation of 1; scikit-learn’s C is 1 ÷ λ.',
    },
  },
  compute({ features, labels, train, penalty }) {
    const { names, values, days = [] } = features;
    const known = values.flatMap((row, i) => (row.includes(null) ? [] : [i]));
    if (values.length !== labels.length) {
      return refuse({
        code: 'classifier.input',
        detail: `There are ${values.length} rows of features and ${labels.length} labels.`,
      });
    }
    const learnt = Math.floor(known.length * train);
    const all = standardised(
      known.map((i) => values[i] as readonly number[]),
      names.length,
      learnt,
    );
    const at = (from: number, until: number) => ({
      x: matrix(
        until - from,
        names.length,
        all.data.slice(from * names.length, until * names.length),
      ),
      y: Float64Array.from(known.slice(from, until), (i) => labels[i] as number),
    });
    const past = at(0, learnt);
    const fitted = logisticRegression(past.x, past.y, penalty);
    if (!fitted.ok) return fitted;
    const model = fitted.value;
    const later = at(learnt, known.length);
    const scored = (part: typeof past, where: string): Figure[] =>
      part.y.length === 0 ? [] : scoreFigures(logisticChances(part.x, model), part.y, where);
    const missing = values.length - known.length;
    return ok({
      title: 'Logistic regression',
      sample: {
        from: days[known[0] ?? 0] ?? null,
        to: days[known.at(-1) ?? 0] ?? null,
        n: known.length,
        missing,
      },
      conventions: [
        `Fitted on the oldest ${learnt} rows, features scaled by their mean and standard deviation (ddof 0) there; λ = ${penalty}.`,
      ],
      figures: [
        figure('intercept', 'Intercept', model.intercept, {
          formula: 'log-odds where all features are at their mean',
          source,
        }),
        ...scored(past, 'learnt'),
        ...scored(later, 'after'),
      ],
      tables: [
        {
          id: 'coefficients',
          title: 'Coefficients',
          columns: [
            { id: 'feature', title: 'Feature' },
            { id: 'coefficient', title: 'Log-odds a standard deviation', unit: 'number' },
            { id: 'odds', title: 'Odds ratio', unit: 'ratio' },
            { id: 'mean', title: 'Mean', unit: 'number' },
            { id: 'deviation', title: 'Standard deviation', unit: 'number' },
          ],
          rows: names.map((name, j) => [
            name,
            cell(model.coefficients[j]),
            cell(Math.exp(model.coefficients[j])),
            cell(all.mean[j]),
            cell(all.deviation[j]),
          ]),
        },
      ],
      charts: [],
      notes: missing > 0 ? [`${missing} rows lack a feature and are left out.`] : [],
    });
  },
});

/** Features less their mean over their deviation, both of the first so many rows. */
function standardised(rows: readonly (readonly number[])[], width: number, learnt: number) {
  const data = Float64Array.from(rows.flat());
  const mean = new Float64Array(width);
  const deviation = new Float64Array(width);
  for (let j = 0; j < width; j++) {
    for (let i = 0; i < learnt; i++) mean[j] += data[i * width + j] / learnt;
    let squares = 0;
    for (let i = 0; i < learnt; i++) squares += (data[i * width + j] - mean[j]) ** 2;
    deviation[j] = Math.sqrt(squares / Math.max(1, learnt));
    // A feature that never varies but for rounding tells nothing: it stays 0 for every row.
    const varies = deviation[j] > 1e-12 * Math.abs(mean[j]);
    const scale = varies ? 1 / deviation[j] : 0;
    for (let i = 0; i < rows.length; i++) {
      data[i * width + j] = (data[i * width + j] - mean[j]) * scale;
    }
  }
  return { data, mean, deviation };
}

function scoreFigures(chances: Float64Array, labels: Float64Array, where: string) {
  const {
    logLoss,
    brier: squared,
    accuracy,
    areaUnderCurve,
  } = classificationScores(chances, labels);
  const of = where === 'learnt' ? 'where it learnt' : 'after that';
  return [
    figure(`log-loss-${where}`, `Log loss ${of}`, logLoss, {
      formula: '−1 ÷ n Σ ln p(what came)',
      source,
    }),
    figure(`brier-${where}`, `Brier score ${of}`, squared, {
      formula: '1 ÷ n Σ (p − y)²',
      source: brier,
    }),
    figure(`accuracy-${where}`, `Accuracy ${of}`, accuracy, {
      unit: 'fraction',
      formula: 'share with p ≥ ½ as it came',
      source,
    }),
    figure(`area-${where}`, `Area under the ROC curve ${of}`, areaUnderCurve.value, {
      unit: 'ratio',
      formula: '(R − n₁ (n₁ + 1) ÷ 2) ÷ (n₁ n₀)',
      source: hanley,
      ...(areaUnderCurve.why === undefined ? {} : { why: areaUnderCurve.why }),
    }),
  ];
}
