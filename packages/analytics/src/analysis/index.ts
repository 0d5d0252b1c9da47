export {
  type Analysis,
  type AnalysisGroup,
  defineAnalysis,
  type Tools,
} from './define-analysis.ts';
export { type Estimate, estimate, unknown } from './estimate.ts';
export { type Inferred, inferPeriods } from './infer-periods.ts';
export {
  type Observations,
  observations,
  type PanelObservations,
  panelObservations,
} from './observations.ts';
export type {
  Cell,
  Chart,
  ChartLine,
  Figure,
  Report,
  ReportTable,
  Sample,
  TableColumn,
  Unit,
} from './report.ts';
