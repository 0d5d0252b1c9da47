import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { Metric } from './metric.ts';
import { allMetrics, metricById } from './metric-by-id.ts';

/** The metrics of these ids, each once; refused where there is no such metric. */
export function readMetrics(ids: readonly string[]): Result<readonly Metric[]> {
  const unknownId = ids.find((id) => metricById(id) === undefined);
  if (unknownId !== undefined) {
    const near = allMetrics.filter(({ id }) => id.includes(unknownId.slice(0, 4).toLowerCase()));
    const hint = near.length > 0 ? near : allMetrics;
    return refuse({
      code: 'metrics.unknown',
      detail: `There is no metric ${unknownId}; there are ${hint
        .slice(0, 12)
        .map(({ id }) => id)
        .join(', ')}${hint.length > 12 ? ' and others' : ''}.`,
    });
  }
  return ok([...new Set(ids)].flatMap((id) => metricById(id) ?? []));
}
