export {
  defineIndicator,
  type Indicator,
  type IndicatorColumn,
  type IndicatorGroup,
  type IndicatorInput,
  type IndicatorRun,
} from './define-indicator.ts';
export { allIndicators, indicatorById } from './indicator-by-id.ts';
export {
  type IndicatorColumns,
  type IndicatorParameters,
  missingColumns,
  readIndicatorParameters,
  runIndicator,
} from './run-indicator.ts';
export { type IndicatorStream, streamIndicator } from './stream-indicator.ts';
