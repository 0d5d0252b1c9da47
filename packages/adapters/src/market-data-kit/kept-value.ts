import type { Result } from '@plimsoll/kernel';

/** Reads a value once and keeps it for so long; a refusal is not kept. Askers at one time share one reading. */
export function keptValue<Value, Fault>(
  keepMs: number,
  nowMs: () => number,
  read: () => Promise<Result<Value, Fault>>,
): () => Promise<Result<Value, Fault>> {
  let until = Number.NEGATIVE_INFINITY;
  let kept: Promise<Result<Value, Fault>> | undefined;
  return () => {
    if (kept && nowMs() < until) return kept;
    until = nowMs() + keepMs;
    const reading = read().then((result) => {
      if (!result.ok && kept === reading) kept = undefined;
      return result;
    });
    kept = reading;
    return reading;
  };
}
