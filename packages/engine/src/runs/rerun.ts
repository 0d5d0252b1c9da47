import type { Run } from '@plimsoll/ports';
import type { RerunComparison } from './run-use-cases.ts';

type Inputs = Pick<Run, 'codeVersion' | 'strategyHash' | 'dataFingerprint' | 'resultHash'>;

/** Says whether a rerun gave the same as the run that it repeats, and what of the inputs is another. */
export function compareRerun(before: Run, now: Inputs): RerunComparison {
  const differs = [
    differing('The data', before.dataFingerprint, now.dataFingerprint),
    differing('The file of the strategy', before.strategyHash, now.strategyHash),
    before.codeVersion === now.codeVersion
      ? ''
      : `The code differs: it was ${before.codeVersion}, and is ${now.codeVersion}.`,
    differing('The result', before.resultHash, now.resultHash),
  ].filter((sentence) => sentence !== '');
  const identical = before.resultHash !== null && before.resultHash === now.resultHash;
  if (!identical && differs.length === 1 && before.resultHash !== null) {
    differs.push('Inputs and code are the same: the strategy is not deterministic.');
  }
  return { of: before.id, identical, differs };
}

const short = (hash: string | null): string => (hash === null ? 'none' : hash.slice(0, 12));

const differing = (what: string, before: string | null, now: string | null): string =>
  before === now ? '' : `${what} differs: it was ${short(before)}, and is ${short(now)}.`;
