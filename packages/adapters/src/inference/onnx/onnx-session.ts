import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { InferenceFault, InferenceSession, Tensor, TensorSlot } from '@plimsoll/ports';
import type { OnnxRuntime } from './load-runtime.ts';

type Loaded = Awaited<ReturnType<OnnxRuntime['InferenceSession']['create']>>;
type Answer = Awaited<ReturnType<Loaded['run']>>[string];

const slotOf = (meta: Loaded['inputMetadata'][number]): TensorSlot =>
  meta.isTensor
    ? {
        name: meta.name,
        shape: meta.shape.map((axis) => (typeof axis === 'number' && axis >= 0 ? axis : null)),
        type: meta.type,
      }
    : { name: meta.name, shape: [], type: 'other' };

/** The session of a model that was loaded. Runs wait for each other: the runtime takes one at a time. */
export function onnxSession(runtime: OnnxRuntime, session: Loaded): InferenceSession {
  const inputs = session.inputMetadata.map(slotOf);
  const outputs = session.outputMetadata.map(slotOf);
  let closed = false;
  let last: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };

  async function runNow(
    given: Readonly<Record<string, Tensor>>,
  ): Promise<Result<Readonly<Record<string, Tensor>>, InferenceFault>> {
    if (closed) return refuse({ code: 'inference.unavailable', detail: 'The model was closed.' });
    const wrong = whyNotThese(inputs, given);
    if (wrong !== undefined) return refuse({ code: 'inference.inputs', detail: wrong });
    try {
      const feeds = Object.fromEntries(
        Object.entries(given).map(([name, { data, shape }]) => [
          name,
          new runtime.Tensor('float32', data, shape),
        ]),
      );
      return ok(tensorsOf(await session.run(feeds)));
    } catch (cause) {
      return refuse({
        code: 'inference.unavailable',
        detail: `The model failed: ${cause instanceof Error ? cause.message : String(cause)}`,
        cause,
      });
    }
  }

  return {
    inputs,
    outputs,
    run: (given) => inTurn(() => runNow(given)),
    close: () =>
      inTurn(async () => {
        if (closed) return;
        closed = true;
        await session.release();
      }),
  };
}

function whyNotThese(
  inputs: readonly TensorSlot[],
  given: Readonly<Record<string, Tensor>>,
): string | undefined {
  const names = inputs.map(({ name }) => name);
  if (names.toSorted().join() !== Object.keys(given).toSorted().join()) {
    return `The model asks for ${names.join(', ')}; it was given ${Object.keys(given).join(', ') || 'nothing'}.`;
  }
  for (const { name, shape, type } of inputs) {
    const tensor = given[name];
    const asked = `${name} is ${type} of [${shape.map((axis) => axis ?? 'any').join(' × ')}]`;
    if (type !== 'float32') return `${asked}; only 32-bit floats can be given.`;
    const fits =
      tensor?.shape.length === shape.length &&
      shape.every((axis, i) => axis === null || axis === tensor.shape[i]);
    const size = tensor?.shape.reduce((product, axis) => product * axis, 1);
    if (fits && size === tensor?.data.length) continue;
    return `${asked}; it was given ${tensor?.data.length ?? 0} numbers as [${tensor?.shape.join(' × ') ?? ''}].`;
  }
  return undefined;
}

function tensorsOf(answers: Readonly<Record<string, Answer>>): Readonly<Record<string, Tensor>> {
  const found: Record<string, Tensor> = {};
  for (const [name, { data, dims }] of Object.entries(answers)) {
    // Texts, and lists of what is no tensor, are no numbers.
    if (!ArrayBuffer.isView(data) || data instanceof DataView) continue;
    found[name] = { data: Float32Array.from(data as Iterable<number>, Number), shape: [...dims] };
  }
  return found;
}
