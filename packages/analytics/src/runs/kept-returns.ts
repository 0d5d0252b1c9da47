import type { Performance } from '../search/objective.ts';
import { type OverfittingReport, overfittingReport } from '../search/overfitting-report.ts';
import type { Trial } from '../search/searcher.ts';
import type { Keeping } from './score-trials.ts';

/** Trials whose returns are kept for the tests of overfitting: of more, so many evenly apart. */
const mostKept = 400;
/** Blocks of the symmetric halves; the paper has 16. */
const blocks = 16;

/** Returns of trials evenly apart. */
export class KeptReturns implements Keeping {
  readonly series: Float64Array[] = [];
  readonly #every: number;
  perYear = 252;

  constructor(total: number) {
    this.#every = Math.max(1, Math.ceil(total / mostKept));
  }

  wants({ number }: Trial): boolean {
    return number % this.#every === 0;
  }

  take(_: Trial, { perYear, returns }: Performance): void {
    this.perYear = perYear;
    this.series.push(returns);
  }
}

/** How likely the best of these trials was fitted to chance; null where they are too few or too short. */
export function overfittingOf(
  matrix: Float64Array,
  { series, perYear }: Pick<KeptReturns, 'series' | 'perYear'>,
): OverfittingReport | null {
  const report = overfittingReport(matrix, series.length, {
    blocks,
    perYear,
    groups: 6,
    tested: 2,
    purging: { horizon: 0, embargo: 0 },
  });
  return report.ok ? report.value : null;
}
