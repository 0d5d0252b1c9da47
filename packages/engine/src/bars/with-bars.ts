import { type BarStore, ObjectRefusal } from '@plimsoll/ports';
import type { EngineContext } from '../engine-context.ts';
import { fault } from '../engine-fault.ts';
import type { Answer } from '../use-case.ts';

/** Runs `work` where bars are kept; files that cannot be had are a refusal. */
export async function withBars<T>(
  { bars }: Pick<EngineContext, 'bars'>,
  work: (bars: BarStore) => Answer<T>,
): Answer<T> {
  if (bars === undefined) return fault('bars.unavailable', 'Intraday bars are not kept here.');
  return keptOrRefused(() => work(bars));
}

/** The answer, or a refusal where files that are listed cannot be had. */
export async function keptOrRefused<T>(work: () => Answer<T>): Answer<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ObjectRefusal)) throw error;
    return fault('bars.unavailable', error.fault.detail);
  }
}
