export type { ToolFigure, ToolTable } from './match/tool-figure.ts';
export { type ToolName, toolNames, tools } from './match/tools.ts';
export type { Metric, MetricNeeds, MetricSection } from './metric.ts';
export { allMetrics, metricById } from './metric-by-id.ts';
export { ReturnSample, type SampleInput } from './return-sample.ts';
