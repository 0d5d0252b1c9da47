import type { Day } from '@plimsoll/kernel';
import type { Sample } from './report.ts';

/** What observations of those days rest on: from the day before the first one, where it is given. */
export const sampleOf = (observed: {
  readonly start?: Day | null;
  /** One an observation; empty where the caller gave none. */
  readonly days: readonly Day[];
  readonly n: number;
  readonly missing: number;
}): Sample => ({
  from: observed.start ?? observed.days[0] ?? null,
  to: observed.days.at(-1) ?? null,
  n: observed.n,
  missing: observed.missing,
});
