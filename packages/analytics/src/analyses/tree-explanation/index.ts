import { ok, type Result, refuse } from '@plimsoll/kernel';
import { explainTrees, predictionOf, type TreeEnsemble, treeMargin } from '@plimsoll/quant/trees';
import { cell, cells } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure } from '../../analysis/figure.ts';
import { readXgboostModel } from '../../learning/tree-ensemble.ts';

const source =
  'Scott Lundberg, Gabriel Erion and Su-In Lee, Consistent individualized feature attribution for tree ensembles, 2018';

export default defineAnalysis({
  id: 'tree-explanation',
  group: 'forecasting',
  title: 'Explanation of a tree model',
  summary: 'What each feature adds to the predictions of a boosted tree model, exactly.',
  input: {
    model: {
      kind: 'text',
      title: 'Model',
      help: 'The text of a file that xgboost saved as JSON, of one output and numeric splits.',
    },
    rows: { kind: 'matrix', title: 'Rows of features to explain' },
    names: { kind: 'names', optional: true, title: 'Names of the features' },
  },
  compute({ model, rows, names = [] }) {
    const read = ensembleOf(model);
    if (!read.ok) return read;
    const ensemble = read.value;
    const { features, featureNames, trees, link } = ensemble;
    const wrong = rows.findIndex((row) => row.length !== features);
    if (wrong >= 0 || rows.length === 0) {
      return refuse({
        code: 'model.rows',
        detail:
          rows.length === 0
            ? 'There is no row to explain.'
            : `Row ${wrong + 1} has ${rows[wrong]?.length} values, and the model takes ${features}.`,
      });
    }
    const nameOf = (j: number): string => names[j] ?? featureNames[j] ?? `feature ${j + 1}`;
    const explained = rows.map((row) => {
      const margin = treeMargin(ensemble, row);
      return { margin, prediction: predictionOf(ensemble, margin), ...explainTrees(ensemble, row) };
    });
    const places = Array.from({ length: features }, (_, j) => j);
    const mean = places.map(
      (j) =>
        explained.reduce((sum, { contributions }) => sum + Math.abs(contributions[j] ?? 0), 0) /
        rows.length,
    );
    return ok({
      title: `Explanation of ${rows.length} predictions`,
      sample: { from: null, to: null, n: rows.length, missing: 0 },
      conventions: [
        `Contributions are in units of the margin, before the ${link} link; features that are not known are averaged by the training weight along the paths.`,
      ],
      figures: [
        figure('trees', 'Trees', trees.length, { unit: 'count', formula: 'of the model', source }),
        figure('bias', 'Expected margin', explained[0]?.bias ?? null, {
          formula: 'mean of the leaves by training weight; bias + Σ φ = margin',
          source,
        }),
      ],
      tables: [
        {
          id: 'contributions',
          title: 'Contributions by row',
          columns: [
            { id: 'row', title: 'Row', unit: 'count' },
            ...places.map((j) => ({
              id: `phi-${j + 1}`,
              title: nameOf(j),
              unit: 'number' as const,
            })),
            { id: 'margin', title: 'Margin', unit: 'number' },
            { id: 'prediction', title: 'Prediction', unit: 'number' },
          ],
          rows: explained.map(({ contributions, margin, prediction }, i) => [
            i + 1,
            ...cells(contributions),
            cell(margin),
            cell(prediction),
          ]),
        },
      ],
      charts: [
        {
          id: 'importance',
          title: 'Mean size of contributions',
          kind: 'bars',
          x: places.map(nameOf),
          lines: [{ name: 'Mean |φ|', values: cells(mean) }],
          unit: 'number',
        },
      ],
      notes: [],
    });
  },
});

function ensembleOf(text: string): Result<TreeEnsemble> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // What the parser says of a place in a long text helps nobody; what is expected does.
    return refuse({
      code: 'model.format',
      detail: 'The model is no JSON; give the text of a file saved by save_model("model.json").',
    });
  }
  return readXgboostModel(json);
}
