export { type AlignedSample, alignedSample, type SampleRequest } from './aligned-sample.ts';
export {
  type BootstrapInterval,
  type BootstrapOptions,
  blockLength,
  bootstrap,
} from './bootstrap.ts';
export type { ToolFigure, ToolTable } from './match/tool-figure.ts';
export { type ToolName, toolNames, tools } from './match/tools.ts';
export type { Metric, MetricNeeds, MetricSection } from './metric.ts';
export { allMetrics, metricById } from './metric-by-id.ts';
export { ReturnSample, type SampleInput } from './return-sample.ts';
export { rollingMetric } from './rolling-metric.ts';
export {
  autocorrelatedSharpeScale,
  deflatedSharpe,
  expectedMaximumSharpe,
  minimumTrackRecord,
  probabilisticSharpe,
  type SharpeEstimate,
  sharpeStandardError,
} from './sharpe-significance.ts';
export { allFigures, type TearSheetOptions, tearSheet } from './tear-sheet.ts';
