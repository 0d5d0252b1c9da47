export {
  type Crossing,
  defineStrategy,
  type IndicatorRow,
  type Strategy,
  type StrategyGroup,
  type VectorInput,
} from './define-strategy.ts';
export type {
  BarField,
  FillView,
  IndicatorOptions,
  IndicatorView,
  InstrumentView,
  OrderDesk,
  OrderKind,
  OrderRequest,
  OrderSide,
  OrderView,
  PortfolioView,
  StrategyContext,
  TimeInForce,
} from './strategy-context.ts';
