/**
 * ONNX files by hand, as small as tests need them. Source: onnx.proto of ONNX IR version 8.
 */

const text = (value: string): number[] => [...new TextEncoder().encode(value)];

function varint(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  while (left > 127) {
    bytes.push((left & 127) | 128);
    left >>>= 7;
  }
  return [...bytes, left];
}

const message = (field: number, bytes: readonly number[]): number[] => [
  ...varint((field << 3) | 2),
  ...varint(bytes.length),
  ...bytes,
];
const whole = (field: number, value: number): number[] => [...varint(field << 3), ...varint(value)];
const named = (field: number, name: string): number[] => message(field, text(name));

/** An operator: its kind, the names that it reads and writes. */
export type OnnxNode = readonly [string, readonly string[], readonly string[]];

const nodeOf = ([kind, reads, writes]: OnnxNode): number[] =>
  message(1, [
    ...reads.flatMap((name) => named(1, name)),
    ...writes.flatMap((name) => named(2, name)),
    ...named(4, kind),
  ]);

/** A length, or the name of one that is not fixed. */
type Axis = number | string;

/** Type 1 is float, 7 is int64. */
const slotOf = (name: string, shape: readonly Axis[], type: number): number[] => {
  const axes = shape.flatMap((axis) =>
    message(1, typeof axis === 'number' ? whole(1, axis) : named(2, axis)),
  );
  return [...named(1, name), ...message(2, message(1, [...whole(1, type), ...message(2, axes)]))];
};

const constantOf = (name: string, { shape, values }: OnnxConstant): number[] => [
  ...shape.flatMap((length) => whole(1, length)),
  ...whole(2, 1),
  ...named(8, name),
  ...message(9, [...new Uint8Array(Float32Array.from(values).buffer)]),
];

interface OnnxConstant {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** A model of float inputs. */
export interface OnnxModel {
  readonly nodes: readonly OnnxNode[];
  readonly constants: Readonly<Record<string, OnnxConstant>>;
  readonly inputs: Readonly<Record<string, readonly Axis[]>>;
  /** Outputs that are whole numbers are in `wholeOutputs`. */
  readonly outputs: Readonly<Record<string, readonly Axis[]>>;
  readonly wholeOutputs?: Readonly<Record<string, readonly Axis[]>>;
}

/** The bytes of a model's file. */
export function onnxModel(model: OnnxModel): Uint8Array {
  const graph = [
    ...model.nodes.flatMap(nodeOf),
    ...named(2, 'graph'),
    ...Object.entries(model.constants).flatMap(([name, each]) =>
      message(5, constantOf(name, each)),
    ),
    ...Object.entries(model.inputs).flatMap(([name, shape]) => message(11, slotOf(name, shape, 1))),
    ...Object.entries(model.outputs).flatMap(([name, shape]) =>
      message(12, slotOf(name, shape, 1)),
    ),
    ...Object.entries(model.wholeOutputs ?? {}).flatMap(([name, shape]) =>
      message(12, slotOf(name, shape, 7)),
    ),
  ];
  return Uint8Array.from([
    ...whole(1, 8),
    ...message(7, graph),
    ...message(8, [...named(1, ''), ...whole(2, 13)]),
  ]);
}
