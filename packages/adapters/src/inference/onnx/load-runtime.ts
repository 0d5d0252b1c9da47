import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { InferenceFault } from '@plimsoll/ports';

/** The part of ONNX Runtime that is used. */
export type OnnxRuntime = typeof import('onnxruntime-web/wasm');

let loading: Promise<Result<OnnxRuntime, InferenceFault>> | undefined;

/** Loads the runtime once; it is large, and most installations never run such a model. */
export function loadRuntime(): Promise<Result<OnnxRuntime, InferenceFault>> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Result<OnnxRuntime, InferenceFault>> {
  try {
    const runtime = await import('onnxruntime-web/wasm');
    // Threads of its own would need a server’s headers in browsers and gain little on small models.
    runtime.env.wasm.numThreads = 1;
    // What it says of a model that cannot be loaded comes with the refusal.
    runtime.env.logLevel = 'fatal';
    return ok(runtime);
  } catch (cause) {
    // Tried anew the next time, as when the package was put there meanwhile.
    loading = undefined;
    return refuse({
      code: 'inference.unavailable',
      detail: `ONNX Runtime cannot be loaded: ${cause instanceof Error ? cause.message : String(cause)} Install the npm package onnxruntime-web beside Plimsoll.`,
      cause,
    });
  }
}
