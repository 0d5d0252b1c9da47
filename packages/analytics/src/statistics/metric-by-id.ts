import { metrics } from '../metrics/registry.gen.ts';
import type { Metric } from './metric.ts';

const byId: ReadonlyMap<string, Metric> = new Map(metrics.map((metric) => [metric.id, metric]));

/** The metric of that id; undefined where there is none. */
export const metricById = (id: string): Metric | undefined => byId.get(id);

/** Every metric, by the order of their ids. */
export const allMetrics: readonly Metric[] = metrics;
