import { ok, type Result, refuse } from '@plimsoll/kernel';

/**
 * Returns of trials side by side, as tests of overfitting take them: row-major, shape [n × trials].
 *
 * @param series Of each trial, shape [n], finite.
 * @returns refused where lengths differ, there is none, or a return is not finite.
 */
export function trialMatrix(series: readonly Float64Array[]): Result<Float64Array> {
  const trials = series.length;
  const n = series[0]?.length ?? 0;
  const odd = series.findIndex((each) => each.length !== n || !each.every(Number.isFinite));
  if (n === 0 || odd >= 0) {
    return refuse({
      code: 'overfitting.shape',
      detail:
        n === 0
          ? 'There are no returns of trials to compare.'
          : `Trial ${odd} has ${series[odd].length} returns, or one that is not finite; the first has ${n}.`,
    });
  }
  const matrix = new Float64Array(n * trials);
  series.forEach((each, j) => {
    for (let t = 0; t < n; t++) matrix[t * trials + j] = each[t];
  });
  return ok(matrix);
}
