import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { Matrix } from '@plimsoll/quant/linear-algebra';
import type { InferenceFault, InferenceSession, Tensor } from './inference.ts';

/** Which number of a model's answer is the prediction. */
export interface PredictionPlace {
  /** Name of the output; the last tensor of a number or more a row if not given. */
  readonly output?: string;
  /** Which of several numbers a row; the last if not given, as is the chance of label 1. */
  readonly column?: number;
}

/**
 * Predictions of rows of features by a model of one input [rows × features]. Values become 32-bit
 * floats; a row with a missing value is not run and gives NaN.
 *
 * @returns shape [rows]; refused where the model has other inputs, or answers no number a row.
 */
export async function predictRows(
  session: InferenceSession,
  x: Matrix,
  place: PredictionPlace = {},
): Promise<Result<Float64Array, InferenceFault>> {
  const [input] = session.inputs;
  const width = input?.shape.at(-1);
  if (!input || session.inputs.length !== 1 || (width !== null && width !== x.columns)) {
    const asked = session.inputs.map(({ name, shape }) => `${name} [${shape.join(' × ')}]`);
    return refuse({
      code: 'inference.inputs',
      detail: `The model asks for ${asked.join(', ')}; it can be given one table of ${x.columns} features.`,
    });
  }
  const whole = completeRows(x);
  const predictions = new Float64Array(x.rows).fill(Number.NaN);
  if (whole.length === 0) return ok(predictions);
  const data = new Float32Array(whole.length * x.columns);
  for (const [i, row] of whole.entries()) {
    data.set(x.data.subarray(row * x.columns, (row + 1) * x.columns), i * x.columns);
  }
  const ran = await session.run({ [input.name]: { data, shape: [whole.length, x.columns] } });
  if (!ran.ok) return ran;
  const found = answerOf(session, ran.value, whole.length, place);
  if (!found) {
    const given = Object.entries(ran.value).map(([name, t]) => `${name} [${t.shape.join(' × ')}]`);
    return refuse({
      code: 'inference.model',
      detail: `The model answers ${given.join(', ') || 'nothing that is a number'} for ${whole.length} rows; no number a row can be read${place.output === undefined ? '' : ` from ${place.output}`}.`,
    });
  }
  const { tensor, column, columns } = found;
  for (const [i, row] of whole.entries()) {
    predictions[row] = tensor.data[i * columns + column] ?? Number.NaN;
  }
  return ok(predictions);
}

function completeRows({ rows, columns, data }: Matrix): readonly number[] {
  const whole: number[] = [];
  for (let i = 0; i < rows; i++) {
    if (data.subarray(i * columns, (i + 1) * columns).every(Number.isFinite)) whole.push(i);
  }
  return whole;
}

function answerOf(
  { outputs }: InferenceSession,
  ran: Readonly<Record<string, Tensor>>,
  rows: number,
  place: PredictionPlace,
): { readonly tensor: Tensor; readonly column: number; readonly columns: number } | undefined {
  const names = place.output === undefined ? outputs.map(({ name }) => name) : [place.output];
  const name = names.findLast((each) => {
    const size = ran[each]?.data.length ?? 0;
    return size >= rows && size % rows === 0;
  });
  const tensor = name === undefined ? undefined : ran[name];
  if (!tensor) return undefined;
  const columns = tensor.data.length / rows;
  const column = place.column ?? columns - 1;
  return Number.isInteger(column) && column >= 0 && column < columns
    ? { tensor, column, columns }
    : undefined;
}
