import { matrix } from '@plimsoll/quant/linear-algebra';
import { describe, expect, it } from 'vitest';
import type { Inference, InferenceSession } from '../inference/inference.ts';
import { predictRows } from '../inference/predict-rows.ts';
import { onnxModel } from './onnx-model.ts';

const weights = [1.5, -0.5];
const bias = 0.25;

/** Chances of a logistic regression on two features, and those of the other label. */
const logistic = onnxModel({
  nodes: [
    ['MatMul', ['x', 'w'], ['m']],
    ['Add', ['m', 'b'], ['z']],
    ['Sigmoid', ['z'], ['chance']],
    ['Sub', ['one', 'chance'], ['other']],
  ],
  constants: {
    w: { shape: [2, 1], values: weights },
    b: { shape: [1], values: [bias] },
    one: { shape: [1], values: [1] },
  },
  inputs: { x: ['rows', 2] },
  outputs: { other: ['rows', 1], chance: ['rows', 1] },
});

/** The place of the greatest of each column, a whole number. */
const greatest = onnxModel({
  nodes: [['ArgMax', ['x'], ['place']]],
  constants: {},
  inputs: { x: [1, 3] },
  outputs: {},
  wholeOutputs: { place: [1, 3] },
});

const chanceOf = (a: number, b: number): number =>
  1 / (1 + Math.exp(-(weights[0] ?? 0) * a - (weights[1] ?? 0) * b - bias));

async function opened(inference: Inference, bytes = logistic): Promise<InferenceSession> {
  const found = await inference.open(bytes);
  if (!found.ok) throw new Error(found.fault.detail);
  return found.value;
}

/** What every way of running models must do. */
export function inferenceConformance(inference: Inference): void {
  describe(`the inference ${inference.id}`, () => {
    it('says what it is', () => {
      expect(inference.id).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(inference.title).not.toBe('');
    });

    it('names what a model asks for and answers', async () => {
      const session = await opened(inference);
      expect(session.inputs).toEqual([{ name: 'x', shape: [null, 2], type: 'float32' }]);
      expect(session.outputs.map(({ name }) => name)).toEqual(['other', 'chance']);
      await session.close();
    });

    it('computes what the model says, for any number of rows', async () => {
      const session = await opened(inference);
      for (const rows of [1, 2, 500]) {
        const data = Float32Array.from({ length: 2 * rows }, (_, i) => Math.sin(i));
        const ran = await session.run({ x: { data, shape: [rows, 2] } });
        if (!ran.ok) throw new Error(ran.fault.detail);
        const { chance, other } = ran.value;
        expect(chance?.shape).toEqual([rows, 1]);
        for (let i = 0; i < rows; i++) {
          const wanted = chanceOf(data[2 * i] ?? 0, data[2 * i + 1] ?? 0);
          expect(chance?.data[i]).toBeCloseTo(wanted, 5);
          expect(other?.data[i]).toBeCloseTo(1 - wanted, 5);
        }
      }
      await session.close();
    });

    it('gives whole numbers as floats', async () => {
      const session = await opened(inference, greatest);
      const ran = await session.run({ x: { data: Float32Array.of(1, 5, 2), shape: [1, 3] } });
      if (!ran.ok) throw new Error(ran.fault.detail);
      expect(ran.value['place']?.data).toBeInstanceOf(Float32Array);
      // There is one row, and so each column’s greatest stands in row 0.
      expect([...(ran.value['place']?.data ?? [])]).toEqual([0, 0, 0]);
      await session.close();
    });

    it('says the same to the same rows, whatever came between', async () => {
      const session = await opened(inference);
      const other = await opened(inference, greatest);
      const rows = { x: { data: Float32Array.of(0.3, -2), shape: [1, 2] } };
      const first = await session.run(rows);
      await other.run({ x: { data: Float32Array.of(3, 1, 2), shape: [1, 3] } });
      await other.close();
      expect(await session.run(rows)).toEqual(first);
      await session.close();
    });

    it.each([
      ['bytes that are no model', Uint8Array.of(1, 2, 3)],
      ['nothing', new Uint8Array(0)],
      ['a model cut short', logistic.slice(0, 60)],
      [
        'an unknown operator',
        onnxModel({
          nodes: [['Nope', ['x'], ['y']]],
          constants: {},
          inputs: { x: [1] },
          outputs: { y: [1] },
        }),
      ],
    ])('refuses %s', async (_, bytes) => {
      const found = await inference.open(bytes);
      expect(found.ok ? '' : found.fault.code).toBe('inference.model');
    });

    it('refuses inputs that are not asked for, and runs on', async () => {
      const session = await opened(inference);
      const code = async (inputs: Parameters<InferenceSession['run']>[0]): Promise<string> => {
        const ran = await session.run(inputs);
        return ran.ok ? '' : ran.fault.code;
      };
      const data = Float32Array.of(1, 2);
      expect(await code({})).toBe('inference.inputs');
      expect(await code({ y: { data, shape: [1, 2] } })).toBe('inference.inputs');
      expect(await code({ x: { data, shape: [2, 1] } })).toBe('inference.inputs');
      expect(await code({ x: { data, shape: [3, 2] } })).toBe('inference.inputs');
      expect(await code({ x: { data, shape: [1, 2] } })).toBe('');
      await session.close();
    });

    it('refuses to run once closed, and closes twice', async () => {
      const session = await opened(inference);
      await session.close();
      await session.close();
      const ran = await session.run({ x: { data: Float32Array.of(1, 2), shape: [1, 2] } });
      expect(ran.ok ? '' : ran.fault.code).toBe('inference.unavailable');
    });

    it('foretells rows of features, and none with a missing value', async () => {
      const session = await opened(inference);
      const x = matrix(3, 2, Float64Array.of(1, 2, Number.NaN, 0, -1, 0.5));
      const said = await predictRows(session, x);
      if (!said.ok) throw new Error(said.fault.detail);
      expect(said.value[0]).toBeCloseTo(chanceOf(1, 2), 5);
      expect(said.value[1]).toBeNaN();
      expect(said.value[2]).toBeCloseTo(chanceOf(-1, 0.5), 5);
      const other = await predictRows(session, x, { output: 'other', column: 0 });
      expect(other.ok && other.value[0]).toBeCloseTo(1 - chanceOf(1, 2), 5);
      const wide = await predictRows(session, matrix(1, 3));
      expect(wide.ok ? '' : wide.fault.code).toBe('inference.inputs');
      const nowhere = await predictRows(session, x, { output: 'nope' });
      expect(nowhere.ok ? '' : nowhere.fault.code).toBe('inference.model');
      await session.close();
    });
  });
}
