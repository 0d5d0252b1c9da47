import { type Json, ok, type Result, readParameters, refuse } from '@plimsoll/kernel';
import type { FitTools, Model, OpenModel, TrainingRows } from './define-model.ts';

/** What a model has learnt, as data. */
export interface FittedModel {
  /** Id of the kind. */
  readonly model: string;
  readonly task: 'regression' | 'classification';
  readonly learnt: Json;
}

/** The fewest rows that anything is learnt from. */
const fewestRows = 10;

/** Cells of a matrix of features that are learnt from at once. */
const mostCells = 200_000_000;

/**
 * Learns a model after checking the rows and the parameters.
 *
 * @param params Values by name; what is left out is as the model's table says.
 * @returns refused where there are fewer than 10 rows, a label is no number, all labels of a
 *   classification are alike, a feature has no value at all, or the model does not do that task.
 */
export function fitModel(
  model: Model,
  params: Readonly<Record<string, unknown>>,
  rows: TrainingRows,
  tools: FitTools,
): Result<FittedModel> {
  const values = readParameters(model.params, params);
  if (!values.ok) {
    return refuse({ code: 'model.parameters', detail: `${model.id}: ${values.fault.detail}` });
  }
  const wrong = whyNotLearnt(model, rows, tools);
  if (wrong) return refuse(wrong);
  const learnt = model.fit(rows, values.value, tools);
  if (!learnt.ok) return learnt;
  if (tools.shouldStop?.() === true) {
    return refuse({ code: 'model.stopped', detail: `Learning ${model.id} was stopped.` });
  }
  return ok({ model: model.id, task: tools.task, learnt: learnt.value });
}

/** Makes a model that has learnt ready to foretell. */
export function openModel(models: readonly Model[], fitted: FittedModel): Result<OpenModel> {
  const model = models.find(({ id }) => id === fitted.model);
  if (model) return model.open(fitted.learnt);
  return refuse({
    code: 'model.unknown',
    detail: `There is no model ${fitted.model}; known are ${models.map(({ id }) => id).join(', ')}.`,
  });
}

function whyNotLearnt(
  { id, tasks, takesMissing }: Model,
  { x, y, weights }: TrainingRows,
  { task }: FitTools,
): { readonly code: string; readonly detail: string } | undefined {
  const fault = (code: string, detail: string) => ({ code: `model.${code}`, detail });
  if (!tasks.includes(task)) {
    return fault('task', `${id} is for ${tasks.join(' and ')}, not for ${task}.`);
  }
  if (x.rows < fewestRows) {
    return fault('rows', `${x.rows} rows are too few to learn from; give ${fewestRows} or more.`);
  }
  if (x.columns === 0) return fault('features', 'There is no feature to learn from.');
  if (x.data.length > mostCells) {
    return fault(
      'size',
      `${x.rows} rows of ${x.columns} features are more than can be learnt from.`,
    );
  }
  if (y.length !== x.rows || !y.every(Number.isFinite)) {
    return fault('labels', `Each of ${x.rows} rows must have a label that is a finite number.`);
  }
  if (weights.length !== x.rows || !weights.every((w) => w >= 0 && w < Number.POSITIVE_INFINITY)) {
    return fault('weights', `Each of ${x.rows} rows must have a weight of 0 or more.`);
  }
  if (!weights.some((each) => each > 0)) return fault('weights', 'All weights are 0.');
  const column = emptyColumn(x.rows, x.columns, x.data, takesMissing);
  if (column) return column;
  if (task !== 'classification') return undefined;
  if (!y.every((label) => label === 0 || label === 1)) {
    return fault('labels', 'Labels of a classification must be 0 or 1.');
  }
  const seen = new Set(y.filter((_, i) => (weights[i] as number) > 0));
  return seen.size === 2
    ? undefined
    : fault('one-class', `All ${y.length} labels are ${y[0]}; there is nothing to tell apart.`);
}

/** Why the features cannot be learnt from: one without any value, or with one that is no number. */
function emptyColumn(
  rows: number,
  columns: number,
  data: Float64Array,
  takesMissing: boolean,
): { readonly code: string; readonly detail: string } | undefined {
  const allowed = (value: number): boolean =>
    Number.isFinite(value) || (takesMissing && Number.isNaN(value));
  const wrong = data.findIndex((value) => !allowed(value));
  if (wrong >= 0) {
    const place = `Feature ${(wrong % columns) + 1} is ${data[wrong]} in row ${Math.floor(wrong / columns) + 1}`;
    const rule = takesMissing
      ? 'it must be finite or missing'
      : 'this model takes finite values only';
    return { code: 'model.values', detail: `${place}; ${rule}.` };
  }
  for (let j = 0; j < columns; j++) {
    let row = 0;
    while (row < rows && Number.isNaN(data[row * columns + j])) row += 1;
    if (row < rows) continue;
    return { code: 'model.empty-feature', detail: `Feature ${j + 1} has no value in any row.` };
  }
  return undefined;
}
