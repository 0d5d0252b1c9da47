// Documentation: https://onnxruntime.ai/docs/api/js/ (read 2026-11-21).
import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { Inference, InferenceFault, InferenceSession } from '@plimsoll/ports';
import { loadRuntime } from './load-runtime.ts';
import { onnxSession } from './onnx-session.ts';

/** The largest file that is loaded: 512 MB. */
const mostBytes = 512 * 2 ** 20;

const refused = (code: InferenceFault['code'], detail: string, cause?: unknown) =>
  refuse<InferenceFault>({ code, detail, ...(cause === undefined ? {} : { cause }) });

/**
 * Runs ONNX files with ONNX Runtime, compiled to WebAssembly, on one thread. Its fourteen megabytes are
 * read when the first model is opened, not before. A run keeps its thread busy until it ends: open
 * models that you did not make yourself in a worker that can be ended.
 */
export const onnx: Inference = {
  id: 'onnx',
  title: 'ONNX Runtime',
  async open(bytes): Promise<Result<InferenceSession, InferenceFault>> {
    if (bytes.length === 0 || bytes.length > mostBytes) {
      return refused('inference.model', `A model of ${bytes.length} bytes cannot be loaded.`);
    }
    const runtime = await loadRuntime();
    if (!runtime.ok) return runtime;
    try {
      const session = await runtime.value.InferenceSession.create(bytes, {
        executionProviders: ['wasm'],
        graphOptimizationLevel: 'all',
      });
      return ok(onnxSession(runtime.value, session));
    } catch (cause) {
      return refused(
        'inference.model',
        `The file is no ONNX model that can be run here: ${cause instanceof Error ? cause.message : String(cause)}`,
        cause,
      );
    }
  },
};
