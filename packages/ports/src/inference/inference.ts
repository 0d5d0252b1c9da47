import type { Fault, Result } from '@plimsoll/kernel';

/** Why a model could not be loaded or run. */
export type InferenceFault = Fault & {
  readonly code: /** The bytes are no model that can be run here. */
    | 'inference.model'
    /** The inputs are not those that the model asks for. */
    | 'inference.inputs'
    /** The engine is not there, or failed. */
    | 'inference.unavailable';
};

/** An input or an output of a model. */
export interface TensorSlot {
  readonly name: string;
  /** Length of each axis; null where any will do, as for the number of rows. */
  readonly shape: readonly (number | null)[];
  /** `float32`, `int64` …; `other` for what is no tensor. */
  readonly type: string;
}

/** Numbers with a shape, row-major. */
export interface Tensor {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** A model that is loaded. */
export interface InferenceSession {
  readonly inputs: readonly TensorSlot[];
  readonly outputs: readonly TensorSlot[];
  /**
   * Runs the model once.
   *
   * @param inputs By name: all that the model asks for and no other, 32-bit floats.
   * @returns outputs by name. Whole numbers come as floats; what is no tensor of numbers is left out.
   */
  run(
    inputs: Readonly<Record<string, Tensor>>,
  ): Promise<Result<Readonly<Record<string, Tensor>>, InferenceFault>>;
  /** Frees the memory. A session that is closed refuses to run; closing twice is one. */
  close(): Promise<void>;
}

/** Runs models that were learnt elsewhere. */
export interface Inference {
  /** `onnx`, as its folder. */
  readonly id: string;
  readonly title: string;
  /** Loads a model from the bytes of its file. */
  open(bytes: Uint8Array): Promise<Result<InferenceSession, InferenceFault>>;
}
