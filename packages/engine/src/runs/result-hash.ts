import { resultHashInput } from '@plimsoll/analytics/backtest';
import type { RunOutcome } from '@plimsoll/analytics/runs';
import { canonicalJson, type Json } from '@plimsoll/kernel';
import { sha256 } from '../write.ts';

/**
 * SHA-256, hex, of what a run gave: of a backtest its fills, equity and orders in a layout that is the
 * same on every machine; of anything else its report as canonical JSON. The same inputs give the same.
 */
export const resultHash = ({ result, report }: RunOutcome): string =>
  sha256(
    result === null
      ? canonicalJson(JSON.parse(JSON.stringify(report ?? null)) as Json)
      : resultHashInput(result),
  );
